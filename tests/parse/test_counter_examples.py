"""Counter-examples are whole sentences near the rule they bound: no stub, nothing cut out of another."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import loader.parse
from tests.conftest import ROOT

SHORTEST = 8
"""Characters: anything shorter passes by no rule's merit."""
ROOMS = (ROOT / "loader" / "parse", ROOT / "tests" / "parse")


def _rows() -> Iterator[tuple[str, str, str]]:
    """(module, example, counter-example) of every row of a table that has one."""
    for module in pkgutil.iter_modules(loader.parse.__path__):
        for value in vars(importlib.import_module(f"loader.parse.{module.name}")).values():
            for row in value if isinstance(value, tuple) else ():
                if hasattr(row, "counter"):
                    yield module.name, row.example, row.counter


def _negated(test: ast.expr) -> ast.expr | None:
    """What an assertion says is not so, or is nothing: `not X`, `X == []`, `X is None`."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq | ast.Is):
        right = test.comparators[0]
        empty = isinstance(right, ast.List | ast.Tuple) and not right.elts
        if empty or (isinstance(right, ast.Constant) and right.value in (None, "")):
            return test.left
    return None


def counter_examples(source: str) -> Iterator[str]:
    """The texts of which a test's source says that a rule leaves them alone.

    They are passed to the call that is negated, or are listed for it by `parametrize` under one name.
    """
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        listed = {}
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and len(decorator.args) == 2:
                name, values = decorator.args
                if isinstance(name, ast.Constant) and isinstance(values, ast.List):
                    listed[name.value] = values.elts
        for node in ast.walk(function):
            denied = _negated(node.test) if isinstance(node, ast.Assert) else None
            for part in ast.walk(denied) if denied is not None else ():
                if isinstance(part, ast.Call):
                    texts = [
                        text
                        for argument in part.args
                        for text in (
                            listed.get(argument.id, ()) if isinstance(argument, ast.Name) else [argument]
                        )
                    ]
                    yield from (
                        text.value
                        for text in texts
                        if isinstance(text, ast.Constant) and isinstance(text.value, str)
                    )


def cut_texts(source: str) -> Iterator[str]:
    """Texts written out and then cut: `"截至日前"[:2]`."""
    for node in ast.walk(ast.parse(source)):
        cut = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)
        if cut and isinstance(node.value, ast.Constant | ast.JoinedStr):
            yield ast.unparse(node)


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted(room.glob("*.py"))


@pytest.mark.parametrize(("module", "example", "counter"), _rows())
def test_the_counter_example_of_each_row_is_a_sentence(module: str, example: str, counter: str) -> None:
    whole = len(counter) >= SHORTEST and re.search(r"[。?!.]$", counter)
    assert whole, f"loader/parse/{module}.py: write a whole sentence near {example!r}"


def test_tables_have_counter_examples() -> None:
    assert {module for module, _, _ in _rows()} >= {"asking", "figures", "furniture", "gaps"}


@pytest.mark.parametrize("path", _files(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_texts_are_written_whole(path: Path) -> None:
    source = path.read_text("utf-8")
    assert list(cut_texts(source)) == []


@pytest.mark.parametrize("path", sorted(ROOMS[1].glob("test_*.py")), ids=lambda path: path.name)
def test_what_a_test_denies_it_denies_of_a_sentence(path: Path) -> None:
    texts = counter_examples(path.read_text("utf-8"))
    assert [text for text in texts if len(text) < SHORTEST] == []


def test_stubs_and_cut_texts_are_found() -> None:
    source = """
@pytest.mark.parametrize("text", ["明年完工。", "今年水库都已经修好。"])
def test_a(text):
    assert not asks(text)
    assert gaps_of(plain("共有人")) == []
    assert title("短") is None
    assert asks("何时")
"""
    assert sorted(counter_examples(source)) == sorted(["明年完工。", "今年水库都已经修好。", "共有人", "短"])
    assert list(cut_texts('Rule("截至日前"[:2], f"{x}"[1:], "一二"[n])')) == ["'截至日前'[:2]", "f'{x}'[1:]"]

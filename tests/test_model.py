"""Random steps against a model of the archive: a slice of `python -m bench.model`, and that it can fail."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench.model.archive import (
    Action,
    Document,
    History,
    State,
    corrected,
    forgotten,
    forgotten_id,
    loaded,
    serialised,
)
from bench.model.files import File, Part, content_of, record_of
from bench.model.texts import Author, Briefing
from tests.conftest import ROOT

DICE = random.Random(1)
AUTHOR = Author()
OLD, NEW = AUTHOR.briefing(DICE), AUTHOR.briefing(DICE)


def file_of(*briefings: Briefing) -> File:
    return File(".txt", "utf-8", (Part(None, content_of(briefings, ".txt", "utf-8")),))


def read(still: bool = True, **files: Briefing) -> Action:
    return loaded({path: file_of(one) for path, one in files.items()}, still=lambda _path, _content: still)


def named(one: Briefing) -> str:
    return f"id{one.line}"


def after(*actions: Action) -> State:
    """The one state after these; the first load gives every document the id of its line."""
    state = State()
    for action in actions:
        (state,) = action(state)
        state = state.named(
            {
                (content, one.briefing): f"id{one.briefing.line}"
                for content, one in state.documents
                if not one.id
            }
        )
    return state


def documents(state: State) -> dict[str | None, Document]:
    return {one.id: one for _, one in state.documents}


def run_model(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The bench in a new Python: it forks, and a test's process may have threads."""
    command = [sys.executable, *arguments, "--folder", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_slice_of_the_random_steps(tmp_path: Path) -> None:
    """A hundred and twenty steps on two archives; `bench/README.md` tells of longer runs."""
    done = run_model("-m", "bench.model", "--steps", "120", "--seed", "7", "--world", "60", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


FORGETFUL = """
import sys
from pathlib import Path
from bench.model.program import Program
from bench.model.run import Failed, run

class Forgetful(Program):
    def listed(self):
        return super().listed()[1:]

try:
    run(60, 7, folder=Path(sys.argv[2]), program=Forgetful)
except Failed as failed:
    print(failed)
"""
"""A program that lists one briefing too few."""


def test_the_steps_notice_that_a_briefing_is_missing(tmp_path: Path) -> None:
    done = run_model("-c", FORGETFUL, folder=tmp_path)
    assert "lost: " in done.stdout, done.stderr
    assert "seed 7" in done.stdout


def test_an_edited_file_keeps_its_id_and_a_file_with_another_briefing_does_not() -> None:
    first = after(read(a=OLD), corrected(named(OLD), {"ordinal": "7"}))
    edited = AUTHOR.edited(DICE, OLD)
    (later,) = read(a=edited)(first)
    assert documents(later) == {named(OLD): Document(edited, named(OLD), frozenset({("ordinal", "7")}))}
    (other,) = read(a=NEW)(first)
    assert documents(other) == {None: Document(NEW)}


def test_a_text_that_moved_to_another_path_keeps_its_id_whichever_is_read_first() -> None:
    first = after(read(latest=OLD))
    together = after(read(latest=OLD), read(latest=NEW, other=OLD))
    assert serialised(first, [History((read(latest=NEW), read(other=OLD)))]) == serialised(
        first, [History((read(other=OLD), read(latest=NEW)))]
    )
    assert documents(together).keys() == {named(OLD), named(NEW)}


@pytest.mark.parametrize(
    ("suffix", "known", "either"), [(".jsonl", "", True), (".jsonl", "z", False), (".txt", "", False)]
)
def test_the_id_may_go_to_another_print_only_where_a_container_has_the_bytes_by_now(
    suffix: str, known: str, either: bool
) -> None:
    """A container at a path that is known is read before a file at a new one, and then its bytes are, too."""

    def file(one: Briefing, encoding: str = "utf-8") -> File:
        record = record_of(one, encoding, None, fields=False)
        content = record if suffix == ".jsonl" else content_of((one,), suffix, encoding)
        return File(suffix, encoding, (Part(None, content),))

    before = {"m": file(OLD), **({known: file(NEW)} if known else {})}
    now = {"m": file(NEW), "b": file(OLD, "gb18030"), "z": file(OLD)}
    state = after(loaded(before, still=lambda _path, _content: True))
    ends = loaded(now, still=lambda path, content: content in [one.content for one in now[path].parts])(state)
    kept = {content.form.split()[1] for end in ends for content, one in end.documents if one.id == named(OLD)}
    assert kept == ({"utf-8", "gb18030"} if either else {"utf-8"})


def test_what_an_edit_took_its_id_from_may_go_on_from_another_print_that_no_path_has_any_more() -> None:
    def record(one: Briefing, encoding: str, own_id: str | None = "r") -> File:
        return File(".jsonl", encoding, (Part(own_id, record_of(one, encoding, own_id, fields=False)),))

    before = {"a": record(OLD, "gb18030"), "b": record(OLD, "utf-8")}
    (state,) = loaded(before, still=lambda _path, _content: True)(State())
    first, second = (file.parts[0].content for file in before.values())
    state = state.named({(first, OLD): "first", (second, OLD): "second"})
    edited = AUTHOR.edited(DICE, OLD)
    now = {"a": record(NEW, "utf-8", None), "b": record(edited, "utf-8"), "c": record(OLD, "utf-8")}
    ends = loaded(now, still=lambda path, content: now[path].parts[0].content == content)(state)
    seen = [{(content.form, one.briefing.version): one.id for content, one in end.documents} for end in ends]
    new, version = {("record utf-8", NEW.version): None}, edited.version
    assert {**new, ("record utf-8", version): "second", ("record utf-8", OLD.version): "first"} in seen


def test_what_another_path_holds_outlives_the_path_that_is_forgotten_but_not_its_id() -> None:
    both = after(read(a=OLD), read(b=OLD))
    assert documents(after(read(a=OLD), read(b=OLD), forgotten(["a"]))).keys() == {named(OLD)}
    (gone,) = forgotten_id(named(OLD))(both)
    assert not documents(gone)


def test_processes_at_once_may_come_in_any_order_and_one_that_was_killed_may_have_done_some() -> None:
    first = after(read(a=OLD))
    forget, load = forgotten(["a"]), read(a=OLD)
    ends = serialised(first, [History((forget,)), History((load,))])
    assert {len(list(state.documents)) for state in ends} == {0, 1}
    killed = serialised(first, [History((forget,), complete=False)])
    assert {len(list(state.documents)) for state in killed} == {0, 1}
    assert len(serialised(first, [History((forget,))])) == 1


def test_what_is_loaded_again_may_have_the_id_it_had_before_it_was_forgotten() -> None:
    """Its name is free then, and who corrects or forgets it meanwhile means the same text."""
    first, id = after(read(a=OLD)), named(OLD)
    forget, load = forgotten_id(id), read(a=OLD)
    correct = corrected(id, {"ordinal": "7"}, OLD.line)
    ends = serialised(first, [History((forget, load)), History((correct,))])
    assert {one.corrections for end in ends for one in documents(end).values()} == {
        frozenset(),
        frozenset({("ordinal", "7")}),
    }
    again = serialised(first, [History((forget, load)), History((forgotten_id(id, OLD.line),))])
    assert {len(list(end.documents)) for end in again} == {0, 1}


def test_a_text_is_as_its_briefing_says() -> None:
    assert AUTHOR.edited(DICE, OLD).line == OLD.line != NEW.line
    assert OLD.day >= date(2021, 1, 1)
    assert OLD.title in file_of(OLD).raw.decode()

"""The interface's languages: catalogues are whole and current, and the right one is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from rich.cells import cell_len

from tests.update_catalogue import FILES, entries, held, messages, read_compiled, wanted
from tui.commands import COMMANDS
from tui.language import LANGUAGES, _, choose, counted, said, speak, told
from tui.store.protocol import StoreError
from tui.widgets import words

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("setting", "environ", "code"),
    [
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_TW.UTF-8"}, "zh"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "zh"),
        (None, {"LANG": "POSIX"}, "zh"),
        (None, {}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        (None, {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "en_US.UTF-8", "LANGUAGE": "fr:zh"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
    ],
)
def test_the_setting_wins_then_the_locale(setting: str | None, environ: dict[str, str], code: str) -> None:
    assert choose(setting, environ) == code


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    assert len(FILES) == len(LANGUAGES) - 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_a_catalogue_has_every_message_and_no_other(path: Path) -> None:
    ours = {message.id for message in held(path) if message.id}
    assert ours == {message.id for message in wanted() if message.id}, "run: python -m tests.update_catalogue"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_every_message_is_translated_with_the_same_values(path: Path) -> None:
    for message in held(path):
        if message.id:
            assert not message.fuzzy
            for form in _forms(message.string):
                assert form, message.id
                assert _fields(form) == _fields(_forms(message.id)[0]), message.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_what_is_read_is_what_was_translated(path: Path) -> None:
    compiled = read_compiled(path.with_suffix(".mo"))
    assert entries(compiled) == entries(held(path)), "run: python -m tests.update_catalogue"


def test_messages_are_found_wherever_they_are_written() -> None:
    source = """
text.append(_("how to write") + "\\n", style)
head = f"{_('Q {n}', n=1)} {counted('{number} hit', '{number} hits', 2)}"
LANES = {"exact": mark("as" " typed")}
widget.mark("a row"); _(LANES[lane]); _(label)
"""
    assert set(messages(source)) == {"how to write", "Q {n}", ("{number} hit", "{number} hits"), "as typed"}


@pytest.mark.parametrize("call", ['_(f"{n} hits")', '_("hits of " + place)', 'said("%s hits" % n)'])
def test_a_message_put_together_is_refused(call: str) -> None:
    with pytest.raises(ValueError, match=r"a\.py:1: pass values by name"):
        list(messages(call, "a.py"))


def test_english_is_free_of_chinese() -> None:
    for message in wanted():
        assert not any(HAN.search(form) for form in _forms(message.id))


def test_what_is_said_in_english_is_told_in_the_language_spoken() -> None:
    error = StoreError(said("no briefing has the id {id}: `briefings-tui list` shows all ids", id="'{x}'"))
    assert str(error) == "no briefing has the id '{x}': `briefings-tui list` shows all ids"
    assert told(error) == str(error)
    speak("zh")
    assert told(error) == "没有编号为 '{x}' 的记录：briefings-tui list 列出全部编号"
    assert told("anything {else}") == "anything {else}"
    assert told(ValueError()) == "ValueError"


def test_one_and_many() -> None:
    assert [counted("{number} briefing", "{number} briefings", n) for n in (1, 2)] == [
        "1 briefing",
        "2 briefings",
    ]
    speak("zh")
    assert counted("{number} briefing", "{number} briefings", 2) == "2 场"


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_the_label_column_and_the_help(language: str) -> None:
    speak(language)
    for kind in words.VOICES:
        assert cell_len(words.voice(kind, None, 99)) <= 6
    for command in COMMANDS:
        assert cell_len(_(command.label)) <= 10, command.id
        assert cell_len(_(command.help)) <= 44, command.id


def _forms(text: Message | str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _fields(text: str) -> set[str | None]:
    return {field for _text, field, _spec, _how in Formatter().parse(text) if field is not None}

"""Styles: the ways pages write who is speaking, each with what it can tell and where it can stand.

A style makes lines of a turn: label and paragraphs as they would be printed, one item a line. What a style
cannot tell (an outlet, who answers) the script says in words instead (`script.Needs`); on which
pages a style cannot be read even by a careful person, its fields say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.parse.script import Announced, Needs, Turn
from tests.parse.vocabulary import ENGLISH


@dataclass(frozen=True)
class Form:
    """How one page uses a style."""

    variant: int = 0
    """0 to 3: which of the small ways (blank before the name, marks around an outlet)."""
    posts: bool = False
    """A person's first label gives the post too, since nothing else on the page does."""
    at: int = 0
    """How many turns were printed before: minutes of a clock."""
    day: str = ""
    """The day of a stamp, `2023-05-16`."""


_ANY = Needs()


@dataclass(frozen=True)
class Style:
    """A way to write labels."""

    write: Callable[[Turn, Form], list[str]]
    needs: Needs = _ANY
    suffix: str = ".txt"
    flat: bool = False
    """Its labels are seen within a line, so that a page may be printed on one line."""
    wraps: bool = True
    """A page may be wrapped hard at a number of characters."""
    traditional: bool = False
    stamped: bool = False
    """It prints the day with every turn."""
    posts: bool = False
    """Its labels give posts, the host's too."""


def _name(turn: Turn, form: Form) -> str:
    assert turn.person is not None
    if not (turn.first and form.posts):
        return turn.person.name
    return turn.person.post + (" " if form.variant % 2 else "") + turn.person.name


def _host(turn: Turn, form: Form) -> str:
    assert turn.person is not None
    name = ("", " " + turn.person.name, turn.person.name, "")[form.variant]
    return "主持人" + (name if turn.first else "")


def _asker(turn: Turn, form: Form) -> str:
    assert turn.asker is not None
    outlet = turn.asker.outlet or ""
    outlet = f"《{outlet}》" if outlet and form.variant == 2 else outlet
    blank = " " if form.variant % 2 and turn.asker.name else ""
    return f"{outlet}记者{blank}{turn.asker.name or ''}"


def _words(turn: Turn, form: Form) -> str:
    return {"host": _host, "asker": _asker, "official": _name}[turn.part](turn, form)


def _before(label: str, turn: Turn) -> list[str]:
    """The label before the first paragraph, on its line."""
    first, *rest = (p.text for p in turn.paragraphs)
    return [label + first, *rest]


def _above(label: str, turn: Turn) -> list[str]:
    """The label alone on a line above the first paragraph."""
    return [label, *(p.text for p in turn.paragraphs)]


def _each(label: str, turn: Turn) -> list[str]:
    """The label before every paragraph."""
    return [p.text if p.level else label + p.text for p in turn.paragraphs]


def colon(turn: Turn, form: Form) -> list[str]:
    return _before(_words(turn, form) + "：", turn)


def outlet_alone(turn: Turn, form: Form) -> list[str]:
    """A newsroom's name without the word 记者."""
    asker = turn.asker
    return _before(f"{asker.outlet}：" if asker and asker.outlet else _words(turn, form) + "：", turn)


def alone(turn: Turn, form: Form) -> list[str]:
    return _above(_words(turn, form) + "：", turn)


def post_and_name(turn: Turn, form: Form) -> list[str]:
    if turn.part == "official" and turn.person:
        blank = " " if form.variant % 2 else ""
        return _before(f"{turn.person.post}{blank}{turn.person.name}：", turn)
    return colon(turn, form)


def black_brackets(turn: Turn, form: Form) -> list[str]:
    return _before(f"【{_words(turn, form)}】", turn)


def square_brackets(turn: Turn, form: Form) -> list[str]:
    return _before(f"[{_words(turn, form)}]" + ("：", "", ":", " ")[form.variant], turn)


def bullets(turn: Turn, form: Form) -> list[str]:
    return _before(f"• [{_words(turn, form)}] ", turn)


def every_paragraph(turn: Turn, form: Form) -> list[str]:
    """The label again before each paragraph; not for the nameless, who might be another each time."""
    label = _words(turn, form)
    if turn.asker and not (turn.asker.outlet or turn.asker.name):
        return _before(f"[{label}]：", turn)
    return _each(f"[{label}]：", turn)


def headings(turn: Turn, form: Form) -> list[str]:
    return _above(f"### {_words(turn, form)}：", turn)


def bold(turn: Turn, form: Form) -> list[str]:
    label = f"**{_words(turn, form)}：**"
    return _before(label, turn) if form.variant % 2 else _above(label, turn)


def ask_and_answer(turn: Turn, form: Form) -> list[str]:
    """问 and 答; the one who answers stands in brackets behind 答."""
    if turn.part == "asker":
        return _before("问：", turn)
    if turn.part == "official" and turn.number and turn.person:
        return _before(f"答（{turn.person.name}）：", turn)
    return colon(turn, form)


def numbered_q_and_a(turn: Turn, form: Form) -> list[str]:
    if turn.part == "asker":
        return _before(f"Q{turn.number}：", turn)
    if turn.part == "official" and turn.number:
        return _before(f"A{turn.number}：", turn)
    return colon(turn, form)


def numbered_questions(turn: Turn, form: Form) -> list[str]:
    if turn.part == "asker":
        return _before(f"问题{turn.number}" + ("." if form.variant % 2 else "："), turn)
    if turn.part == "official" and turn.number and turn.person:
        verb = "回答" if form.variant % 2 else "答"
        return _above(f"{turn.person.post}{turn.person.name}{verb}：", turn)
    return colon(turn, form)


def verbs(turn: Turn, form: Form) -> list[str]:
    """提问 and 回答 behind the name, alone on a line."""
    verb = {"host": "", "asker": " 提问", "official": " 回答" if turn.number else ""}[turn.part]
    return _above(_words(turn, form) + verb, turn)


def three_lines(turn: Turn, form: Form) -> list[str]:
    """What somebody is, the post and the name on three lines; later the name alone."""
    if turn.part == "asker" or turn.person is None or not turn.first:
        return _above(turn.person.name if turn.person else _words(turn, form), turn)
    host = ["主持人"] if turn.part == "host" else []
    return [*host, turn.person.post, turn.person.name, *(p.text for p in turn.paragraphs)]


def at_the_end(turn: Turn, form: Form) -> list[str]:
    *rest, last = (p.text for p in turn.paragraphs)
    return [*rest, f"{last}（——{_words(turn, form)}）"]


def surnames(turn: Turn, form: Form) -> list[str]:
    if turn.part == "official" and turn.person:
        return _before(f"{turn.person.surname}{turn.person.title}：", turn)
    return colon(turn, form)


def dashes(turn: Turn, form: Form) -> list[str]:
    return _before(_words(turn, form) + "——", turn)


def _clock(form: Form) -> str:
    return f"{10 + form.at // 60}:{form.at % 60:02}"


def clock_before(turn: Turn, form: Form) -> list[str]:
    return _before(f"[{_clock(form)}:07] {_words(turn, form)}：", turn)


def clock_between(turn: Turn, form: Form) -> list[str]:
    return [f"{form.day} {_clock(form)}:07", *colon(turn, form)]


def clock_behind(turn: Turn, form: Form) -> list[str]:
    return _above(f"{_words(turn, form)} [{_clock(form)}]", turn)


def english(turn: Turn, _form: Form) -> list[str]:
    if turn.part == "host":
        return _before("MODERATOR: ", turn)
    if turn.asker:
        outlet = f" ({turn.asker.outlet})" if turn.asker.outlet else ""
        return _before(f"{'Q' if not outlet else 'QUESTION'}{outlet}: ", turn)
    assert turn.person is not None
    return _before(f"{turn.person.title} {turn.person.surname}: ", turn)


_LISTED: tuple[Announced, ...] = ("prose", "list", "semicolons", "name first", "host")
STYLES: dict[str, Style] = {
    "colon": Style(colon, flat=True),
    "outlet without reporter": Style(outlet_alone, Needs(reporters=False)),
    "alone on its line": Style(alone, flat=True),
    "post and name": Style(post_and_name, flat=True),
    "black brackets": Style(black_brackets, flat=True),
    "square brackets": Style(square_brackets),
    "bullets": Style(bullets),
    "every paragraph": Style(every_paragraph),
    "markdown headings": Style(headings, suffix=".md", wraps=False),
    "bold runs": Style(bold, suffix=".md"),
    "question and answer": Style(
        ask_and_answer, Needs(outlets=False, reporters=False, announced=_LISTED), flat=True
    ),
    "numbered Q and A": Style(
        numbered_q_and_a,
        Needs(outlets=False, reporters=False, answerers=False, announced=_LISTED),
        flat=True,
    ),
    "numbered questions": Style(numbered_questions, Needs(outlets=False, reporters=False)),
    "verbs": Style(verbs),
    "three lines": Style(three_lines, posts=True),
    "at the paragraph's end": Style(at_the_end, wraps=False),  # the cut would go through its labels
    "surname and post": Style(surnames, Needs(announced=_LISTED), flat=True),
    "dashes": Style(dashes),
    "clock before": Style(clock_before),
    "clock between": Style(clock_between, stamped=True),
    "clock behind": Style(clock_behind),
    "English": Style(english, Needs(ENGLISH, reporters=False, announced=("list",))),
    "Traditional": Style(colon, traditional=True, flat=True),
}

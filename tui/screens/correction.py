"""The form in which a reader puts right what the loader inferred wrongly about a briefing.

In comes the briefing as it stands; out goes what was changed, field by field, or nothing. An emptied
field says that nothing is known.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from loader.corrections import checked
from tui.language import _, mark
from tui.store.rows import Transcript

from .form import Entry, Form

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("title", mark("title"), "第十二场新闻发布会"),
    ("place", mark("place"), "潍坊市"),
    ("organ", mark("held by"), "潍坊市人民政府新闻办公室"),
    ("date", mark("date"), "2022-03-25  2022-03  XXXX-03-25"),
    ("ordinal", mark("ordinal"), "12"),
)
"""Name, label and an example of each field, in the order of the form."""


class CorrectionScreen(Form[dict[str, str | None]]):
    """One input a field; Enter keeps what was changed, Esc nothing."""

    DEFAULT_CSS = """
    CorrectionScreen {
        & #form { padding: 1 2; }
        & Horizontal { height: 1; }
        & .name { width: 10; color: $quiet; }
        & .head { margin-bottom: 1; }
        & .foot { margin-top: 1; }
    }
    """

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        row = transcript.briefing
        self._before = {
            "title": row.title,
            "place": row.place or "",
            "organ": transcript.organ or "",
            "date": row.date or "",
            "ordinal": "" if row.ordinal is None else str(row.ordinal),
        }

    def compose(self) -> ComposeResult:
        """A line a field, and how to leave."""
        with Vertical(id="form"):
            yield Static(
                _("Put this briefing right (outlives loading it again)"), markup=False, classes="head"
            )
            for name, label, example in FIELDS:
                with Horizontal():
                    yield Static(_(label), markup=False, classes="name")
                    yield Entry(self._before[name], _("unknown (as: {example})", example=example), name)
            yield Static(_("Tab next field   Enter keep   Esc leave"), markup=False, classes="foot")

    @on(Input.Submitted)
    def keep(self) -> None:
        """Leave with what was changed; where a value makes no sense, say so and stay."""
        changed: dict[str, str | None] = {}
        for name, label, example in FIELDS:
            field = self.query_one(f"#{name}", Input)
            if field.value.strip() == self._before[name].strip():
                continue
            try:
                changed |= checked({name: field.value})
            except ValueError:
                self.query_one(".foot", Static).update(
                    _(
                        "{field} cannot be that: as {example}, or empty for unknown",
                        field=_(label),
                        example=example,
                    )
                )
                field.focus()
                return
        self.dismiss(changed)

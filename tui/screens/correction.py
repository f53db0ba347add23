"""The form in which a reader corrects what the loader inferred wrongly about a briefing.

In comes the briefing as it is shown, and later what was inferred where it was corrected before; out goes
what was changed, field by field, or nothing. An emptied field says that nothing is known; one that says
what was inferred takes its correction back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from loader.corrections import checked
from loader.unseen import visible
from tui.language import _, mark
from tui.store.rows import Transcript
from tui.widgets import words

from .form import Form, entry

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("title", mark("title"), "第十二场新闻发布会"),
    ("place", mark("place"), "潍坊市"),
    ("organ", mark("held by"), "潍坊市人民政府新闻办公室"),
    ("date", mark("date"), "2022-03-25  2022-03  XXXX-03-25"),
    ("ordinal", mark("ordinal"), "12"),
)
"""Name, label and an example of each field, in the order of the form."""


class CorrectionScreen(Form[dict[str, str | None]]):
    """One input a field; Enter saves what was changed, Esc nothing; Ctrl-R takes a correction back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+r", "take_back", "inferred value", show=False)]
    DEFAULT_CSS = """
    CorrectionScreen {
        & #form { padding: 1 2; overflow-y: auto; scrollbar-size: 0 0; }
        & .was { display: none; margin-left: 10; height: 1; color: $quiet; text-overflow: ellipsis; }
        & .was.-corrected { display: block; }
        & Horizontal { height: 1; }
        & .name { width: 10; color: $quiet; }
        & .record { margin-bottom: 1; }
        & .foot { margin-top: 1; }
    }
    """

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        row = self._row = transcript.briefing
        self._inferred: Mapping[str, str] = {}
        """What was inferred, of the fields that are corrected."""
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
            yield Static(_("Correct this briefing (kept when it is reloaded)"), markup=False, classes="head")
            yield Static(words.record(self._row), markup=False, classes="record")
            for name, label, example in FIELDS:
                with Horizontal():
                    yield Static(_(label), markup=False, classes="name")
                    yield entry(self._before[name], _("unknown (e.g. {example})", example=example), name)
                yield Static(id=f"was-{name}", markup=False, classes="was")
            yield Static(_("Tab next field   Enter save   Esc cancel"), markup=False, classes="foot")

    @property
    def briefing(self) -> str:
        """The id of the briefing that is corrected."""
        return self._row.id

    def show_inferred(self, values: Mapping[str, str]) -> None:
        """Say below each corrected field what was inferred, and how to have it again."""
        self._inferred = values
        for name, value in values.items():
            was = self.query_one(f"#was-{name}", Static)
            said = visible(value) if value else _("unknown")
            was.update(_("corrected; inferred: {value}   Ctrl-R takes it back", value=said))
            was.add_class("-corrected")

    def action_take_back(self) -> None:
        """Put what was inferred into the field being edited, if it was corrected."""
        field = self.focused
        value = self._inferred.get(field.id or "") if isinstance(field, Input) else None
        if isinstance(field, Input) and value is not None:
            field.value = value
            field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def keep(self) -> None:
        """Leave with what was changed; where a value makes no sense, say so and stay."""
        changed: dict[str, str | None] = {}
        for name, label, example in FIELDS:
            field = self.query_one(f"#{name}", Input)
            value = field.value.strip()
            if value == self._before[name].strip():
                continue
            if value == self._inferred.get(name):
                changed[name] = None
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

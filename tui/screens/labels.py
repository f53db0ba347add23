"""Jump labels: one key more on everything in sight that can be gone to, in all panes.

The panes say what they show; here each of it gets a key, and the key pressed next goes there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from textual import events

from tui.language import _
from tui.widgets.reader import Reader
from tui.widgets.rows import Rows
from tui.widgets.standing import Anchor, Goal

from .reading import Reading

KEYS = "asdfghjklqwertyuiopzxcvbnm"
"""Home row first: what is nearest gets what is easiest."""


def keys(count: int) -> list[str]:
    """A key for each of `count` targets: one character, or where these are too few, two for all."""
    if count <= len(KEYS):
        return list(KEYS[:count])
    return ["".join(pair) for pair, _n in zip(product(KEYS, KEYS), range(count), strict=False)]


class Labels(Reading):
    """Shows labels, and takes the keys until one is met."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._jumps: dict[str, Callable[[], None]] = {}
        """What each label does; nothing while no labels are shown."""
        self._typed = ""

    def action_labels(self) -> None:
        """Label what is in sight, the pane that has the focus first."""
        targets = list(self._targets())
        if not targets:
            self.notice = _("nothing here to jump to")
            return
        self._typed = ""
        shown: dict[Rows | Reader, dict[int, str]] = defaultdict(dict)
        for label, (pane, at, jump) in zip(keys(len(targets)), targets, strict=False):
            self._jumps[label] = jump
            shown[pane][at] = label
        for pane, labels in shown.items():
            pane.labels = labels
        self.notice = _("press a label to go there; any other key leaves")

    def on_key(self, event: events.Key) -> None:
        """While labels are shown, keys are theirs."""
        if not self._jumps:
            return
        event.stop()
        event.prevent_default()  # or the handler of the class below has it too
        self._typed += event.character or "\0"
        if any(label.startswith(self._typed) and label != self._typed for label in self._jumps):
            return
        jump = self._jumps.get(self._typed)
        self._jumps = {}
        for pane in (*self.query(Rows), self.reader):
            pane.labels = {}
        self.notice = ""
        if jump is not None:
            jump()

    def _targets(self) -> Iterator[tuple[Rows | Reader, int, Callable[[], None]]]:
        """Pane, place in it, and the way there."""
        panes: list[Rows | Reader] = [pane for pane in self.query(Rows) if pane.display and pane.region]
        if self.reader.region:
            panes.append(self.reader)
        panes.sort(key=lambda pane: not pane.has_focus)
        for pane in panes:
            if isinstance(pane, Rows):
                for index in pane.targets:
                    yield pane, index, partial(pane.jump, index)
            else:
                for row, anchor in pane.targets:
                    yield pane, row, partial(self._stand, anchor)

    def _stand(self, anchor: Anchor) -> None:
        self.jump()
        self.pane = "reader"
        self.reader.stand(Goal(anchor=anchor))

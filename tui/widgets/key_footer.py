"""The bottom line: the keys that do something now, from the command table, or a notice in their place."""

from __future__ import annotations

from textual.reactive import reactive

from loader.unseen import visible
from tui.commands import Command, Context, by_context
from tui.language import _
from tui.typeset import cells, cut

from .line import Line
from .paint import Run


class KeyFooter(Line):
    """`Enter 打开  / 搜索  ? 帮助`, or what a half-typed command waits for."""

    DEFAULT_CSS = "KeyFooter { background: $bar-ground; }"
    APART = 3
    """Cells between two commands."""
    FIRST = ("search", "back", "help")
    """Commands that are shown before all others where there is not room for all."""

    context: reactive[Context] = reactive[Context]("list")
    idle: reactive[frozenset[str]] = reactive(frozenset[str]())
    """Ids of commands that would do nothing now."""
    digits: reactive[str] = reactive("")
    """A question's number, typed so far; `g` after a single one."""
    notice: reactive[str] = reactive("")
    """What went wrong, or what the user should know, until the next key."""

    def shown(self) -> list[Command]:
        """The commands of the context, then those that work everywhere."""
        commands = by_context(self.context)
        if self.context != "search":
            commands += by_context("app")
        return [one for one in commands if one.footer and one.id not in self.idle]

    def runs(self, width: int) -> list[Run]:
        """As many commands as fit."""
        if self.digits == "g":
            return [Run(1, "gg", "key"), Run(4, _("to the top"), "plain")]
        if self.digits:
            typed = f"{self.digits}g"
            return [
                Run(1, typed, "key"),
                Run(2 + len(typed), _("to question {number}", number=self.digits), "plain"),
            ]
        if self.notice:
            return [Run(1, "!", "alarm"), Run(3, cut(visible(self.notice), width - 4), "plain")]
        runs: list[Run] = []
        column = 1
        for command in self._fitting(width):
            label = _(command.label)
            size = _size(command)
            runs.append(Run(column, command.show, "key"))
            runs.append(Run(column + cells(command.show) + 1, label, "quiet"))
            column += size + self.APART
        return runs

    def _fitting(self, width: int) -> list[Command]:
        """As many as have room, in their order: first those nobody should have to guess, then the rest."""
        shown = self.shown()
        taken: set[str] = set()
        left = width - 2
        for command in sorted(shown, key=lambda one: one.id not in self.FIRST):
            size = _size(command) + (self.APART if taken else 0)
            if size > left:
                break
            left -= size
            taken.add(command.id)
        return [command for command in shown if command.id in taken]


def _size(command: Command) -> int:
    """Cells that a command takes."""
    return cells(command.show) + 1 + cells(_(command.label))

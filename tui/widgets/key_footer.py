"""The bottom line: the keys that do something now, from the command table, or a notice in their place."""

from __future__ import annotations

from textual.reactive import reactive

from tui.commands import Command, Context, by_context
from tui.typeset import cells, cut, visible

from .line import Line
from .paint import Run


class KeyFooter(Line):
    """`Enter 打开  / 搜索  ? 帮助`, or what a half-typed command waits for."""

    DEFAULT_CSS = "KeyFooter { background: $bar-ground; }"
    APART = 3
    """Cells between two commands."""

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
            return [Run(1, "gg", "key"), Run(4, "到开头", "plain")]
        if self.digits:
            typed = f"{self.digits}g"
            return [Run(1, typed, "key"), Run(2 + len(typed), f"到第 {self.digits} 问", "plain")]
        if self.notice:
            return [Run(1, "!", "alarm"), Run(3, cut(visible(self.notice), width - 4), "plain")]
        runs: list[Run] = []
        column = 1
        for command in self.shown():
            size = cells(command.show) + 1 + cells(command.label)
            if column + size >= width:
                break
            runs.append(Run(column, command.show, "key"))
            runs.append(Run(column + cells(command.show) + 1, command.label, "quiet"))
            column += size + self.APART
        return runs

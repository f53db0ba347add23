"""The command palette: the command table's commands by label, key and help."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from rich.text import Text
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input
from textual.widgets.option_list import Option

from tui.commands import Command, by_context
from tui.language import _
from tui.widgets.bindings import action


class Palette(CommandPalette):
    """Textual's, in the interface's language and with a caret that does not blink."""

    def __init__(self) -> None:
        super().__init__(providers=[CommandProvider], placeholder=_("commands"))

    def on_mount(self) -> None:
        """A blinking caret would write to the line while nobody does anything."""
        self.query_one(Input).cursor_blink = False
        self.query_one(Input).max_length = 100

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say it in the language spoken: Textual 8.2.8 has English words of its own, and waits with them."""
        commands = self.query_one(CommandList)
        commands.clear_options()
        self._list_visible = bool(search_value)
        if search_value:
            commands.add_option(Option(_("no such command"), id=self._NO_MATCHES, disabled=True))


class CommandProvider(Provider):
    """What can be done from anywhere on the screen below the palette."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """All of them, in the table's order."""
        for command in self._commands():
            yield DiscoveryHit(_line(command), partial(self._run, command), *_names(command))

    async def search(self, query: str) -> Hits:
        """Those whose label or help contains what was typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(map(matcher.match, (*_names(command), command.show)))
            if score > 0:
                yield Hit(score, _line(command), partial(self._run, command), *_names(command))

    @staticmethod
    def _commands() -> list[Command]:
        return [one for one in by_context("app") if one.id not in ("palette", "goto_question")]

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(action(command))


def _line(command: Command) -> Text:
    return Text.assemble(_(command.label), ("  " + command.show, "dim"))


def _names(command: Command) -> tuple[str, str]:
    """Label and help in the language spoken."""
    return _(command.label), _(command.help)

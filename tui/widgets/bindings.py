"""The command table as Textual bindings: the one place where keys reach widgets and screens."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.commands import Command, Context, by_context

THE_APP_S = frozenset({"theme", "mouse", "redraw", "suspend_process", "palette", "help", "quit"})
"""Commands that the app carries out, whatever screen is on."""

BELOW_ALL = frozenset({"suspend_process"})
"""Commands that work over every screen, inputs too, as they do in every program of the terminal."""


def action(command: Command, prefix: str = "") -> str:
    """What Textual is to run for a command: its id without `prefix`."""
    return f"app.{command.id}" if command.id in THE_APP_S else command.id.removeprefix(prefix)


def bindings(context: Context, *, prefix: str = "") -> list[BindingType]:
    """Bindings of a context; the action is the command's id without `prefix`."""
    return [
        Binding(",".join(one.keys), action(one, prefix), one.help, show=False) for one in by_context(context)
    ]


def below_all() -> list[BindingType]:
    """Bindings of the app itself, which go before all others."""
    return [
        Binding(",".join(one.keys), one.id, one.help, show=False, priority=True)
        for one in by_context("app")
        if one.id in BELOW_ALL
    ]

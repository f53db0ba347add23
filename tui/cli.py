"""The command line: options in, a command run, an exit code out.

An error is one line on standard error (`tui/exits.py`). Textual is imported only when a screen opens.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import click

from tui.config import read_config
from tui.exits import DONE, ended
from tui.parameters import MOST_JOBS, ForgetName, Limit, LoadPath, Minutes, Name
from tui.paths import ARCHIVE_VARIABLE, Place, archive_place
from tui.streams import replace_closed
from tui.version import __version__


class _Commands(click.Group):
    """A group whose first argument may also be the id of a briefing to open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            return "open", self.get_command(ctx, "open"), args
        return super().resolve_command(ctx, args)


def _archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--archive",
        metavar="FILE",
        help=f"The archive to use (also {ARCHIVE_VARIABLE}); before or after the command.",
    )(command)


def _place(archive: str | None) -> Place:
    try:
        return archive_place(click.get_current_context().obj if archive is None else archive)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@click.group(
    cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@_archive_option
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error what goes to the log, too.")
@click.option(
    "--idle",
    metavar="MINUTES",
    type=Minutes(),
    help="Leave the browser when no key was pressed for so long.",
)
@click.option(
    "--kiosk",
    is_flag=True,
    help="For sshd's ForceCommand: read FILE and nothing else on this host (docs/ssh.md).",
)
@click.version_option(__version__, prog_name="briefings-tui", message="%(prog)s %(version)s")
@click.pass_context
def cli(
    ctx: click.Context, archive: str | None, verbose: bool, idle: float | None, kiosk: bool
) -> int | None:
    """Read and search press-briefing transcripts in a terminal.

    Without a command it opens the browser; `briefings-tui ID` opens it at a briefing or a question.
    """
    ctx.obj = archive
    seconds = None if idle is None else idle * 60
    if kiosk:
        if ctx.invoked_subcommand is not None or archive is None:
            raise click.UsageError(
                "--kiosk wants --archive FILE and no command: what may be asked for comes from sshd"
            )
        from tui.kiosk import enter

        return enter(_place(archive).path, seconds)
    if seconds is not None and ctx.invoked_subcommand is not None:
        raise click.UsageError("--idle is the browser's: leave it out before a command")
    if verbose and ctx.invoked_subcommand not in (None, "open"):
        from tui.log import speak_up

        speak_up()
    if ctx.invoked_subcommand is None:
        return _browse(None, archive, seconds)
    return None


@cli.command("open", hidden=True)
@click.argument("id", type=Name())
@_archive_option
def open_(id: str, archive: str | None) -> int:
    """Open the browser at a briefing or question."""
    return _browse(id, archive)


def _browse(start: str | None, archive: str | None, idle: float | None = None) -> int:
    screen = all(
        stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )  # Textual draws on the last
    if not screen or os.environ.get("TERM", "dumb") in ("dumb", ""):
        raise click.UsageError(
            "the browser wants a terminal (TERM is not set, dumb, or output is no terminal):"
            " use `briefings-tui list`, `show ID` or `search QUERY`"
        )
    from tui.browse import Rules, browse

    return browse(start, _place(archive).path, Rules(idle=idle))


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=LoadPath())
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line a document, then a summary.")
@click.option("--dry-run", is_flag=True, help="Read and parse, but store nothing.")
@click.option(
    "--text-field", metavar="NAME", type=Name(), help="The field of JSON records that holds the transcript."
)
@click.option(
    "--title",
    metavar="TEXT",
    help="Say the title; wins over what is inferred, as do these ('' takes it back, - is unknown):",
)
@click.option(
    "--date", metavar="EDTF", help="2022-03-25, 2022-03, XXXX-03-25 (no year), 2022-03-25~ (inferred)."
)
@click.option("--place", metavar="TEXT", help="Where it was held.")
@click.option("--organ", metavar="TEXT", help="Who held it.")
@click.option("--ordinal", metavar="N", help="Which of its series it is.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, MOST_JOBS),
    help="Processes that read; 1 for none but this one.",
)
@click.option(
    "--watch", is_flag=True, help="Then follow the folders: load what comes or changes. Ctrl-C ends it."
)
@_archive_option
def load(
    paths: tuple[str, ...],
    as_json: bool,
    dry_run: bool,
    text_field: str | None,
    jobs: int | None,
    watch: bool,
    archive: str | None,
    **corrections: str | None,
) -> int:
    """Load transcripts: files, folders, - for standard input. Ctrl-C keeps what was loaded."""
    from loader.corrections import checked, typed
    from tui.loading import load_paths

    try:
        said = checked(typed({name: value for name, value in corrections.items() if value is not None}))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if watch:
        if dry_run:
            raise click.UsageError("--watch with --dry-run: nothing would ever come of it")
        from tui.watching import watch_folders

        return watch_folders(
            paths, _place(archive).path, as_json=as_json, corrections=said, text_field=text_field, jobs=jobs
        )
    return load_paths(
        paths,
        _place(archive).path,
        as_json=as_json,
        dry_run=dry_run,
        corrections=said,
        text_field=text_field,
        jobs=jobs,
    )


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="PATH|ID…", type=ForgetName())
@click.option("--json", "as_json", is_flag=True, help="One JSON object: forgotten, unknown.")
@click.option("--yes", is_flag=True, help="Forget folders of several sources without asking.")
@_archive_option
def forget(names: tuple[str, ...], as_json: bool, yes: bool, archive: str | None) -> int:
    """Delete sources with their documents: by file, by folder, or by the id of a briefing in them."""
    from tui.forgetting import forget_sources

    return forget_sources(names, _place(archive).path, as_json, yes)


@cli.command()
@click.argument("file", type=Name())
@click.option("--json", "as_json", is_flag=True, help="One JSON array of what was made of the file.")
def explain(file: str, as_json: bool) -> int:
    """What a file would be read as, stretch by stretch, and why."""
    from tui.explain import explain_file

    return explain_file(file, as_json)


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@_archive_option
def list_(as_json: bool, archive: str | None) -> int:
    """All briefings, newest first."""
    from tui import printing

    with printing.opened(_place(archive)) as store:
        return printing.print_list(store, as_json)


@cli.command()
@click.argument("id", type=Name())
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with spans into the source's text.")
@click.option("--source", is_flag=True, help="The source's text as read.")
@_archive_option
def show(id: str, as_json: bool, source: bool, archive: str | None) -> int:
    """One briefing, or one question of it."""
    from tui import printing

    with printing.opened(_place(archive)) as store:
        return printing.print_one(store, id, as_json, source)


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object: query, count, hits.")
@click.option("--limit", metavar="N", type=Limit(), default=50, show_default=True, help="Hits shown.")
@click.option(
    "--sort",
    type=click.Choice(["newest", "relevance"]),
    default="newest",
    show_default=True,
    help="By relevance the newest that can be weighed in a moment; how many is said.",
)
@click.option("--why", is_flag=True, help="With each hit how it matches: words, places, lane, filters.")
@_archive_option
def search(
    query: tuple[str, ...], as_json: bool, limit: int, sort: str, why: bool, archive: str | None
) -> int:
    """Passages that hold the words asked for, newest first or by relevance."""
    from tui import printing

    with printing.opened(_place(archive)) as store:
        return printing.print_hits(
            store, " ".join(query), as_json, limit, explained=why, ranked=sort == "relevance"
        )


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object: ok, counts, problems.")
@click.option("--repair", is_flag=True, help="First make anew what is wrong, from the sources kept inside.")
@_archive_option
def check(as_json: bool, repair: bool, archive: str | None) -> int:
    """Is the archive whole?"""
    from tui import printing

    if repair:
        from tui.mending import mend

        mend(_place(archive).path)

    with printing.opened(_place(archive), build=False) as store:
        return printing.print_check(store, as_json)


@cli.command()
@click.argument("file", metavar="FILE", type=Name())
@_archive_option
def backup(file: str, archive: str | None) -> int:
    """Copy the archive to a new file, also while it is read and written."""
    from pathlib import Path

    from tui.backup import back_up
    from tui.telling import tell

    target = Path(file).expanduser()
    tell(f"{target}  {back_up(_place(archive).path, target):,} bytes")
    return DONE


@cli.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…", type=Name())
@click.option("--format", "form", type=click.Choice(["md", "json", "csv"]), default="md", show_default=True)
@_archive_option
def export(ids: tuple[str, ...], form: str, archive: str | None) -> int:
    """Write briefings or questions to standard output."""
    from tui import printing
    from tui.export import export_ids

    with printing.opened(_place(archive)) as store:
        return export_ids(store, ids, form)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array of commands.")
def keys(as_json: bool) -> int:
    """The keys of the browser."""
    from tui.commands import COMMANDS, key_table
    from tui.language import choose, speak
    from tui.paths import config_path

    if as_json:
        click.echo(json.dumps([asdict(command) for command in COMMANDS], ensure_ascii=False))
    else:
        speak(choose(read_config(config_path()).language, os.environ))
        click.echo(key_table())
    return DONE


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object of paths.")
@_archive_option
def paths(as_json: bool, archive: str | None) -> int:
    """Where the files live."""
    from tui.paths import cache_path, config_path, log_path, seeds_path, state_path
    from tui.telling import tell, tell_json

    where = {
        "archive": str(_place(archive).path),
        "state": str(state_path()),
        "log": str(log_path()),
        "config": str(config_path()),
        "cache": str(cache_path()),
        "seeds": str(seeds_path()),
    }
    if as_json:
        tell_json(where)
    else:
        for name, path in where.items():
            tell(f"{name:8} {path}")
    return DONE


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # it loses input-method commits
    replace_closed()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if sys.flags.utf8_mode:  # Python's way out where the host lacks the locale that the terminal has
        from tui.terminal.charset import speak_as

        speak_as(os.environ, sys.stdout, sys.stderr)
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    return ended(lambda: _invoke(arguments))


def _invoke(arguments: list[str]) -> int | None:
    with cli.make_context("briefings-tui", list(arguments)) as context:
        code: int | None = cli.invoke(context)
    return code

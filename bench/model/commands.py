"""Commands for the model-based test, drawn at random: each with what it may lead to."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from bench.model import archive as promised
from bench.model.archive import Action, Corrections, State
from bench.model.disk import FOLDERS, plain_text
from bench.model.files import File, Part
from bench.model.operations import LOADED, REFUSED, Operation, line, options
from bench.model.texts import PLACES
from bench.model.world import World


def load(world: World, dice: random.Random, *targets: str, values: Corrections | None = None) -> Operation:
    """A load of files or folders, perhaps with corrections."""
    part_copies(world, dice, targets)
    files: dict[str, File] = {}
    for target in targets:
        files |= world.disk.under(target)
    still = world.disk.holds
    after = (promised.corrected_files(files, values),) if values else ()
    forward = [(path, part) for path, file in files.items() for part in _growing(file, 1)]
    backward = [(path, part) for path, file in reversed(files.items()) for part in _growing(file, -1)]
    parts = tuple(
        (*(promised.loaded({path: part}, still=still) for path, part in order), *after)
        for order in (forward, backward)
    )
    arguments = ["load", "--json", *options(values or {}), *targets]
    return Operation(
        line(*arguments),
        world.program.job(*arguments),
        orders=((promised.loaded(files, still=still), *after),),
        parts=parts,
        codes=(_code(world, targets),),
    )


def _growing(file: File, by: int) -> Iterator[File]:
    """A file with its first part, its first two, and so on; from its end where `by` is -1.

    Each part may be kept before the next one is read, members of a ZIP in the order of their names.
    """
    parts = file.parts
    if file.suffix == ".zip":
        parts = tuple(sorted(parts, key=lambda part: part.name or ""))
    for number in range(1, len(parts) + 1):
        yield replace(file, parts=parts[:number] if by > 0 else parts[-number:])


def part_copies(world: World, dice: random.Random, targets: Iterable[str]) -> None:
    """Edit files that are the same as another source by now, and were another version of it.

    Both are promised: that they are copies of the other, and that their documents keep their own ids.
    """
    for path in [path for target in targets for path in world.disk.under(target)]:
        for _ in range(3):
            if any(state.undecided(path, world.disk.files[path]) for state in world.states):
                world.disk.edit_all(dice, path)


def _code(world: World, targets: Iterable[str]) -> int:
    return REFUSED if any(world.disk.refused(target) for target in targets) else LOADED


def target(world: World, dice: random.Random) -> str:
    """A folder with something to read in it."""
    folders = [str(world.disk.root / one) for one in FOLDERS]
    return dice.choice([folders[0], *(one for one in folders if world.disk.under(one))])


def dry_run(world: World, dice: random.Random) -> Operation:
    """A load that stores nothing."""
    arguments = ("load", "--json", "--dry-run", target(world, dice))
    return Operation(line(*arguments), world.program.job(*arguments), codes=(_code(world, arguments[-1:]),))


def standard_input(world: World, dice: random.Random) -> Operation:
    """A load of standard input: a new briefing, or the bytes of a file."""
    known = [file for _, file in sorted(world.disk.files.items()) if file.suffix == ".txt"]
    new = File(".txt", "utf-8", (Part(None, plain_text(dice, world.author)),))
    file = dice.choice(known) if known and dice.random() < 0.4 else new
    content = file.parts[0].content
    read = promised.loaded({f"- {content.key}": file}, still=world.disk.holds)

    def act(state: State) -> list[State]:
        # that standard input held a copy may be remembered or not
        return [*read(state), *([state] if content in state.sources else [])]

    return Operation(line("load", "-"), world.program.job("load", "--json", "-"), ((act,),), stdin=file.raw)


def read(world: World, *arguments: str) -> Operation:
    """A command that only reads the archive."""
    return Operation(line(*arguments), world.program.job(*arguments), codes=(LOADED, REFUSED), reads=True)


def correct(world: World, id: str, values: Corrections) -> Operation:
    """A correction in the browser."""
    job = world.program.correction(id, values)
    return Operation(f"E {id} {values}", job, ((promised.corrected(id, values, _line(world, id)),),))


def values(dice: random.Random) -> dict[str, str | None]:
    """Something to correct, and to what."""
    drawn: dict[str, str | None] = {
        "title": f"订正后的标题{dice.randrange(1000)}",
        "place": dice.choice(PLACES),
        "date": str(date(2021, 1, 1) + timedelta(days=dice.randrange(1000))),
        "ordinal": str(dice.randrange(1, 100)),
    }
    names = dice.sample(list(drawn), dice.choice((1, 1, 1, 2, 4)))
    return {name: drawn[name] for name in names}


def forget(world: World, name: str, action: Action) -> Operation:
    """Something is forgotten."""
    arguments = ("forget", "--yes", name)
    return Operation(line(*arguments), world.program.job(*arguments), ((action,),))


def forget_id(world: World, id: str) -> Operation:
    """The source of a briefing is forgotten."""
    return forget(world, id, promised.forgotten_id(id, _line(world, id)))


def _line(world: World, id: str) -> int:
    """The line of edits that the briefing of an id belongs to."""
    return world.states[0].by_id[id][1].briefing.line


def repair(world: World) -> Operation:
    """A repair of an archive that is whole."""
    return Operation(line("check", "--repair"), world.program.job("check", "--repair"))


def anything(world: World, dice: random.Random) -> Operation:
    """One of the operations that are killed, and done by several processes at once."""
    ids = world.ids()
    kinds = ("load", "load", "load", "correct", "forget id", "dry run", "repair", "read", "back up")
    match dice.choice([kind for kind in kinds if kind not in world.without]):
        case "correct" if ids:
            return correct(world, dice.choice(ids), values(dice))
        case "forget id" if ids:
            return forget_id(world, dice.choice(ids))
        case "dry run":
            return dry_run(world, dice)
        case "repair" if world.stands:
            return repair(world)
        case "read" if world.stands:
            return read(world, *dice.choice((("list",), ("check",), ("search", "--limit", "3", "会"))))
        case "back up" if world.stands:
            return read(world, "backup", str(world.folder / f"copy-{dice.randrange(10**9)}.db"))
    return load(world, dice, target(world, dice))

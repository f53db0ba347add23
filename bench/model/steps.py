"""The steps of the model-based test, each with how often it is drawn."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import NamedTuple

from bench.model import archive as promised
from bench.model import bookmarks, commands
from bench.model.checks import Look, agreed, check_any_words
from bench.model.disk import FOLDERS, within
from bench.model.files import squeezed
from bench.model.operations import LOADED, REFUSED, UNUSABLE, USAGE, Operation, line
from bench.model.program import Fault, Program
from bench.model.world import World
from loader.layout import source_key

CALLS = 4_000
"""About as many calls into SQLite and the operating system as a load makes: kills fall within twice that."""
NOTHING = "nothing to do"

Action = Callable[[World, random.Random], str]


class Step(NamedTuple):
    """A kind of step; it says what it did."""

    weight: float
    do: Action


def begin(world: World, dice: random.Random, races: bool = True) -> str:
    """The first files; mostly a first load, while somebody's first start makes an archive of samples."""
    for _ in range(dice.randrange(2, 6)):
        world.disk.changes["write"](dice)
    told = f"a new archive, {len(world.disk.files)} files"
    if not races or dice.random() < 0.3:
        return told
    start = Operation("briefings-tui", world.program.first_start, reads=True)
    operations = [commands.load(world, dice, str(world.disk.root)), start]
    if dice.random() < 0.5:
        operations += [commands.dry_run(world, dice)]
    kills = {0: dice.randrange(1, CALLS)} if dice.random() < 0.2 else {}

    def forget_samples() -> None:
        if world.stands:
            samples = json.loads(world.program.run("paths", "--json").out)["seeds"]
            world.program.run("forget", "--yes", samples, codes=(LOADED, REFUSED))

    return f"{told}; {world.do(*dice.sample(operations, len(operations)), kills=kills, then=forget_samples)}"


def _change(world: World, dice: random.Random) -> str:
    kind = dice.choice(list(world.disk.changes))
    return f"{kind}: {world.disk.changes[kind](dice)}"


def _load(world: World, dice: random.Random) -> str:
    return world.do(commands.load(world, dice, commands.target(world, dice)))


def _load_some(world: World, dice: random.Random) -> str:
    paths = sorted(world.disk.files)
    return world.do(commands.load(world, dice, *dice.sample(paths, min(len(paths), dice.choice((1, 1, 2))))))


def _standard_input(world: World, dice: random.Random) -> str:
    return world.do(commands.standard_input(world, dice))


def _dry_run(world: World, dice: random.Random) -> str:
    before = world.program.state_of_file()
    told = world.do(commands.dry_run(world, dice))
    if world.program.state_of_file() != before:
        raise Fault("a dry run wrote to the archive")
    return told


def _correct(world: World, dice: random.Random) -> str:
    ids = world.ids()
    values = commands.values(dice)
    if dice.random() < 0.1:
        values["date"] = ""
    return world.do(commands.correct(world, dice.choice(ids), values)) if ids else NOTHING


def _correct_by_load(world: World, dice: random.Random) -> str:
    paths = [path for path, file in sorted(world.disk.files.items()) if len(file.briefings) == 1]
    values = commands.values(dice)
    if dice.random() < 0.2:
        values = dict.fromkeys(values, None)
    return world.do(commands.load(world, dice, dice.choice(paths), values=values)) if paths else NOTHING


def _take_back(world: World, dice: random.Random) -> str:
    documents = [world.states[0].by_id[id][1] for id in world.ids()]
    taken = [(one.id, name) for one in documents for name, _ in sorted(one.corrections) if one.id]
    if not taken:
        return NOTHING
    id, name = dice.choice(taken)
    return world.do(commands.correct(world, id, {name: None}))


def _bookmark(world: World, dice: random.Random) -> str:
    ids = world.ids()
    if not ids:
        return NOTHING
    one = bookmarks.drawn(world.states[0], ids, len(world.bookmarks), dice)
    bookmarks.make(world.program, one)
    world.bookmarks.append(one)
    return f"B {one.id}: {one.paragraph[:20]}"


def _forget_id(world: World, dice: random.Random) -> str:
    ids = world.ids()
    return world.do(commands.forget_id(world, dice.choice(ids))) if ids else NOTHING


def _forget_path(world: World, dice: random.Random) -> str:
    held = world.held()
    if not held:
        return NOTHING
    path = dice.choice(held)
    name = source_key(path) if path.isprintable() else path  # never how another one is printed
    return world.do(commands.forget(world, name, promised.forgotten([path])))


def _forget_folder(world: World, dice: random.Random) -> str:
    folder = str(world.disk.root / dice.choice(FOLDERS[1:]))
    paths = [path for path in world.held() if within(path, folder)]
    return world.do(commands.forget(world, folder, promised.forgotten(paths))) if paths else NOTHING


def _forget_nothing(world: World, dice: random.Random) -> str:
    """What an unset variable in a script leads to."""
    if not world.stands:
        return NOTHING
    arguments = ("forget", *dice.choice(([], ["--yes"])), dice.choice(("", "/", " ")))
    return world.do(Operation(line(*arguments), world.program.job(*arguments), codes=(USAGE, REFUSED)))


def _repair(world: World, _: random.Random) -> str:
    return world.do(commands.repair(world)) if world.stands else NOTHING


def _back_up(world: World, dice: random.Random) -> str:
    if not world.stands:
        return NOTHING
    target = world.folder / f"backup-{dice.randrange(10**6)}.db"
    world.program.run("backup", str(target))
    if Program(target, world.folder / "scratch").listed() != world.program.listed():
        raise Fault("backup: the copy lists other documents")
    if world.backup:
        world.backup[0].unlink()
    world.backup = target, world.states
    return line("backup", target.name)


def _restore(world: World, _: random.Random) -> str:
    if not world.backup:
        return NOTHING
    path, world.states = world.backup
    world.backup = None
    path.replace(world.program.archive)
    return f"{path.name} takes the archive's place"


def _damage(world: World, dice: random.Random) -> str:
    """Overwrite bytes of the archive, repair it, load all again: what is listed is right, and all is back."""
    if not world.stands:
        return NOTHING
    harmed = bytearray(world.program.archive.read_bytes())
    for _ in range(dice.choice((1, 1, 3, 20))):
        at, length = dice.randrange(len(harmed)), dice.choice((1, 4, 100, 4096))
        harmed[at : at + length] = dice.randbytes(len(harmed[at : at + length]))
    world.program.archive.write_bytes(harmed)
    code = world.program.run("check", "--repair", codes=(LOADED, REFUSED, UNUSABLE)).code
    for aside in world.folder.glob("archive.db.damaged-*"):
        aside.unlink()
    if code != LOADED:
        world.start_over()
        return f"repair → {code}"
    look = Look(world.program)
    try:
        world.states = agreed(world.states, look)
        lost = "nothing"
    except Fault as fault:
        lost = str(fault).splitlines()[0]
    check_any_words(world.states[0].documents, look)
    root = str(world.disk.root)
    world.program.run("load", root, codes=(REFUSED if world.disk.refused(root) else LOADED,))
    world.program.run("check")
    look = Look(world.program)
    sources = {squeezed(source) for _, source in look.shown(look.rows).values()}
    for path, file in world.disk.under(root).items():
        if any(part.content.as_read not in sources for part in file.parts):
            raise Fault(f"after damage, repair and loading again not in the archive: {path}")
    world.start_over()  # corrections may be lost that still show
    return f"repair → 0, all loaded again; missing: {lost}"


def _kill(world: World, dice: random.Random) -> str:
    at = dice.randrange(1, 2 * CALLS) if dice.random() < 0.7 else dice.randrange(1, CALLS // 10)
    return f"{world.do(commands.anything(world, dice), kills={0: at})} before call {at}"


def _together(world: World, dice: random.Random) -> str:
    commands.part_copies(world, dice, [str(world.disk.root)])
    operations = [commands.anything(world, dice) for _ in range(dice.choice((2, 2, 3)))]
    return world.do(*operations, kills={0: dice.randrange(1, 2 * CALLS)} if dice.random() < 0.2 else {})


STEPS = {
    "change": Step(40, _change),
    "load": Step(18, _load),
    "load some": Step(8, _load_some),
    "standard input": Step(2, _standard_input),
    "dry run": Step(3, _dry_run),
    "correct": Step(7, _correct),
    "correct by load": Step(4, _correct_by_load),
    "take back": Step(2, _take_back),
    "bookmark": Step(4, _bookmark),
    "forget id": Step(2, _forget_id),
    "forget path": Step(2, _forget_path),
    "forget folder": Step(0.5, _forget_folder),
    "forget nothing": Step(1, _forget_nothing),
    "repair": Step(1, _repair),
    "back up": Step(1, _back_up),
    "restore": Step(0.5, _restore),
    "damage": Step(0.5, _damage),
    "kill": Step(6, _kill),
    "together": Step(6, _together),
}

"""Lines and sentences that look like labels and are none."""

from collections.abc import Mapping
from random import Random

from .scene import ENDS, LONG, Scene, Turn
from .tables import Tongue, fill
from .template import ANSWERER

NOTE = -1


class Traps:
    """Chosen traps, each with the place where it goes."""

    def __init__(self, rng: Random, tongue: Tongue, slots: Mapping[str, str]) -> None:
        """Choose with the words of the page at hand."""
        self.rng = rng
        self.tongue = tongue
        self.slots = slots
        self.laid: list[str] = []

    def choose(self, place: str, count: int) -> list[list[str]]:
        """Some traps for a place, each as its lines."""
        table = [row[1] for row in self.tongue.rows("traps") if row[0] == place]
        chosen: list[list[str]] = []
        for words in self.rng.sample(table, min(count, len(table))):
            lines = fill(words, self.slots).split("|")
            opening = {line[:3] for trap in chosen for line in trap}
            if not any(line[:3] in opening for line in lines):
                chosen.append(lines)
                self.laid += [line for line in lines if place != "line" or is_like_label(line)]
        return chosen

    def lay(self, scene: Scene, whole: bool) -> None:
        """Put sentences and lines into answers, and notes between the turns."""
        answers = [turn for turn in scene.turns if turn.voice == ANSWERER and turn.number]
        self.rng.shuffle(answers)
        hostless = [row for row in ("主持人", "主持") if not scene.plan.host_on]
        for turn, lines in zip(answers, self.choose("in", self.rng.choice((1, 2, 2, 3))), strict=False):
            if any(word in lines[0] for word in hostless):
                self.laid.remove(lines[0])
                continue
            self._within(turn, lines[0])
        if whole:
            for lines in self.choose("line", self.rng.choice((0, 1, 1))):
                answers[-1].paragraphs += lines
            ends = [at for at, turn in enumerate(scene.turns) if turn.voice == ANSWERER and turn.number]
            for lines in self.choose("note", self.rng.choice((0, 0, 1))):
                scene.turns.insert(self.rng.choice(ends) + 1, Turn(NOTE, lines))

    def _within(self, turn: Turn, sentence: str) -> None:
        """Put a sentence behind another one, never before the first words."""
        at = self.rng.randrange(len(turn.paragraphs))
        text = turn.paragraphs[at]
        ends = [end + 1 for end, sign in enumerate(text) if sign in ENDS and end >= LONG]
        closed = [end for end in ends if not text[end : end + 1].isdigit()] or [len(text)]
        end = self.rng.choice(closed)
        gap = self.tongue.gap
        rest = text[end:].strip()
        turn.paragraphs[at] = text[:end] + gap + sentence + (gap + rest if rest else "")


def is_like_label(line: str) -> bool:
    """Whether a line has a mark that labels have, or heads what follows."""
    return any(mark in line for mark in "：:（—【▲")

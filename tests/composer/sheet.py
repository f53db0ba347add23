"""Sets the turns of a scene as the lines of a text, Markdown or HTML page."""

from random import Random

from .head import Block
from .people import Asker, numbers
from .plan import clock
from .scene import Scene, Turn
from .tables import Tongue
from .template import ANSWERER, ASKER, HOST, Template

TORN = ("记者", "記者", "主持人", "发言人", "提问", "Moderator", "Question", "Reporter")


class Sheet:
    """Sets one page."""

    def __init__(self, rng: Random, tongue: Tongue, template: Template, scene: Scene, day: str) -> None:
        """Start the clock at the opening."""
        self.rng = rng
        self.template = template
        self.scene = scene
        self.day = day
        self.minutes = scene.plan.minutes + rng.randint(0, 5)
        self.torn = template.flow != "torn"
        self.tongue = tongue
        self.after = tongue.phrases("after")[0]
        self.last: Asker | None = None
        self.seen: set[str] = set()
        self.indent = "　　" if rng.random() < 0.3 else ""
        self.loose = rng.random() < 0.4

    def body(self) -> list[Block]:
        """The blocks of all turns."""
        found: list[Block] = []
        for turn in self.scene.turns:
            found += [("para", line) for line in turn.paragraphs] if turn.voice < 0 else self._turn(turn)
        return found

    def _slots(self, turn: Turn) -> dict[str, str]:
        if turn.voice == HOST:
            return self.scene.cast.host.slots(self.template.padded) | numbers(0)
        if turn.voice == ASKER and turn.asker:
            slots = turn.asker.slots(turn.number)
            name = slots["n"]
            if self.template.padded and len(name) == 2:
                slots["n"] = f"{name[0]}　{name[1]}"
            return slots
        assert turn.official is not None
        return turn.official.slots(self.template.padded) | numbers(turn.number)

    def _turn(self, turn: Turn) -> list[Block]:
        template = self.template
        who = turn.official.name if turn.official else ""
        again = turn.voice == ANSWERER and who in self.seen
        self.seen.add(who)
        before, behind = template.label(turn.voice, again, self._slots(turn))
        if turn.voice == ASKER:
            # Who asks twice in a row is now and then said to ask again.
            if turn.asker is self.last and before.endswith(("记者", "記者")) and self.rng.random() < 0.6:
                before += self.after
            self.last = turn.asker
        words = list(turn.paragraphs)
        if template.group == "prose":
            words = ["".join(words)]
        words[-1] += behind
        time = self._clock()
        found: list[Block]
        if template.group == "split":
            *upper, last = before.split("/")
            dress = template.dress
            first = dress.left[turn.voice] + (upper[0] if upper else last)
            lines = [first, *upper[1:], last] if upper else [first]
            lines[-1] += dress.right[turn.voice] + dress.mark[turn.voice]
            return [("label", line) for line in lines] + [("para", line) for line in words]
        if template.dress.place in ("rows", "list"):
            cell = template.dress.around(turn.voice, before)
            return [(template.dress.place, f"{cell}\t{'<br>'.join(words)}")]
        label = template.dress.around(turn.voice, before) if before and template.group != "prose" else before
        if time.startswith("end"):
            words[-1] += time[3:]
        if template.dress.place == "above" and not before:
            found = [("para", line) for line in words]
        elif template.dress.place == "above":
            found = [("label", label + (time[5:] if time.startswith("after") else ""))]
            found += [("para", line) for line in words]
        else:
            front = "" if time.startswith(("end", "line")) else time
            found = [("turn", front + self._tear(label) + words[0])]
            found += [("para", label * template.repeat + line) for line in words[1:]]
        if time.startswith("line"):
            found.append(("para", time[4:]))
        return found

    def _clock(self) -> str:
        if self.template.clock == "none":
            return ""
        self.minutes += self.rng.randint(1, 4)
        seconds = f"{self.rng.randint(0, 59):02}"
        return self.template.clock.format(clock=clock(self.minutes), seconds=seconds, day=self.day)

    def page(self, blocks: list[Block]) -> str:
        """The text of the whole page."""
        if self.template.suffix == "html":
            return self._html(blocks)
        if self.template.suffix == "md":
            return self._markdown(blocks)
        return self._text(blocks)

    def _text(self, blocks: list[Block]) -> str:
        lines = [(self.indent if kind in ("para", "turn") else "") + words for kind, words in blocks]
        if self.template.flow == "run":
            gaps = (" ",) if self.tongue.code == "en" else (" ", "　", "")
            return self.rng.choice(gaps).join(line.strip() for line in lines) + "\n"
        kinds = [kind for kind, _ in blocks]
        text = lines[0]
        for at, line in enumerate(lines[1:], 1):
            tight = kinds[at] == kinds[at - 1] and kinds[at] in ("grid", "item", "field", "label")
            above = kinds[at - 1] == "label" and kinds[at] == "para"
            text += ("\n\n" if self.loose and not tight and not above else "\n") + line
        return text + "\n"

    def _tear(self, label: str) -> str:
        """The label, now and then with a break inside a word of it, as a narrow column leaves it."""
        word = next((word for word in TORN if word in label), "")
        if self.template.flow != "torn" or not word or self.rng.random() < 0.4:
            return label
        self.torn = True
        at = label.find(word) + self.rng.randrange(1, len(word))
        return label[:at] + "\n" + label[at:]

    def _markdown(self, blocks: list[Block]) -> str:
        found: list[str] = []
        last = ""
        for kind, words in blocks:
            if kind == "title":
                words = f"# {words}"
            elif kind in ("grid", "rows"):
                cells = words.replace("<br>", " ").split("\t")
                words = f"| {' | '.join(cells)} |"
                if last != kind:
                    words = ("" if kind == "grid" else "|  |  |\n") + words
                    rule = "\n|" + " --- |" * len(cells)
                    words = words + rule if kind == "grid" else words.replace("\n", rule + "\n", 1)
            elif kind == "item":
                words = f"- {words}"
            tight = kind == last and kind in ("grid", "rows", "item")
            found.append(("\n" if tight else "\n\n") + words if found else words)
            last = kind
        return "".join(found) + "\n"

    def _html(self, blocks: list[Block]) -> str:
        wrap = {
            "rows": ("<table>", "</table>"),
            "grid": ('<table border="1">', "</table>"),
            "list": ("<dl>", "</dl>"),
            "item": ("<ul>", "</ul>"),
        }
        found: list[str] = []
        open_kind = ""
        for kind, words in [*blocks, ("end", "")]:
            if open_kind and kind != open_kind:
                found.append(wrap[open_kind][1])
                open_kind = ""
            if kind in wrap and not open_kind:
                found.append(wrap[kind][0])
                open_kind = kind
            if kind != "end":
                found.append(_element(kind, words))
        title = blocks[0][1]
        top = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        return "\n".join([top, *found, "</body></html>"]) + "\n"


def _element(kind: str, words: str) -> str:
    cells = words.split("\t")
    if kind == "title":
        return f"<h1>{words}</h1>"
    if kind in ("rows", "grid"):
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    if kind == "list":
        return f"<dt>{cells[0]}</dt><dd>{cells[1]}</dd>"
    if kind == "item":
        return f"<li>{words}</li>"
    if kind == "field":
        return f'<div class="info">{words}</div>'
    if kind == "label" and words.startswith(("<h", "<p", "<d")):
        return words
    return f"<p>{words}</p>"

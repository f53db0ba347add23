"""The template that all labels of one page follow, composed of parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from .tables import Row, Tongue, fill, weighted

HOST, ASKER, ANSWERER = 0, 1, 2
WORDS = "…"
GROUPS = {
    "plain": 34,
    "role": 17,
    "qa": 15,
    "verb": 9,
    "tag": 12,
    "paren": 7,
    "behind": 6,
    "split": 6,
    "prose": 4,
    "initial": 3,
    "bare": 3,
}
BRACKETS = {"n": ("【】", "[]", "（）", "［］"), "o": ("〔〕", "《》", "〖〗", "<>", "｛｝")}
ENGLISH_BRACKETS = {"n": ("[]", "()"), "o": ("<>", "{}")}
GAPS = ("", "", " ", "　")
CLOCKS = {
    "none": 60,
    "{clock} ": 2,
    "[{clock}] ": 2,
    "{clock}:{seconds}　": 2,
    "（{clock}）": 1,
    "after　{clock}:{seconds}": 3,
    "after ({clock})": 1,
    "end{clock}:{seconds}": 2,
    "end　[{clock}]": 1,
    "line{day} {clock}:{seconds}": 2,
}
ODD_CLOCKS = {"none": 20, "{clock}┃": 1, "<{clock}> ": 1, "after @{clock}": 1, "end——{clock}": 1}
FLOWS = {"n": {"lines": 1}, "o": {"lines": 12, "run": 3, "torn": 2}}


@dataclass(frozen=True)
class Dress:
    """What stands around a label: left, right and the mark, for host, asker and answerer."""

    place: str
    left: tuple[str, str, str]
    right: tuple[str, str, str]
    mark: tuple[str, str, str]

    def around(self, voice: int, label: str) -> str:
        """The label in its dress."""
        return self.left[voice] + label + self.right[voice] + self.mark[voice]


@dataclass(frozen=True)
class Template:
    """The forms of the labels of a page and how they are set."""

    group: str
    suffix: str
    host: str
    asker: str
    first: str
    later: str
    brackets: str
    dress: Dress
    clock: str
    flow: str
    gap: str
    repeat: bool
    padded: bool

    def form(self, voice: int, again: bool = False) -> str:
        """The form of a label for a voice."""
        return (self.host, self.asker, self.later if again else self.first)[voice]

    def label(self, voice: int, again: bool, slots: Mapping[str, str]) -> tuple[str, str]:
        """What stands before the words and what stands behind them."""
        brackets = {"[": self.brackets[0], "]": self.brackets[1], "g": self.gap}
        before, _, behind = self.form(voice, again).partition(WORDS)
        return fill(before, {**slots, **brackets}), fill(behind, {**slots, **brackets})

    def pattern(self, host_on: bool, padded: bool) -> str:
        """A short description of the composition as the page shows it."""
        later = "" if self.later == self.first else f" → {self.later}"
        voices = (HOST, ASKER, ANSWERER) if host_on else (ASKER, ANSWERER)
        dress = " ".join(sorted({self.dress.around(voice, "·") for voice in voices}))
        host = f" + {self.host}" * host_on
        parts = [f"{self.asker} + {self.first or 'no label'}{later}{host}", f"{self.dress.place} {dress}"]
        if "{[}" in self.asker + self.first + self.host:
            parts.append(self.brackets)
        parts += [part for part in (self.clock, self.flow) if part not in ("none", "lines")]
        parts += [name for name, on in (("repeated", self.repeat), ("padded", padded)) if on]
        return "; ".join(parts)


def wants(forms: str, *slots: str) -> bool:
    """Whether any of the slots stands in the forms."""
    return any(f"{{{slot}}}" in forms for slot in slots)


def compose_template(rng: Random, tongue: Tongue, sort: str) -> Template | None:
    """A template out of parts that go together, or none where these do not."""
    table = tongue.rows("forms")
    groups = {row[0] for row in table}
    allowed = ["plain", "role", "qa", "verb", "tag", "paren"] if sort == "negative" else list(GROUPS)
    group = weighted(rng, [(name, GROUPS[name]) for name in allowed if name in groups])
    odd = _odd_parts(rng) if sort == "odd" else set()
    found = _forms(rng, table, group, odd)
    suffix = weighted(rng, [("txt", 6), ("md", 2), ("html", 2)])
    flow = weighted(rng, list(FLOWS["o" if "flow" in odd else "n"].items()))
    if found is None:
        return None
    forms, strange = found
    # A page is odd by what it shows: a drawn oddity that does not come to bear does not count.
    shown = strange or "dress" in odd or flow != "lines" or ("forms" in odd and group == "tag")
    if sort == "odd" and not shown:
        return None
    host, asker, first, later = forms
    dress = _dress(rng, tongue, group, suffix, "o" if "dress" in odd else "n", forms)
    if dress is None or (flow != "lines" and (suffix != "txt" or dress.place != "line")):
        return None
    clock = _clock(rng, "flow" in odd, dress, suffix, group)
    brackets = (ENGLISH_BRACKETS if tongue.code == "en" else BRACKETS)["o" if "forms" in odd else "n"]
    template = Template(
        group,
        suffix,
        host,
        asker,
        first,
        later,
        rng.choice(brackets),
        dress,
        clock,
        flow,
        rng.choice(GAPS),
        dress.place == "line" and group in ("plain", "verb") and flow == "lines" and rng.random() < 0.1,
        rng.random() < 0.2,
    )
    return template if _sensible(template, tongue) else None


def _odd_parts(rng: Random) -> set[str]:
    parts = {rng.choice(("asker", "answerer", "forms", "dress", "dress", "flow"))}
    if rng.random() < 0.35:
        parts.add(rng.choice(("asker", "answerer", "dress")))
    return parts


Forms = tuple[str, str, str, str]


def _forms(rng: Random, table: tuple[Row, ...], group: str, odd: set[str]) -> tuple[Forms, bool] | None:
    """The forms of host, asker and answerer at first and later, and whether any is odd."""

    def choose(voice: str, sort: str, of: str = group) -> Row | None:
        fitting = [row for row in table if row[0] == of and row[1] == voice and row[2] == sort]
        return rng.choice(fitting) if fitting else None

    if group == "qa":
        triple = choose("x", "o" if odd & {"asker", "answerer", "forms"} else "n")
        if triple is None:
            return None
        host, asker, first = triple[3].split("|")
        return (host, asker, first, first), triple[2] == "o"
    host_odd = "forms" in odd and group != "tag" and rng.random() < 0.4
    rows = (
        choose("h", "o" if host_odd else "n") or choose("h", "n"),
        choose("q", "o" if "asker" in odd else "n"),
        choose("a", "o" if "answerer" in odd else "n"),
    )
    if rows[0] is None or rows[1] is None or rows[2] is None:
        return None
    host, asker, first = rows[0][3], rows[1][3], rows[2][3]
    later = rng.choice(rows[2][4].split(" ; "))
    later = first if later == "=" else later
    strange = any(row is not None and row[2] == "o" for row in rows)
    if group != "tag":
        return (host, asker, first, later), strange
    triple = choose("x", "o" if "forms" in odd else "n", "tags")
    if triple is None:
        return None
    tags = triple[3].split("|")
    host, asker = host.replace("{#}", tags[HOST]), asker.replace("{#}", tags[ASKER])
    first, later = first.replace("{#}", tags[ANSWERER]), later.replace("{#}", tags[ANSWERER])
    return (host, asker, first, later), strange or triple[2] == "o"


def _dress(rng: Random, tongue: Tongue, group: str, suffix: str, sort: str, forms: Forms) -> Dress | None:
    fitting: list[tuple[Row, int]] = []
    for row in tongue.rows("dress"):
        groups = row[0].split()
        inside = group in groups or (groups[0] == "*" and f"-{group}" not in groups)
        if inside and row[1] == sort and suffix in row[2].split():
            fitting.append((row, int(row[4])))
    if not fitting:
        return None
    row = weighted(rng, fitting)
    left, right, mark = (_triple(cell) for cell in row[5:8])
    # A label that ends in a bracket of its own does not stand in a pair of the same brackets.
    doubled = any(form.endswith(right[0]) for form in forms) if right[0] else False
    return None if doubled else Dress(row[3], left, right, mark)


def _triple(cell: str) -> tuple[str, str, str]:
    bare = "__" if cell == "__" else cell.replace("_", " ")
    parts = ["" if part == "." else part.replace("^", "\t") for part in bare.split("~")]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (parts[0], parts[0], parts[0])


def _clock(rng: Random, odd: bool, dress: Dress, suffix: str, group: str) -> str:
    kinds = ODD_CLOCKS if odd else CLOCKS
    clock = weighted(rng, list(kinds.items()))
    heading = any(sign in dress.left[ASKER] for sign in "#*<->")
    unfit = dress.place in ("rows", "list") or group in ("prose", "split", "behind", "bare")
    if suffix == "md" or heading or unfit:
        return "none"
    anywhere = clock.startswith(("end", "line", "none"))
    return clock if anywhere or clock.startswith("after") == (dress.place == "above") else "none"


def _sensible(template: Template, tongue: Tongue) -> bool:
    answer = template.first + template.later
    if template.repeat and wants(answer + template.asker, "k", "c", "r"):
        return False
    if wants(answer, "k", "c") and not wants(template.asker, "k", "c"):
        return False
    dress = template.dress
    if template.group == "behind" and (dress.place != "line" or not dress.mark[ASKER].strip()):
        return False
    if dress.place == "line" and template.group != "prose":
        # Without a mark or a wrapping only a letter or one word can be told from the words behind it.
        closings = [dress.right[voice] + dress.mark[voice] for voice in (ASKER, ANSWERER)]
        slots = wants(template.asker + answer + template.host, *"noOCtpasNST")
        if not all(closings) or (slots and not all(closing.strip() for closing in closings)):
            return False
    tags = "{[}" in template.host + template.asker + template.first
    brackets = template.brackets if tags else ""
    # A pair of angle brackets would be a tag, and [label]: defines a link in Markdown.
    if template.suffix != "txt" and "<" in brackets + template.clock:
        return False
    if template.suffix == "md" and "[" in brackets and any(mark.startswith(":") for mark in dress.mark):
        return False
    alone = dress.place == "above" and not dress.around(ASKER, "")
    if alone and template.group in ("plain", "tag") and not wants(answer, "n"):
        return False
    if dress.place in ("rows", "list") and (WORDS in template.asker + template.first or not template.first):
        return False
    return not (tongue.code == "en" and template.padded)

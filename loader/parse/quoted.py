"""Quoted: reports that print a briefing's questions in bold or as headings, with no label at all.

What comes in are folded lines among which nobody is labelled. Three bold paragraphs or headings that ask,
or more, are the questions. Two kinds of paragraphs answer them: a bold one that asks nothing after a line
such as `…只籠統回應如下：`, which names who says it, and one that opens with a name and a verb of saying
(`市住建局局长赵雷表示，…`). What else stands between is the reporter's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loader.parse.asking import ends_asking
from loader.parse.labels import Label
from loader.parse.lines import Line
from loader.parse.mentions import NOTHING
from loader.parse.roster import People, Person
from loader.parse.voices import NOBODY, Voice

_NUMBER = re.compile(r"(?:\d{1,2}\s*[.、)]\s*)?(?:\(\d{1,2}:\d{2}(?::\d{2})?\)\s*)?")
_ANSWERED = re.compile(r"(?:回应|回答|作答|答复|表示|说)[^。]{0,8}:$")
_UNANSWERED = re.compile(r"(?:未有?|没有?|拒绝|不曾)(?:理会|回应|正面回应)|拒绝回答|不作答")
_SAYING = re.compile(
    r"(?P<who>[^,。:?]{2,40}?)(?:在会上|当天|随后|对此)?(?:表示|介绍|指出|回应|回答|说)(?:说|称|道)?[,:。]"
)
_LEAST = 3


def quoted_labels(lines: Sequence[Line], people: People) -> list[Label]:
    """Labels (of no width where the line is not numbered) for questions, answers and the text between."""
    asking = [
        i for i, line in enumerate(lines) if (_bold(line) or line.heading > 1) and ends_asking(line.plain)
    ]
    if len(asking) < _LEAST:
        return []
    found: list[Label] = []
    questions, lead = set(asking), ""
    for i in range(asking[0], len(lines)):
        line = lines[i]
        if i in questions:
            number = _NUMBER.match(line.plain)
            width = number.end() if number else 0
            words = line.plain[:width].strip()
            because = f"{'bold' if _bold(line) else 'a heading'} and ends in ?"
            asker = Voice("asker", because=because)
            found.append(_label(line, i, width, words or f"#{i}", asker))
        elif _bold(line) and _ANSWERED.search(lead) and not _UNANSWERED.search(lead):
            found.append(
                _label(line, i, 0, "", _official(_said_by(lead, people), f"bold after {lead[-10:]}"))
            )
        elif not _bold(line) and (named := _opens_saying(line.plain, people)):
            found.append(_label(line, i, 0, "", _official(named, "opens with who says it")))
        elif not _bold(line) and (found[-1].voice.part != "official" or line.heading):
            if found[-1].voice != NOBODY:
                found.append(_label(line, i, 0, "", NOBODY))
            lead = line.plain[-200:]
    return found


def reported_labels(lines: Sequence[Line], people: People, labels: Sequence[Label]) -> list[Label]:
    """The labels with those for questions that a report tells and whoever it quotes; nothing without any.

    `有记者问到,会不会涨价?王明表示,不会。` has one of each; the answer may also stand under a label. What
    nobody announced answers in its line or the three below it is no question.
    """
    found: list[Label] = []
    for i, line in enumerate(lines):
        asked = _REPORTED.search(line.plain)
        if asked is None or (found and found[-1].line >= i):
            continue
        labelled = any(i < label.line <= i + 3 for label in labels)
        answer = None if labelled else _said_behind(lines, i, asked.end(), people)
        if answer is None and not labelled:
            continue
        start, words = line.start + asked.start(), asked.group().strip(" ,:")
        asker = Voice("asker", because=f"says {words}")
        found.append(Label(start, line.start + asked.end(), words, asker, NOTHING, "quoted", i, i, False))
        if answer is not None:
            at, nth, person = answer
            official = _official(person, f"{person.name} is quoted")
            found.append(Label(at, at, "", official, NOTHING, "quoted", nth, nth, False))
    return sorted([*found, *labels], key=lambda label: label.start) if found else []


_REPORTED = re.compile(
    r"(?:有|现场|多名|多位)?(?:[\u3400-\u9fff]{0,10})记者(?:追问|提问|问)(?:到|及|道|称)?[,:]"
)
_ANSWERS = re.compile(
    r"(?:^|(?<=[。?!\"]))\s*(?:对此,?)?(?P<who>[^,。:?!]{2,30}?)(?:对此)?(?:表示|回应|指出|介绍|回答|答复|说|答|称)[说称道]?[,:]"
)


def _said_behind(lines: Sequence[Line], i: int, at: int, people: People) -> tuple[int, int, Person] | None:
    """Where an announced person is quoted behind a place: an offset, the index of the line, and who it is."""
    for nth in range(i, min(i + 4, len(lines))):
        line = lines[nth]
        for match in _ANSWERS.finditer(line.plain, at if nth == i else 0):
            person = people.ending(match["who"])
            if person is not None:
                return line.start + match.start("who"), nth, person
    return None


def _opens_saying(text: str, people: People) -> Person | None:
    """The person a paragraph opens with as its speaker, or None."""
    match = _SAYING.match(text)
    return people.ending(match["who"]) if match else None


def _official(person: Person | None, because: str) -> Voice:
    return Voice("official", person.name, person.post, because=because) if person else NOBODY


def _label(line: Line, i: int, width: int, words: str, voice: Voice) -> Label:
    return Label(line.start, line.start + width, words, voice, NOTHING, "quoted", i, i, False)


def _bold(line: Line) -> bool:
    return line.bold >= len(line) - 2


def _said_by(lead: str, people: People) -> Person | None:
    """The last person a line names, in full or by the first two characters of a longer name."""
    best: tuple[int, Person] | None = None
    for person in people:
        short = person.name[:2] if len(person.name) == 4 else person.name
        at = lead.rfind(short)
        if at >= 0 and (best is None or at > best[0]):
            best = (at, person)
    return best[1] if best else None

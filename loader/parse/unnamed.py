"""Unnamed: who answers where the label does not say.

What comes in are segments with their voices, in the order held, and the people announced. A voice may be
only `A3：`, or have no label at all; the host's words before it, its own first words, the question's address
and the lead say who it is. Where nothing says, it stays unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loader.parse.addressees import addressees
from loader.parse.asking import asks, ends_asking, opens_answer
from loader.parse.introductions import as_official
from loader.parse.resolution import before_questions
from loader.parse.roster import People, Person
from loader.parse.segments import Segment
from loader.parse.voices import Voice


def _officials(text: str, people: People, because: str) -> list[Voice]:
    called = addressees(text, people)
    return [_official(p, because) for p in called]


def _official(person: Person, because: str) -> Voice:
    return Voice("official", person.name, person.post, because=because)


def _asked_of(text: str, people: People) -> list[Voice]:
    """Whom a question is put to by name in its first words (`想请教罗馆长，…`, `For Dr. Ke.`)."""
    head = re.match(r".{0,24}?(?:请教|请问|想问|请|问|[Ff]or )?.{2,12}?[,。.:?]", text)
    return _officials(head.group(), people, "the question is put to him") if head else []


def _quoted(text: str, people: People) -> Voice | None:
    """The person announced whose words a report gives: `汪某斌表示，…`."""
    said = _SAYS.match(text)
    person = people.get(said["name"]) if said else None
    if person is None:
        return None
    return _official(person, f"{person.name} is quoted")


_SAYS = re.compile(r"(?P<name>[^,。:\s]{2,6}?)(?:对此)?(?:表示|回应|回答|答复|指出|介绍|强调)?(?:说|称)?[,:]")


def with_unlabelled_answers(segments: Sequence[Segment], people: People, front: str = "") -> list[Segment]:
    """Questions that nobody with a label answers, split where their answer begins without one.

    `front` is front matter, folded.
    """
    out: list[Segment] = []
    before = front + before_questions(segments)
    officials = [p for p in people if not p.host and p.name in before]
    for i, segment in enumerate(segments):
        following = segments[i + 1].voice if i + 1 < len(segments) else None
        out.append(segment)
        asked = segment.voice is not None and segment.voice.part == "asker"
        if not asked or (following is not None and following.part != "asker"):
            continue
        cut = _answer_begins(segment)
        if cut is None:
            continue
        rest = Segment(None, None, segment.chunks[cut:])
        segment.chunks = segment.chunks[:cut]
        own = as_official(rest.text, people)
        named = _official(own, f"says 我是{own.name}") if own else _quoted(rest.text, people)
        named = named or next(iter(_asked_of(segment.text, people)), None)
        if named is None and len(officials) == 1:
            named = _official(officials[0], "the only official named")
        rest.voice = named or Voice("official", because="nobody is named who answers")
        out.append(rest)
    return out


def _answer_begins(segment: Segment) -> int | None:
    """Index of the first chunk of the unlabelled answer within a question's segment, or None."""
    asked = False
    for n, chunk in enumerate(segment.chunks):
        if (
            chunk.kind is None
            and n
            and (opens_answer(chunk.plain) or (asked and not asks(chunk.plain[-200:])))
        ):
            return n if asked else None
        asked = asked or (chunk.kind is None and ends_asking(chunk.plain))
    return None

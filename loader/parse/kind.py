"""Kind: whether a text is the transcript of a press briefing, decided from who was found to speak.

What comes in are the labels on the best path, the lines and what the source says of itself; what comes out
is why nobody in a press briefing speaks here (a notice, a report, a deck), or None where somebody does. The
words of the title are one piece of evidence among several: a page without them that has reporters and
answers is a briefing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from loader.parse.asking import ends_asking, is_question_line
from loader.parse.folding import plain
from loader.parse.labels import Label
from loader.parse.lines import Line
from loader.parse.mentions import is_reporter
from loader.parse.titles import BRIEFING, NOTICE

_LEAST = 2.0
"""A text whose scores sum to less is a document."""
_TITLE = 90
"""Characters of the longest title."""
_HELD = re.compile(r"(?:召开|举行|举办|开展)(?:的)?情况")
"""A notice that tells of what was held (`关于业绩说明会召开情况的公告`)."""
_SENTENCE = re.compile(r"[。;!?]")
_REPORTED = re.compile(r"(?:表示|说|指出|介绍|称|强调|透露|提醒|建议)$")


def why_no_transcript(
    front: Sequence[Line], lines: Sequence[Line], labels: Sequence[Label], fields: Mapping[str, str]
) -> str | None:
    """Why nobody in a press briefing speaks here, or None where somebody does.

    `front` is front matter; `labels` stand among `lines`.
    """
    if not labels:
        return "nobody is named as speaking"
    scores = dict(_scores(front, lines, labels, fields))
    if sum(scores.values()) >= _LEAST:
        return None
    worst = min(scores, key=lambda name: scores[name], default="")
    if worst and scores[worst] < 0:
        return worst
    return "labels, but neither reporters who are answered nor words for a press briefing near the top"


def _scores(
    front: Sequence[Line], lines: Sequence[Line], labels: Sequence[Label], fields: Mapping[str, str]
) -> list[tuple[str, float]]:
    """What speaks for and against a transcript, each with what it is worth."""
    top = [line.plain[:300] for line in (*front, *lines)][:12]
    head = "\n".join([*map(plain, fields.values()), *top])
    answered = sum(
        one.voice.part == "asker"
        and not one.thin
        and (not one.mention.vague or is_reporter(one.mention))
        and other.voice.part in ("official", "answer", "host")
        for one, other in pairwise(labels)
    )
    answered = max(answered, _half_labelled(lines, labels))
    askers = [
        label
        for label in labels
        if label.voice.part == "asker" and (not label.mention.vague or is_reporter(label.mention))
    ]
    officials = {
        label.voice.key for label in labels if label.voice.part in ("official", "host") and label.voice.name
    }
    found: list[tuple[str, float]] = [
        ("answered", 0.7 * min(answered, 4)),
        ("named", 0.4 * min(len(officials), 4)),
    ]
    if BRIEFING.search(head):
        found.append(("press", 1.6))
    reporters = any(is_reporter(label.mention) and not (label.mention.odd or label.thin) for label in askers)
    if reporters:
        found.append(("reporters", 1.0))
    if any(label.voice.part == "host" for label in labels):
        found.append(("host", 0.6))
    if not BRIEFING.search(head) and not any(label.mention.stage or label.mention.key for label in labels):
        found.append(("no word for any part", -1.0))
    titles = [plain(fields.get("title", "")), *top]
    notice = next((one[:20] for one in titles if NOTICE.match(one) and not _HELD.search(one)), "")
    if notice:
        found.append((f"titled as a notice: {notice}", -8.0))
    if not askers and all(_quotes(label, lines) for label in labels):
        found.append(("a report that quotes: nobody's words stand under a label of his own", -6.0))
    titled = any(
        BRIEFING.search(title) for title in titles if len(title) <= _TITLE and not _SENTENCE.search(title)
    )
    if not answered and not titled and all(label.voice.part == "asker" for label in labels):
        found.append(("questions that nobody is named as answering", -2.5))
    thin = len(labels) > 2 and sum(label.thin for label in labels) * 2 > len(labels)
    firm = sum(bool(label.mention.stage) and not label.thin for label in askers)
    if thin and not (answered >= _SEVERAL and (reporters or firm >= _SEVERAL)):
        found.append(("most labels stand on little", -2.5))
    said = sum(len(line) for line in lines[labels[0].line :])
    around = sum(len(line) for line in lines[: labels[0].line])
    if around > 2 * said and len(labels) < 4 and not answered:
        found.append(("most of the text stands before anybody speaks", -2.0))
    return found


def _half_labelled(lines: Sequence[Line], labels: Sequence[Label]) -> int:
    """How many exchanges a page has that labels only the questions or only the answers."""
    stops = [*(label.line for label in labels[1:]), len(lines)]
    asked = answered = 0
    for label, stop in zip(labels, stops, strict=True):
        if not label.mention.stage or label.mention.vague or label.closing:
            continue
        first = lines[label.last].plain[max(0, label.end - lines[label.last].start) :] or (
            lines[label.last + 1].plain if label.last + 1 < stop else ""
        )
        rest = range(label.last + 1 + label.alone, stop)
        if (
            label.voice.part == "asker"
            and ends_asking(first)
            and any(not ends_asking(lines[i].plain) for i in rest)
        ):
            asked += 1
        elif label.voice.part == "answer" and label.line and is_question_line(lines[label.line - 1].plain):
            answered += 1
    return max(asked, answered) if max(asked, answered) >= _SEVERAL else 0


_SEVERAL = 2


def _quotes(label: Label, lines: Sequence[Line]) -> bool:
    """Whether a label is a report's `他表示：“…`."""
    words = next((line.plain[label.end - line.start :] for line in lines if line.end >= label.end), "")
    return bool(_REPORTED.search(label.words)) and words.lstrip().startswith('"')

"""Akoma Ntoso: XML in which parliaments and ministries keep what was said, a `<speech>` for each turn.

What comes in is a scrubbed text; what comes out is HTML with a label before each change of voice. Read by
pattern, not as XML: a document may be broken, or made to harm. Source: OASIS, Akoma Ntoso Version 1.0.
"""

from __future__ import annotations

import html
import re

from loader.read.records import Unwrapped

_OPENS = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?<akomaNtoso\b")
_PERSON = re.compile(r"<TLCPerson\b[^<>]{0,500}>")
_ATTRIBUTE = re.compile(r"\b(id|eId|showAs|by)=\"([^\"<>]{0,200})\"")
_SPEECH = re.compile(
    r"<speech\b([^<>]{0,500})>\s*(?:<from\b[^<>]{0,200}>[^<>]{0,200}</from>\s*)?(?:<p\b[^<>]{0,200}>)?"
)
_META = re.compile(r"<meta>.{0,200000}?</meta>", re.DOTALL)
_TAGS = {"heading": "h1", "narrative": "p", "question": "p", "answer": "p"}
_TAG = re.compile(rf"<(/?)({'|'.join(_TAGS)})\b[^<>]{{0,200}}>")
_OTHER = re.compile(
    r"<\?xml[^<>]*>|</?(?!(?:p|h1|a|i|b|u|em|strong|sup|sub|br|img|ul|ol|li)\b)[A-Za-z][^<>]{0,500}>"
)
"""Tags that HTML does not know: sections, and speeches' ends."""


def unwrap(text: str) -> Unwrapped | None:
    """The words of a debate with who says them, or None where a text is none."""
    if not _OPENS.match(text):
        return None
    people: dict[str, str] = {}
    for person in _PERSON.finditer(text):
        said = dict(_ATTRIBUTE.findall(person.group()))
        people[said.get("id") or said.get("eId", "")] = html.unescape(said.get("showAs", ""))
    last = ""

    def label(speech: re.Match[str]) -> str:
        nonlocal last
        key = dict(_ATTRIBUTE.findall(speech[1])).get("by", "").lstrip("#")
        before, last = last, key
        name = people.get(key) or html.unescape(key)
        return f"<p>{html.escape(name)}：" if name and key != before else "<p>"

    body = _TAG.sub(lambda tag: f"<{tag[1]}{_TAGS[tag[2]]}>", _SPEECH.sub(label, _META.sub("", text)))
    return Unwrapped(_OTHER.sub("", body))

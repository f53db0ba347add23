"""What the parts of a container are known by: a name that only one of them has, else what they hold.

Never their place: what is put in front of others moves none of them. Behind `//`, which is in no file's
name, stands what is not a name of the container's own:

    a.zip/b.txt                      a member with a name of its own
    a.zip/b.txt//71fe01a2-512        of several members of one name, one by its content
    a.zip/b.txt//71fe01a2-512.2      the second with that content
    a.jsonl//id=4711                 a record with an id of its own
    a.jsonl//text=5e0c41d2a7b8f3e9   a record without one, by its content
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from loader.read.jsonfile import Record

MARK = "//"
_TEXT = f"{MARK}text="
_ID = f"{MARK}id="
ID_NAMES = (
    *("id", "_id", "uuid", "guid", "docid", "doc_id", "documentid", "document_id"),
    *("articleid", "article_id", "newsid", "news_id", "contentid", "content_id", "recordid", "record_id"),
)
"""What a field is called that tells records apart, in lower case; the first of these counts."""
_LONGEST_ID = 120
"""Characters of an id, escaped; a longer one is no id."""
_DIGEST_BYTES = 8


def of_members(members: Iterable[tuple[str, str]]) -> list[str]:
    """The part that each member is, of pairs of its name and what stands for its content."""
    members = list(members)
    often = Counter(name for name, _ in members)
    named = (f"/{name}" if often[name] == 1 else f"/{name}{MARK}{content}" for name, content in members)
    return list(_counted(named))


def of_records(records: Sequence[Record]) -> list[str]:
    """The part that each record is. An id counts if no other record of the file has it."""
    ids = [_own_id(one) for one in records]
    if _run_on(ids):
        ids = [None] * len(ids)
    often = Counter(ids)
    named = (
        f"{_TEXT}{digest(record.source.encode('utf-8', 'surrogatepass'))}"
        if own is None or often[own] > 1
        else f"{_ID}{own}"
        for own, record in zip(ids, records, strict=True)
    )
    return list(_counted(named))


def containers_of(part: str) -> set[str]:
    """The keys of all containers that a part may be within: one of several members of a name is not in it."""
    cuts = (at for at, char in enumerate(part) if char == "/")
    return {part[:at] for at in cuts if not part.startswith(MARK, at) or part.startswith((_TEXT, _ID), at)}


def _own_id(record: Record) -> str | None:
    """The id that a record gives itself, fit for a path."""
    if not isinstance(record.value, dict):
        return None
    fields = {key.lower(): value for key, value in reversed(record.value.items())}
    for name in ID_NAMES:
        value = fields.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            own = quote(str(value).strip(), safe="", errors="surrogatepass")
            return own if len(own) <= _LONGEST_ID else None
    return None


def _run_on(ids: Sequence[str | None]) -> bool:
    """Whether ids just count the records: then they tell their places, not them."""
    numbers = [int(one) for one in ids if one and one.isascii() and one.isdigit() and len(one) < 20]
    return len(numbers) == len(ids) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def digest(content: bytes) -> str:
    """What stands for a part's content."""
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()


def _counted(parts: Iterable[str]) -> Iterable[str]:
    """The same parts, the second of those that are equal with `.2` behind it, and so on."""
    seen = Counter[str]()
    for part in parts:
        seen[part] += 1
        yield part if seen[part] == 1 else f"{part}.{seen[part]}"

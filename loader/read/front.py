"""Front matter: a block of YAML between two `---` lines at the head of a file.

The block stays in the text, as it is; what it says becomes fields. Values are taken as written, by
PyYAML's BaseLoader: YAML 1.1 would make 12:30 the number 750 and `no` false. Broken YAML is no error:
then the lines that look like `key: value` are the fields.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(
    r"\s*?^(---[ \t]*+\n(?:(?!---[ \t]*$|\.\.\.[ \t]*$).*\n){1,400}?(?:---|\.\.\.)[ \t]*+)$", re.MULTILINE
)
_KEY = re.compile(r"^([A-Za-z_\u3400-\u9fff][\w .-]{0,40}?)[ \t]*[:：](?:[ \t]+(.*)|)$", re.MULTILINE)
_LONGEST = 65_536
"""Characters of YAML that are parsed: PyYAML is slow, and a longer block is no front matter."""


class FrontMatter(NamedTuple):
    """Where the block stands, fences included, and what it says."""

    start: int
    end: int
    fields: dict[str, str]


def front_matter(text: str) -> FrontMatter | None:
    """The front matter of a scrubbed text, if its first lines that are not blank open one."""
    found = _BLOCK.match(text)
    if not found:
        return None
    inner = found[1].split("\n", 1)[1].rpartition("\n")[0]
    lines = [line for line in inner.split("\n") if line.strip()]
    keys = _KEY.findall(inner)
    if not keys or not (_KEY.match(lines[0]) or lines[0].startswith("#")):
        return None
    return FrontMatter(found.start(1), found.end(1), _yaml(inner) or _key_lines(keys))


def _yaml(block: str) -> dict[str, str]:
    """Scalars as they are, lists of scalars joined by commas; nothing where it is no YAML mapping."""
    import yaml

    if len(block) > _LONGEST:
        return {}
    try:
        loaded = yaml.load(block, yaml.BaseLoader)  # builds only str, list and dict
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    out: dict[str, str] = {}
    for key, value in loaded.items():
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(key, str) and isinstance(value, str) and value.strip():
            out[key.strip()] = " ".join(value.split())
    return out


def _key_lines(found: list[tuple[str, str]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in found:
        if bare := value.strip().strip("'\"").strip():
            out.setdefault(key.strip(), bare)
    return out

"""Which properties of an office file say anything: programs fill them in with words of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping

_UNTOLD = re.compile(
    r"""\(?(?:unspecified|anonymous|untitled|unknown|未知|无标题)\)?
    | (?:document|文档|文件|新建\ ?.*文档)\s*\d* | (?:microsoft\ )?word\ ?(?:document|文档)
    | microsoft\ (?:office\ )?(?:word|user|powerpoint)(?:\ -\ .*)? | powerpoint\ (?:presentation|演示文稿)
    | user | admin\w* | 用户 | 微软用户 | python-docx | .*\.(?:docx?|wps|pdf)""",
    re.IGNORECASE | re.VERBOSE,
)
"""A whole value that a program made up: `Microsoft Word - 文档1`, `(unspecified)`, a file's name."""


def told(fields: Mapping[str, str]) -> dict[str, str]:
    """The properties that a person gave."""
    bare = ((key, " ".join(value.split())) for key, value in fields.items())
    return {key: value for key, value in bare if value and not _UNTOLD.fullmatch(value)}

"""Writes the key table into the READMEs: `python -m tests.update_readme`."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tui.commands import key_table
from tui.language import speak

READMES = {"en": ROOT / "README.md", "zh": ROOT / "docs" / "README.zh-CN.md"}


def main() -> None:
    """Replace what stands between the two marks, each in its language."""
    for language, path in READMES.items():
        speak(language)
        text = path.read_text("utf-8")
        held = re.sub(
            r"(<!-- keys:[^>]*-->\n).*?(<!-- /keys -->)",
            lambda match: f"{match[1]}\n{key_table()}\n\n{match[2]}",
            text,
            flags=re.DOTALL,
        )
        path.write_text(held, "utf-8")


if __name__ == "__main__":
    main()

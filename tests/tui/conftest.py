"""The browser's tests read Chinese, which is what most of its users see; test_language.py reads English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui.language import speak


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """As under a Chinese locale."""
    speak("zh")
    yield
    speak("en")

"""Composes transcripts of press briefings together with the truth about them."""

from .model import Exchange, Page
from .page import compose

__all__ = ["Exchange", "Page", "compose"]

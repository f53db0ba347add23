"""What a composed page is: its text and the truth about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exchange:
    """One question and those who answer it; its first words follow any greeting and self-introduction."""

    asker: str | None
    asker_name: str | None
    question: str
    answerers: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A transcript with what a careful reader finds in it."""

    text: str
    suffix: str
    sort: str
    pattern: str
    speakers: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    not_labels: tuple[str, ...]

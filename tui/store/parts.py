"""A sequence that is read by parts, as it is looked at: what a long transcript's turns come in.

In comes a function that reads a range of items; it may block, and raises what the store raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Parts(Sequence[T]):
    """`size` items, read `STEP` at a time and kept; may be shared by threads.

    Two threads that look at the same part at once may both read it; either's reading is kept.
    """

    STEP = 32

    def __init__(self, size: int, read: Callable[[int, int], Sequence[T]]) -> None:
        self._size = size
        self._read = read
        self._held: dict[int, Sequence[T]] = {}

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(self._size)))
        if not -self._size <= index < self._size:
            raise IndexError(index)
        part, at = divmod(index % self._size, self.STEP)
        return self._part(part)[at]

    @property
    def whole(self) -> bool:
        """Whether all of it was read."""
        return len(self._held) == -(-self._size // self.STEP) and all(
            inner.whole
            for part in self._held.values()
            for item in part
            if isinstance(inner := getattr(item, "passages", None), Parts)
        )

    def complete(self) -> Iterator[None]:
        """Read what is still missing, one part a step: whoever draws it decides how fast."""
        for part in range(-(-self._size // self.STEP)):
            for item in self._part(part):
                inner = getattr(item, "passages", None)
                if isinstance(inner, Parts):
                    yield from inner.complete()
            yield

    def _part(self, part: int) -> Sequence[T]:
        held = self._held.get(part)
        if held is None:
            start = part * self.STEP
            held = self._held[part] = self._read(start, min(self._size, start + self.STEP))
        return held

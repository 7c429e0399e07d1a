"""The model's seconds: bytearrays, one byte a second, a week of one device and job each. Imports no rule."""

from __future__ import annotations

from collections.abc import Iterator

from tests.harness.weeks import walked

SLOT = 720
NOTHING, OFF, ON, DELETED, IDLE = range(5)
"""What a device did in a second: nothing, tracked without Work View, with it, and what was taken away."""
COUNTED = (OFF, ON)

NAMES = ("did", "held", "rejected", "off", "billed", "anew", "taken", "erased")
"""A bytearray each. ``held``: the number of the timesheet that holds the second. ``rejected``: by a rejection that
stands, 2 when staff have upheld it; ``taken``: it counted when that came. ``off``: taken off by a dispute's resolution.
``billed``: 1 in a place of the authorized hours, 2 above them. ``anew``: restored after the charge. ``erased``: deleted
for good."""

DID, HELD, REJECTED, TAKEN_OFF, BILLED, ANEW, TAKEN, ERASED = range(len(NAMES))

Values = tuple[int, ...]


class Strip:
    """The week of one device and job."""

    def __init__(self, week: int) -> None:
        self.week = week
        self.length = walked.after(week, 7) - week
        self._of = {"did": bytearray(self.length)}

    def get(self, name: str, start: int, end: int) -> bytes:
        """Return the bytes of the seconds [start, end)."""
        of = self._of.get(name)
        return bytes(end - start) if of is None else bytes(of[start - self.week : end - self.week])

    def put(self, name: str, start: int, end: int, value: int) -> None:
        """Set the bytes of the seconds [start, end)."""
        if name not in self._of:
            if not value:
                return
            self._of[name] = bytearray(self.length)
        self._of[name][start - self.week : end - self.week] = bytes([value]) * (end - start)

    def cells(self, start: int, end: int) -> Iterator[tuple[int, int, Values]]:
        """Yield stretches [from, to) in which no array changes, with the value of each array."""
        there = [index for index, name in enumerate(NAMES) if name in self._of]
        for low, high, values in cut([self.get(NAMES[index], start, end) for index in there], start):
            row = [0] * len(NAMES)
            for index, value in zip(there, values, strict=True):
                row[index] = value
            yield low, high, tuple(row)


def either(one: bytes, other: bytes) -> bytes:
    """Return where one column or the other is set; both are of one length."""
    if not other.strip(b"\0"):
        return one
    if not one.strip(b"\0"):
        return other
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))


def cut(columns: list[bytes], start: int) -> Iterator[tuple[int, int, Values]]:
    """Cut columns of equal length wherever one of them changes; ``start`` is the second of their first byte."""
    if not columns:
        return
    length = len(columns[0])
    marks = {length}
    for column in columns:
        at = length if column.count(column[:1]) == length else 0
        while at < length:
            at = length - len(column[at:].lstrip(column[at : at + 1]))
            marks.add(at)
    at = 0
    for mark in sorted(marks):
        yield start + at, start + mark, tuple(column[at] for column in columns)
        at = mark

"""Observations: what the tracker saw, as frozen values; the journal keeps them and segments are derived from them.

Each belongs to one (job, slot), so that a segment is the replay of its own observations and of nothing else. What
makes them is in ``tracking``, what they add up to in ``derive``. Times are UTC seconds. One that cannot be (outside its
slot, with a negative count) raises ValueError when it is built, and a msgspec.ValidationError when it is read.
"""

from __future__ import annotations

from uuid import UUID

import msgspec

from worktime.slots import slot_end, slot_start
from worktime.wire import Flag, NoPicture, PictureRef, Segment


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What every observation has: the segment that it belongs to (on this device)."""

    job: UUID
    slot: int

    def _inside(self, name: str, first: int, last: int) -> None:
        if not slot_start(self.slot) <= first <= last <= slot_end(self.slot):
            raise ValueError(f"{name}, {first}..{last}, is not in slot {self.slot}")


def _not_negative(active_s: int, keys: int | None, clicks: int | None) -> None:
    if min(active_s, keys or 0, clicks or 0) < 0:
        raise ValueError(f"a count is negative: active_s {active_s}, keys {keys}, clicks {clicks}")


class Entered(Seen, frozen=True, kw_only=True, tag="entered"):
    """Tracking entered the slot for the job at ``at``; ``drawn``: a picture moment was drawn for this ``attempt``.

    The moment itself is not recorded: nobody should read it before it has come.
    """

    at: int
    work_view: bool
    attempt: int
    drawn: bool

    def __post_init__(self) -> None:
        self._inside("at", self.at, self.at)
        if self.at == slot_end(self.slot) or self.attempt < 1:
            raise ValueError(f"slot {self.slot} is entered before its end and from attempt 1 on, not {self.attempt}")


class Left(Seen, frozen=True, kw_only=True, tag="left"):
    """Tracking left the slot at ``at``; the counts are those of this stay (None: they are not switched on)."""

    at: int
    active_s: int = 0
    keys: int | None = None
    clicks: int | None = None

    def __post_init__(self) -> None:
        self._inside("at", self.at, self.at)
        _not_negative(self.active_s, self.keys, self.clicks)


class Pictured(Seen, frozen=True, kw_only=True, tag="pictured"):
    """A picture was taken; ``leaving``: as tracking left before the moment; ``flat``: it shows one colour."""

    attempt: int
    leaving: bool
    flat: bool
    picture: PictureRef


class Unpictured(Seen, frozen=True, kw_only=True, tag="unpictured"):
    """No picture came of ``attempt``, and why."""

    attempt: int
    reason: NoPicture


class IdleTaken(Seen, frozen=True, kw_only=True, tag="idle"):
    """The seconds ``[start, end)`` came off because there was no input (rules.md, Idle 1)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        self._inside("idle", self.start, self.end)


class Erased(Seen, frozen=True, kw_only=True, tag="erased"):
    """The picture went: no time is left, it shows none that was recorded, or the marketplace refused it for good.

    Attempts up to ``attempt`` are void.
    """

    attempt: int
    reason: NoPicture | None = None


class Deleted(Seen, frozen=True, kw_only=True, tag="deleted"):
    """The freelancer deleted the picture, and what was recorded so far with it (rules.md, Tracking 6)."""

    at: int
    attempt: int


class Commented(Seen, frozen=True, kw_only=True, tag="commented"):
    """The freelancer wrote, changed or removed (empty) the comment."""

    text: str


class Flagged(Seen, frozen=True, kw_only=True, tag="flagged"):
    """Something that the reader should know happened in the segment."""

    flag: Flag


class Learned(Seen, frozen=True, kw_only=True, tag="learned"):
    """The marketplace holds more of the segment than is known here: the record was restored from a backup."""

    told: Segment

    def __post_init__(self) -> None:
        if (self.told.job, self.told.slot) != (self.job, self.slot):
            raise ValueError(f"what is told of slot {self.told.slot} is not of slot {self.slot}")


Observation = Entered | Left | Pictured | Unpictured | IdleTaken | Erased | Deleted | Commented | Flagged | Learned


class Progress(Seen, frozen=True, kw_only=True):
    """How far the open stay has come: the tick of every second, each replacing the one before it.

    ``attempt`` is that of the stay's ``Entered``; 0 in older records, which told stays apart by ``start``.
    """

    start: int
    until: int
    attempt: int = 0
    active_s: int = 0
    keys: int | None = None
    clicks: int | None = None

    def __post_init__(self) -> None:
        self._inside("start and until", self.start, self.until)
        _not_negative(self.active_s, self.keys, self.clicks)


_decoder: msgspec.json.Decoder[Observation] = msgspec.json.Decoder(Observation)


def encode(observation: Observation) -> bytes:
    """Return the JSON form that the journal keeps."""
    return msgspec.json.encode(observation)


def decode(raw: bytes) -> Observation:
    """Parse ``encode()``'s form; raises msgspec.DecodeError for anything else."""
    return _decoder.decode(raw)

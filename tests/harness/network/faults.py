"""What goes wrong with one request on its way, and where. Values only; ``proxy`` does it."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """CUT ends with a reset, TRUNCATE with an orderly end; HOLD keeps it back for longer than anybody waits."""

    CUT = "cut"
    TRUNCATE = "truncate"
    HOLD = "hold"
    TWICE = "twice"
    AGAIN_LATER = "again_later"
    STATUS = "status"
    GARBAGE = "garbage"


class Part(StrEnum):
    """Which half of the exchange."""

    REQUEST = "request"
    ANSWER = "answer"


class Place(StrEnum):
    """A position in a message: of its head, or of its body."""

    NOTHING = "nothing"
    FIRST_BYTE = "first_byte"
    MIDDLE_OF_HEAD = "middle_of_head"
    BEFORE_END_OF_HEAD = "before_end_of_head"
    END_OF_HEAD = "end_of_head"
    FIRST_OF_BODY = "first_of_body"
    MIDDLE_OF_BODY = "middle_of_body"
    BEFORE_END = "before_end"
    END = "end"

    def offset(self, head: int, whole: int) -> int:
        """Return how many bytes of a message with a head of ``head`` bytes get through."""
        return {
            Place.NOTHING: 0,
            Place.FIRST_BYTE: 1,
            Place.MIDDLE_OF_HEAD: head // 2,
            Place.BEFORE_END_OF_HEAD: head - 1,
            Place.END_OF_HEAD: head,
            Place.FIRST_OF_BODY: min(head + 1, whole),
            Place.MIDDLE_OF_BODY: (head + whole) // 2,
            Place.BEFORE_END: whole - 1,
            Place.END: whole,
        }[self]


STATUSES = (302, 400, 401, 403, 404, 408, 409, 410, 413, 422, 425, 429, 451, 500, 501, 502, 503, 504, 599)
GARBAGE = ("not_http", "page", "empty", "object", "half_json", "stale", "no_content", "bad_gzip", "long_head")


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong. ``what``: the status or sort of garbage; ``arrives``: the server got the request."""

    kind: Kind
    part: Part = Part.REQUEST
    place: Place = Place.NOTHING
    what: str = ""
    arrives: bool = False

    @property
    def name(self) -> str:
        """What the report counts it as."""
        where = f"{self.part}_{self.place}" if self.kind in (Kind.CUT, Kind.TRUNCATE) else self.part
        return "_".join(filter(None, (self.kind, where, self.what, "arrived" if self.arrives else "")))


def all_faults() -> list[Fault]:
    """Everything that can go wrong, each once."""
    faults = [
        Fault(kind, part, place)
        for kind, part, place in itertools.product((Kind.CUT, Kind.TRUNCATE), Part, Place)
        # An answer that got through whole is none, and an end of a request that is none can't be told from END.
        if not (part is Part.ANSWER and place is Place.END)
    ]
    faults += [Fault(Kind.HOLD, part) for part in Part]
    faults += [Fault(Kind.TWICE, arrives=True), Fault(Kind.AGAIN_LATER, arrives=True)]
    for arrives in (False, True):
        faults += [Fault(Kind.STATUS, Part.ANSWER, what=str(status), arrives=arrives) for status in STATUSES]
        faults += [Fault(Kind.GARBAGE, Part.ANSWER, what=sort, arrives=arrives) for sort in GARBAGE]
    return faults


class Weather:
    """Draws the faults: for ``rate`` of all requests, every sort in turn, in an order that ``seed`` decides."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.rate = 0.0
        self._order: list[Fault] = []
        self.drawn: Counter[str] = Counter()

    def draw(self) -> Fault | None:
        """Return what goes wrong with the next request, None for nothing."""
        if self._random.random() >= self.rate:
            return None
        if not self._order:
            self._order = all_faults()
            self._random.shuffle(self._order)
        fault = self._order.pop()
        self.drawn[fault.name] += 1
        return fault

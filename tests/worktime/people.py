"""Records of one made-up person on a few devices and jobs, for the tests of the timesheet. Imports no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import strategies as st

JOBS = (UUID(int=0xA), UUID(int=0xB))
DEVICES = (UUID(int=1), UUID(int=2), UUID(int=3))
WEEK = 1_793_595_600  # Monday 2026-11-02 00:00 in New York
SLOT = 720
FIRST = WEEK - SLOT  # one slot before the week, so that an interval can run into it
SECONDS = 4 * SLOT  # that slot and the first three of the week

OFF, ON, DELETED, IDLE = 1, 2, 3, 4
"""What a device did in a second, beside nothing (0): tracked without and with Work View, and what was taken away."""


@dataclass(frozen=True)
class Device:
    """``did[job][second]`` is what the device did; ``settled`` and ``taken`` are by second, the others by slot.

    ``taken`` is what the slot's rejection took when it was made, whatever the device said of those seconds later.
    """

    id: UUID
    did: Mapping[UUID, bytearray]
    protects: Mapping[UUID, tuple[bool, ...]] = field(default_factory=dict)
    arrived: Mapping[UUID, tuple[bool, ...]] = field(default_factory=dict)
    rejected: Mapping[UUID, tuple[bool, ...]] = field(default_factory=dict)
    settled: Mapping[UUID, bytearray] = field(default_factory=dict)
    taken: Mapping[UUID, bytearray] = field(default_factory=dict)


# Round edges make devices start and stop at the same second, and at the slot's, often enough.
EDGES = st.one_of(st.sampled_from(range(0, SECONDS + 1, 120)), st.integers(0, SECONDS))


@st.composite
def _stretches(draw: st.DrawFn) -> bytearray:
    did = bytearray(SECONDS)
    for _ in range(draw(st.integers(0, 4))):
        low, high = sorted((draw(EDGES), draw(EDGES)))
        did[low:high] = bytes([draw(st.sampled_from((ON, ON, ON, OFF, DELETED, IDLE)))]) * (high - low)
    return did


@st.composite
def _settled(draw: st.DrawFn) -> bytearray:
    settled = bytearray(SECONDS)
    if draw(st.booleans()):
        low, high = sorted((draw(EDGES), draw(EDGES)))
        settled[low:high] = b"\1" * (high - low)
    return settled


_BY_SLOT = st.tuples(*[st.booleans()] * 4)


@st.composite
def devices(draw: st.DrawFn) -> tuple[Device, ...]:
    """Up to three devices; each may have been on both jobs."""
    return tuple(
        Device(
            id=device,
            did={job: draw(_stretches()) for job in JOBS},
            protects={job: draw(_BY_SLOT) for job in JOBS},
            arrived={job: draw(_BY_SLOT) for job in JOBS},
            rejected={job: draw(_BY_SLOT) for job in JOBS},
            settled={job: draw(_settled()) for job in JOBS},
            taken={job: draw(_settled()) for job in JOBS},
        )
        for device in DEVICES[: draw(st.integers(1, 3))]
    )


def intervals(of: bytearray | list[int], value: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return where ``of`` has ``value`` in [start, end), found second by second."""
    out: list[tuple[int, int]] = []
    for second in range(start, end):
        if of[second] == value:
            if out and out[-1][1] == second:
                out[-1] = (out[-1][0], second + 1)
            else:
                out.append((second, second + 1))
    return tuple(out)

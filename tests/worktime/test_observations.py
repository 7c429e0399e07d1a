"""Observations: what cannot be is not built and not read, and the rest comes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import msgspec
import pytest

from tests.worktime.tracking_desk import reference
from worktime.observations import (
    Commented,
    Deleted,
    Entered,
    Erased,
    Flagged,
    IdleTaken,
    Left,
    Observation,
    Pictured,
    Progress,
    Unpictured,
    decode,
    encode,
)
from worktime.wire import Flag, NoPicture

JOB = UUID(int=1)
SLOT = 1000
LOW, HIGH = SLOT * 720, SLOT * 720 + 720


def entered(at: int, attempt: int = 1) -> Entered:
    return Entered(job=JOB, slot=SLOT, at=at, work_view=True, attempt=attempt, drawn=True)


def left(at: int, active_s: int = 0, keys: int | None = None, clicks: int | None = None) -> Left:
    return Left(job=JOB, slot=SLOT, at=at, active_s=active_s, keys=keys, clicks=clicks)


def progress(start: int, until: int, active_s: int = 0, keys: int | None = None) -> Progress:
    return Progress(job=JOB, slot=SLOT, start=start, until=until, active_s=active_s, keys=keys)


@pytest.mark.parametrize(
    "seen",
    [
        entered(LOW),
        entered(HIGH - 1, 9),
        left(LOW),
        left(HIGH, 720, 0, 3),
        Pictured(job=JOB, slot=SLOT, attempt=1, leaving=True, flat=False, picture=reference(1, LOW)),
        Unpictured(job=JOB, slot=SLOT, attempt=1, reason=NoPicture.LATE),
        IdleTaken(job=JOB, slot=SLOT, start=LOW, end=HIGH),
        Erased(job=JOB, slot=SLOT, attempt=1, reason=NoPicture.IDLE),
        Deleted(job=JOB, slot=SLOT, at=HIGH + 5000, attempt=1),
        Commented(job=JOB, slot=SLOT, text="Import"),
        Flagged(job=JOB, slot=SLOT, flag=Flag.CLOCK_JUMP),
    ],
)
def test_it_comes_back_as_it_was(seen: Observation) -> None:
    assert decode(encode(seen)) == seen


@pytest.mark.parametrize(
    "build",
    [
        lambda: entered(LOW - 1),
        lambda: entered(HIGH),
        lambda: entered(LOW, 0),
        lambda: left(LOW - 1),
        lambda: left(HIGH + 1),
        lambda: left(HIGH, -1),
        lambda: left(HIGH, 0, -1),
        lambda: left(HIGH, 0, 0, -1),
        lambda: IdleTaken(job=JOB, slot=SLOT, start=LOW + 2, end=LOW + 1),
        lambda: IdleTaken(job=JOB, slot=SLOT, start=LOW - 1, end=LOW + 1),
        lambda: IdleTaken(job=JOB, slot=SLOT, start=LOW, end=HIGH + 1),
        lambda: progress(LOW - 1, LOW),
        lambda: progress(LOW, HIGH + 1),
        lambda: progress(LOW + 1, LOW),
        lambda: progress(LOW, LOW, -1),
        lambda: progress(LOW, LOW, 0, -1),
    ],
)
def test_what_cannot_be_is_not_built(build: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"slot 1000|negative"):
        build()


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        (b"{", "truncated"),
        (b'{"type":"left"}', "`job`"),
        (b'{"type":"arrived"}', r"\$\.type"),
        (encode(left(HIGH)).replace(str(HIGH).encode(), b'"now"'), r"\$\.at"),
        (encode(left(HIGH)).replace(str(HIGH).encode(), str(HIGH + 1).encode()), "is not in slot 1000"),
    ],
)
def test_reading_says_what_is_wrong_and_where(raw: bytes, where: str) -> None:
    with pytest.raises(msgspec.DecodeError, match=where):
        decode(raw)

"""What the marketplace holds and what is known here, put together: a record that was restored from a backup."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime import wire
from worktime.derive import Facts, content, replay
from worktime.intervals import intersect, subtract, union
from worktime.observations import (
    Commented,
    Deleted,
    Entered,
    IdleTaken,
    Learned,
    Left,
    Observation,
    Pictured,
    Progress,
    Unpictured,
    decode,
    encode,
)
from worktime.wire import Flag, NoPicture, PictureRef, Segment, Span

JOB, SLOT, START = UUID(int=7), 2_460_000, 2_460_000 * 720


def ref(number: int, at: int) -> PictureRef:
    return PictureRef(
        id=UUID(int=number), sha256=f"{number:064x}", size=5, width=8, height=8, monitors=1, taken_at=START + at
    )


def stay(start: int, end: int) -> list[Observation]:
    return [
        Entered(job=JOB, slot=SLOT, at=START + start, work_view=True, attempt=1, drawn=False),
        Left(job=JOB, slot=SLOT, at=START + end, active_s=50),
    ]


def pictured(number: int, at: int) -> Pictured:
    return Pictured(job=JOB, slot=SLOT, attempt=1, leaving=False, flat=False, picture=ref(number, at))


def told(*spans: tuple[int, int], **fields: object) -> Learned:
    whole = tuple(Span(START + start, START + end, True) for start, end in spans)
    made = msgspec.structs.replace(Segment(job=JOB, slot=SLOT, revision=9, spans=whole), **fields)
    return Learned(job=JOB, slot=SLOT, told=made)


def of(*seen: Observation, tick: Progress | None = None) -> Segment:
    found = content(replay(JOB, SLOT, seen, tick), 10)
    assert found is not None
    return found


def spans(segment: Segment) -> list[tuple[int, int]]:
    return [(start - START, end - START) for start, end in segment.intervals]


def test_counted_in_either_is_counted_once() -> None:
    assert spans(of(*stay(0, 300), told((200, 400), (600, 720)))) == [(0, 400), (600, 720)]


def test_the_open_stay_goes_on_beside_it() -> None:
    entered = Entered(job=JOB, slot=SLOT, at=START + 500, work_view=True, attempt=1, drawn=True)
    tick = Progress(job=JOB, slot=SLOT, start=START + 500, until=START + 560)
    found = of(*stay(0, 100), entered, told((0, 400)), tick=tick)
    assert (spans(found), found.running) == ([(0, 400), (500, 560)], True)


def test_what_was_taken_off_in_either_stays_off() -> None:
    idle = told((0, 100), idle=((START + 100, START + 300),))
    assert spans(of(*stay(0, 300), idle)) == [(0, 100)]
    here = IdleTaken(job=JOB, slot=SLOT, start=START, end=START + 300)
    found = of(*stay(0, 300), here, told((0, 400)))
    assert (spans(found), found.idle) == ([(300, 400)], ((START, START + 300),))
    deleted = Deleted(job=JOB, slot=SLOT, at=START + 300, attempt=1)
    found = of(*stay(0, 300), deleted, told((0, 400), picture=None))
    assert (spans(found), found.deleted) == ([(300, 400)], ((START, START + 300),))


def test_the_marketplaces_picture_stays_the_segments() -> None:
    found = of(*stay(0, 300), pictured(1, 100), told((0, 720), picture=ref(2, 500), flags=(Flag.FLAT_PICTURE,)))
    assert (found.picture, found.no_picture, found.running) == (ref(2, 500), None, False)
    assert found.flags == (Flag.FLAT_PICTURE,)


def test_a_picture_that_has_not_arrived_there_is_kept_here() -> None:
    assert of(*stay(0, 300), pictured(1, 100), told((0, 720))).picture == ref(1, 100)
    crashed = told((0, 720), no_picture=NoPicture.CRASHED)
    assert of(*stay(0, 300), pictured(1, 100), crashed).picture == ref(1, 100)
    assert of(*stay(0, 300), crashed).no_picture is NoPicture.CRASHED


def test_a_picture_that_was_deleted_since_stays_deleted_and_a_newer_one_stands() -> None:
    gone = told((400, 500), deleted=((START, START + 300),), no_picture=NoPicture.DELETED)
    found = of(*stay(0, 300), pictured(1, 100), gone)
    assert (spans(found), found.picture, found.no_picture) == ([(400, 500)], None, NoPicture.DELETED)
    assert of(*stay(0, 300), pictured(1, 600), gone).picture == ref(1, 600)


def test_nothing_is_waited_for_in_what_was_deleted_since() -> None:
    entered = Entered(job=JOB, slot=SLOT, at=START, work_view=True, attempt=1, drawn=True)
    left = Left(job=JOB, slot=SLOT, at=START + 300)
    deleted = told(deleted=((START, START + 300),), no_picture=NoPicture.DELETED)
    found = of(entered, left, deleted)
    assert (found.running, found.no_picture) == (False, NoPicture.DELETED)
    # What tracking in the slot has drawn now is still to come, and is wanted.
    again = Entered(job=JOB, slot=SLOT, at=START + 500, work_view=True, attempt=2, drawn=True)
    tick = Progress(job=JOB, slot=SLOT, start=START + 500, until=START + 560)
    facts = replay(JOB, SLOT, (entered, left, again, deleted), tick)
    assert (facts.awaits, facts.void) == (2, 1)


def test_the_comment_here_wins_and_counts_and_flags_are_kept() -> None:
    there = told((0, 300), comment="there", active_s=70, keys=5, flags=(Flag.CLOCK_JUMP,))
    found = of(*stay(0, 300), there)
    assert (found.comment, found.active_s, found.keys, found.flags) == ("there", 70, 5, (Flag.CLOCK_JUMP,))
    assert of(*stay(0, 300), Commented(job=JOB, slot=SLOT, text="here"), there).comment == "here"


def test_of_two_counts_the_larger_stands() -> None:
    entered, left = stay(0, 300)
    counted = msgspec.structs.replace(left, keys=3, clicks=9)
    found = of(entered, counted, told((0, 300), keys=5, clicks=2))
    assert (found.keys, found.clicks) == (5, 9)
    found = of(entered, counted, told((0, 300), keys=2, clicks=11))
    assert (found.keys, found.clicks) == (3, 11)
    only = msgspec.structs.replace(left, clicks=4)
    found = of(entered, only, told((0, 300), keys=6))
    assert (found.keys, found.clicks) == (6, 4)


def test_a_picture_leaves_no_reason_why_there_is_none() -> None:
    failed = Unpictured(job=JOB, slot=SLOT, attempt=1, reason=NoPicture.FAILED)
    facts = replay(JOB, SLOT, (*stay(0, 300), failed, told((0, 300), picture=ref(2, 50))))
    assert (facts.picture is not None, facts.reason) == (True, None)
    crashed = told((0, 300), no_picture=NoPicture.CRASHED)
    facts = replay(JOB, SLOT, (*stay(0, 300), pictured(1, 100), crashed))
    assert (facts.picture is not None, facts.reason) == (True, None)


def test_a_picture_of_the_very_second_after_what_was_deleted_is_newer() -> None:
    gone = told((400, 500), deleted=((START, START + 300),), no_picture=NoPicture.DELETED)
    assert of(*stay(0, 300), pictured(1, 300), gone).picture == ref(1, 300)
    assert of(*stay(0, 300), pictured(1, 299), gone).picture is None


def test_what_is_told_of_another_slot_cannot_be() -> None:
    with pytest.raises(ValueError, match="not of slot"):
        Learned(job=JOB, slot=SLOT + 1, told=told((0, 1)).told)
    assert decode(encode(told((0, 60), picture=ref(1, 5)))) == told((0, 60), picture=ref(1, 5))


moments = st.lists(st.integers(0, 720), min_size=2, max_size=8, unique=True).map(sorted)


@given(moments, moments, moments)
def test_no_second_is_lost_or_comes_back_whatever_was_told(here: list[int], there: list[int], off: list[int]) -> None:
    mine = list(zip(here[::2], here[1::2], strict=False))
    idle = union(zip(off[::2], off[1::2], strict=False))
    theirs = subtract(zip(there[::2], there[1::2], strict=False), idle)
    seen = [each for start, end in mine for each in stay(start, end)]
    heard = told(*theirs, idle=tuple((START + start, START + end) for start, end in idle))
    found = content(replay(JOB, SLOT, [*seen, heard]), 10)
    counted = union(spans(found)) if found else ()
    assert counted == union(subtract([*mine, *theirs], idle))
    assert intersect(counted, idle) == ()
    assert content(replay(JOB, SLOT, [*seen, heard, heard]), 10) == found, "twice is once"
    assert found is None or wire.decode(wire.encode(found), Segment) == found


def test_what_is_known_after_it_is_told_whole() -> None:
    here = Left(job=JOB, slot=SLOT, at=START + 300, active_s=50, keys=4, clicks=9)
    entered = Entered(job=JOB, slot=SLOT, at=START, work_view=True, attempt=1, drawn=True)
    there = told(
        (0, 100),
        idle=((START + 100, START + 200),),
        deleted=((START + 200, START + 250),),
        keys=7,
        clicks=2,
        picture=ref(2, 90),
    )
    assert replay(JOB, SLOT, (entered, here, there)) == Facts(
        JOB,
        SLOT,
        spans=(Span(START, START + 100, True), Span(START + 250, START + 300, True)),
        idle=((START + 100, START + 200),),
        gone=((START + 200, START + 250),),
        picture=Pictured(job=JOB, slot=SLOT, attempt=1, leaving=False, flat=False, picture=ref(2, 90)),
        attempts=1,
        active_s=50,
        keys=7,
        clicks=9,
    )
    deleted = told(deleted=((START, START + 300),), no_picture=NoPicture.DELETED, keys=1)
    found = replay(JOB, SLOT, (entered, Left(job=JOB, slot=SLOT, at=START + 300, clicks=3), pictured(1, 90), deleted))
    assert (found.deleted, found.void, found.picture, found.reason) == (True, 1, None, NoPicture.DELETED)
    assert (found.keys, found.clicks) == (1, 3)

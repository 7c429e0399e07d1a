"""Rejections as rows: what can be rejected, what takes it back, and how a tile is shown."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from marketplace.jobs.models import Job
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.rejections import standing
from marketplace.workview.selectors import segment_for, state_of, tiles_of_week
from marketplace.workview.services import hold, record_rejection, record_take_back
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, record
from worktime.errors import FairhourError
from worktime.slots import slot_start
from worktime.weeks import next_week
from worktime.wire import Flag, NoPicture, Span, TileState

pytestmark = pytest.mark.django_db
START = slot_start(SLOT)


def reject(row: Segment, people: People, reason: str = "Not this job") -> Rejection:
    return record_rejection(segment=row, by=people.client, reason=reason, at=WEDNESDAY)


def refusal(row: Segment, people: People, reason: str = "Not this job") -> str:
    with pytest.raises(FairhourError) as caught:
        reject(row, people, reason)
    return caught.value.problem.code


def test_a_rejection_shows_on_the_tile_until_it_is_taken_back(people: People, job: Job) -> None:
    row = record(people.freelancer, job, number=1)
    reject(row, people, "  Not this job ")
    (tile,) = tiles_of_week(job, WEEK)
    assert (tile.view.rejected, tile.view.reject_reason, tile.view.tracked_s) == (True, "Not this job", 720)
    record_take_back(segment=row, at=WEDNESDAY + 9)
    assert [tile.view.rejected for tile in tiles_of_week(job, WEEK)] == [False]
    assert standing(row) is None
    again = reject(row, people)
    assert standing(row) == again
    assert Rejection.objects.count() == 2


def test_each_act_moves_the_change_counter(people: People, job: Job) -> None:
    row = record(people.freelancer, job)
    for act in (
        lambda: reject(row, people),
        lambda: record_take_back(segment=row, at=WEDNESDAY),
        lambda: hold(segment=row, held=True),
    ):
        before = Job.objects.get().change_counter
        act()
        assert Job.objects.get().change_counter == before + 1


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 501])
def test_a_reason_is_needed(people: People, job: Job, reason: str) -> None:
    assert refusal(record(people.freelancer, job), people, reason) == "reason_needed"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"spans": (Span(START, START + 60, False),)}, "no_work_view"),
        ({"spans": (), "no_picture": NoPicture.DELETED}, "nothing_to_reject"),
        (
            {"spans": (), "idle": ((START, START + 720),), "no_picture": NoPicture.IDLE},
            "nothing_to_reject",
        ),
    ],
)
def test_what_cannot_be_rejected(people: People, job: Job, fields: dict[str, Any], expected: str) -> None:
    assert refusal(record(people.freelancer, job, **fields), people) == expected


def test_time_without_a_picture_can_be_rejected(people: People, job: Job) -> None:
    assert reject(record(people.freelancer, job, no_picture=NoPicture.FAILED), people)


def test_rejecting_twice_and_taking_back_nothing_are_refused(people: People, job: Job) -> None:
    row = record(people.freelancer, job)
    with pytest.raises(FairhourError, match="not_rejected"):
        record_take_back(segment=row, at=WEDNESDAY)
    first = reject(row, people)
    assert refusal(row, people) == "already_rejected"
    with pytest.raises(IntegrityError), transaction.atomic():
        Rejection.objects.create(segment=row, by=first.by, reason="twice", at=WEDNESDAY)


@pytest.mark.parametrize(
    ("fields", "has_picture", "expected"),
    [
        ({}, True, TileState.PICTURE),
        ({}, False, TileState.PICTURE_FOLLOWS),
        ({"running": True, "tracked_s": 0}, False, TileState.PICTURE_FOLLOWS),
        ({"no_picture": "locked"}, False, TileState.NO_PICTURE),
        ({"no_picture": "work_view_off"}, False, TileState.NO_PICTURE),
        ({"no_picture": "deleted", "tracked_s": 0}, False, TileState.DELETED),
        ({"no_picture": "deleted", "tracked_s": 60}, False, TileState.NO_PICTURE),
        ({"no_picture": "idle", "tracked_s": 0, "idle_s": 720}, False, TileState.IDLE),
        ({"tracked_s": 0, "idle_s": 720}, False, TileState.IDLE),
        ({"tracked_s": 0, "idle_s": 60, "running": True}, False, TileState.PICTURE_FOLLOWS),
        ({"tracked_s": 60, "idle_s": 660}, True, TileState.PICTURE),
    ],
)
def test_how_a_tile_is_shown(fields: dict[str, Any], has_picture: bool, expected: TileState) -> None:
    assert state_of(Segment(**{"tracked_s": 720, **fields}), has_picture=has_picture) is expected


def test_tiles_come_in_order_and_of_their_week_and_job_only(people: People, job: Job, other_job: Job) -> None:
    record(people.freelancer, job, SLOT + 1, number=1, flags=(Flag.FLAT_PICTURE,))
    record(people.freelancer, job, SLOT)
    record(people.other, other_job, SLOT)
    tiles = tiles_of_week(job, WEEK)
    assert [(tile.view.slot, tile.flat) for tile in tiles] == [(SLOT, False), (SLOT + 1, True)]
    assert tiles_of_week(job, next_week(WEEK)) == ()


def test_segments_are_found_by_the_two_people_and_by_staff_in_a_case(people: People, job: Job) -> None:
    row = record(people.freelancer, job)
    assert segment_for(people.client, row.pk) == segment_for(people.freelancer, row.pk) == row
    hidden = []
    for viewer, key in ((people.stranger, row.pk), (people.staff, row.pk), (people.client, uuid4())):
        with pytest.raises(FairhourError) as caught:
            segment_for(viewer, key)
        hidden.append(caught.value.problem)
    assert hidden[0] == hidden[1] == hidden[2]
    hold(segment=row, held=True)
    assert segment_for(people.staff, row.pk) == row

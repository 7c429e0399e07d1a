"""What becomes of a tracker's segments."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from marketplace.jobs.models import Job
from marketplace.workview import bounds
from marketplace.workview.models import Segment
from marketplace.workview.services import freeze, hold, ingest, record_rejection
from tests.marketplace.conftest import People
from tests.marketplace.support import DEVICE, SLOT, WEDNESDAY, WEEK, batch, record, reference, segment, webp
from worktime import wire
from worktime.slots import slot_end, slot_of, slot_start
from worktime.wire import NoPicture, Outcome, Span

pytestmark = pytest.mark.django_db


def send(people: People, *segments: wire.Segment, now: int = WEDNESDAY) -> tuple[wire.SegmentReceipt, ...]:
    return ingest(person=people.freelancer, batch=batch(*segments), now=now)


def code(receipt: wire.SegmentReceipt) -> str:
    assert receipt.problem is not None
    return receipt.problem.code


def test_stores_and_answers_with_the_digest_of_what_it_received(people: People, job: Job) -> None:
    sent = segment(job, comment="Landing page")
    (receipt,) = send(people, sent)
    assert (receipt.outcome, receipt.digest) == (Outcome.STORED, wire.segment_digest(sent))
    row = Segment.objects.get()
    assert (row.tracked_s, row.comment, row.device, row.stored_at) == (720, "Landing page", DEVICE, WEDNESDAY)
    assert row.arrived_at is None


def test_again_is_known_and_changes_nothing(people: People, job: Job) -> None:
    sent = segment(job)
    send(people, sent)
    before = Job.objects.get().change_counter
    (receipt,) = send(people, sent, now=WEDNESDAY + 60)
    assert receipt.outcome is Outcome.KNOWN
    assert Segment.objects.get().stored_at == WEDNESDAY
    assert Job.objects.get().change_counter == before


def test_newer_replaces_and_older_never_does(people: People, job: Job) -> None:
    send(people, segment(job, revision=2, comment="two"))
    (older,) = send(people, segment(job, revision=1, comment="one"))
    assert older.outcome is Outcome.SUPERSEDED
    (newer,) = send(people, segment(job, revision=3, comment="three"))
    assert newer.outcome is Outcome.STORED
    assert Segment.objects.get().comment == "three"


def test_other_content_under_a_stored_revision_changes_nothing(people: People, job: Job) -> None:
    first = segment(job, comment="one")
    send(people, first)
    (receipt,) = send(people, segment(job, comment="two"))
    assert (receipt.outcome, receipt.stored) == (Outcome.SUPERSEDED, first)
    assert Segment.objects.get().comment == "one"


def test_a_newer_revision_that_has_forgotten_time_is_told_what_is_stored(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    first = segment(job, spans=(Span(start, start + 700, True),))
    send(people, first)
    short: dict[str, Any] = {"spans": (Span(start, start + 300, True), Span(start + 400, start + 720, True))}
    (receipt,) = send(people, segment(job, revision=9, **short))
    assert (receipt.outcome, receipt.stored) == (Outcome.SUPERSEDED, first)
    row = Segment.objects.get()
    assert (row.revision, row.tracked_s) == (1, 700)
    (receipt,) = send(people, segment(job, revision=9, **short, idle=((start + 300, start + 400),)))
    assert receipt.outcome is Outcome.STORED, "idle took it"
    (receipt,) = send(people, segment(job, revision=10))
    assert receipt.outcome is Outcome.SUPERSEDED, "and idle never gives back"


def test_what_has_more_stretches_than_can_be_told_is_taken_at_its_word(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    spans = tuple(Span(start + 10 * n, start + 10 * n + 5, True) for n in range(wire.MAX_SPANS))
    send(people, segment(job, spans=spans))
    other = (*spans[1:], Span(start + 700, start + 720, True))
    (receipt,) = send(people, segment(job, revision=2, spans=other))
    assert receipt.outcome is Outcome.STORED


def test_what_is_told_has_the_picture_only_when_its_bytes_are_here(people: People, job: Job) -> None:
    announced = reference(webp(1), 1, SLOT)
    send(people, segment(job, revision=2, picture=announced))
    (receipt,) = send(people, segment(job))
    assert receipt.stored is not None
    assert receipt.stored.picture is None
    record(people.freelancer, job, SLOT + 1, number=2)
    (receipt,) = send(people, segment(job, SLOT + 1, revision=7, no_picture=NoPicture.CRASHED))
    assert receipt.stored is not None
    assert receipt.stored.picture == reference(webp(2), 2, SLOT + 1)


def test_five_minutes_ahead_are_taken_and_a_second_more_is_kept_for_later(people: People, job: Job) -> None:
    end = slot_end(SLOT)
    (taken,) = send(people, segment(job), now=end - 300)
    assert taken.outcome is Outcome.STORED
    (ahead,) = send(people, segment(job, slot=SLOT + 1), now=end + 720 - 301)
    assert ahead.problem is not None
    assert (code(ahead), ahead.problem.retryable) == ("ahead_of_server", True)


def test_one_bad_segment_never_blocks_the_others(people: People, job: Job, other_job: Job) -> None:
    future = segment(job, slot=slot_of(WEDNESDAY) + 50)
    receipts = send(people, segment(job), future, segment(other_job), segment(job, slot=SLOT + 1))
    assert [receipt.outcome for receipt in receipts] == ["stored", "refused", "refused", "stored"]


def test_someone_elses_job_and_one_that_is_not_there_get_the_same_answer(
    people: People, job: Job, other_job: Job
) -> None:
    absent = wire.Segment(job=DEVICE, slot=SLOT, revision=1)
    theirs, nowhere = send(people, segment(other_job), absent)
    assert theirs.problem == nowhere.problem
    assert code(theirs) == "unknown_job"
    (client,) = ingest(person=people.client, batch=batch(segment(job)), now=WEDNESDAY)
    assert code(client) == "unknown_job"


def test_time_before_the_job_began_is_refused(people: People, job: Job) -> None:
    (receipt,) = send(people, segment(job, slot=slot_of(WEEK) - 1))
    assert code(receipt) == "before_job"
    assert not Segment.objects.exists()


def test_time_after_the_end_of_the_job_is_refused_and_time_before_it_taken(people: People, job: Job) -> None:
    Job.objects.update(ended_at=slot_end(SLOT))
    before, after = send(people, segment(job), segment(job, slot=SLOT + 1))
    assert before.outcome is Outcome.STORED
    assert code(after) == "job_ended"


def test_a_reason_for_no_picture_is_an_arrival(people: People, job: Job) -> None:
    record(people.freelancer, job, no_picture=NoPicture.LOCKED)
    assert Segment.objects.get().arrived_at == WEDNESDAY


def test_idle_found_later_takes_the_time_off(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    send(people, segment(job))
    idle = segment(job, revision=2, spans=(), idle=((start, start + 720),), no_picture=NoPicture.IDLE)
    send(people, idle)
    row = Segment.objects.get()
    assert (row.tracked_s, row.idle_s, row.no_picture) == (0, 720, "idle")


def test_spans_keep_whether_work_view_was_on(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    record(people.freelancer, job, spans=(Span(start, start + 60, True), Span(start + 60, start + 90, False)))
    assert Segment.objects.get().spans == [[start, start + 60, True], [start + 60, start + 90, False]]


@pytest.mark.parametrize("how", ["rejected", "reported"])
def test_what_is_judged_is_neither_deleted_nor_recommented_but_its_time_can_shrink(
    people: People, job: Job, how: str
) -> None:
    row = record(people.freelancer, job, comment="before")
    if how == "rejected":
        record_rejection(segment=row, by=people.client, reason="Not this job", at=WEDNESDAY)
    else:
        hold(segment=row, held=True)
    (deleted,) = send(people, segment(job, revision=2, spans=(), no_picture=NoPicture.DELETED))
    assert code(deleted) == "held"
    start = slot_start(SLOT)
    rest: dict[str, Any] = {"spans": (Span(start, start + 60, True),), "idle": ((start + 60, start + 720),)}
    (shorter,) = send(people, segment(job, revision=2, **rest, comment="after"))
    assert shorter.outcome is Outcome.STORED
    row.refresh_from_db()
    assert (row.tracked_s, row.comment) == (60, "before")


@pytest.mark.parametrize("how", ["rejected", "reported", "submitted"])
@pytest.mark.parametrize("change", ["failed", "swapped"])
def test_the_picture_of_what_is_judged_or_submitted_is_neither_erased_nor_swapped(
    people: People, job: Job, how: str, change: str
) -> None:
    row = record(people.freelancer, job, number=1, comment="before")
    keep(row, people, how)
    other = {"picture": reference(webp(2), 2, SLOT)} if change == "swapped" else {"no_picture": NoPicture.FAILED}
    (receipt,) = send(people, segment(job, revision=2, comment="after", **other))
    assert receipt.outcome is (Outcome.STORED if change == "swapped" else Outcome.SUPERSEDED)
    row.refresh_from_db()
    picture = row.pictures.get()
    assert (row.picture_id, row.no_picture, picture.erased_at, row.comment) == (picture.pk, "", None, "before")


def keep(row: Segment, people: People, how: str) -> None:
    if how == "rejected":
        record_rejection(segment=row, by=people.client, reason="Not this job", at=WEDNESDAY)
    elif how == "reported":
        hold(segment=row, held=True)
    else:
        freeze(Segment.objects.filter(pk=row.pk))


@pytest.mark.parametrize(("how", "is_erased"), [("rejected", False), ("reported", False), ("submitted", True)])
def test_idle_takes_all_time_at_once_and_the_picture_unless_it_is_judged(
    people: People, job: Job, how: str, is_erased: bool
) -> None:
    row = record(people.freelancer, job, number=1)
    keep(row, people, how)
    start = slot_start(SLOT)
    send(people, segment(job, revision=2, spans=(), idle=((start, start + 720),), no_picture=NoPicture.IDLE))
    row.refresh_from_db()
    assert (row.tracked_s, row.idle_s, row.pictures.get().erased_at is not None) == (0, 720, is_erased)


def test_a_deletion_that_comes_after_the_submission_takes_the_time_and_keeps_the_evidence(
    people: People, job: Job
) -> None:
    row = record(people.freelancer, job, number=1)
    keep(row, people, "submitted")
    start = slot_start(SLOT)
    send(people, segment(job, revision=2, spans=(), deleted=((start, start + 720),), no_picture=NoPicture.DELETED))
    row.refresh_from_db()
    assert (row.tracked_s, row.no_picture, row.pictures.get().erased_at) == (0, "deleted", None)
    send(people, segment(job, revision=3, spans=(), deleted=((start, start + 720),), no_picture=NoPicture.DELETED))
    assert row.pictures.get().erased_at is None


def test_each_batch_moves_the_change_counter_once(people: People, job: Job) -> None:
    before = Job.objects.get().change_counter
    send(people, segment(job), segment(job, slot=SLOT + 1))
    assert Job.objects.get().change_counter == before + 1


def test_deleted_seconds_are_kept_as_such(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    rest = (Span(start + 300, start + 720, True),)
    row = record(people.freelancer, job, spans=rest, deleted=((start, start + 300),), running=True)
    assert (row.tracked_s, row.deleted) == (420, [[start, start + 300]])


def test_at_most_four_devices_record_in_a_slot(people: People, job: Job) -> None:
    sent = batch(segment(job, no_picture=NoPicture.FAILED))
    answers = [
        ingest(person=people.freelancer, batch=msgspec.structs.replace(sent, device=UUID(int=number)), now=WEDNESDAY)[0]
        for number in range(1, 6)
    ]
    assert [answer.outcome for answer in answers] == [Outcome.STORED] * 4 + [Outcome.REFUSED]
    assert code(answers[4]) == "too_many_devices"
    (revised,) = ingest(
        person=people.freelancer, batch=batch(segment(job, revision=2), device=UUID(int=1)), now=WEDNESDAY
    )
    assert revised.outcome is Outcome.STORED


def test_more_segments_than_a_day_may_bring_come_in_the_next_day(
    people: People, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MAX_SEGMENTS_A_DAY", 2)
    receipts = send(people, *(segment(job, slot=SLOT + number) for number in range(3)))
    assert [receipt.outcome for receipt in receipts] == [Outcome.STORED, Outcome.STORED, Outcome.REFUSED]
    assert receipts[2].problem is not None
    assert (code(receipts[2]), receipts[2].problem.retryable) == ("segment_quota", True)
    (revised,) = send(people, segment(job, revision=2))
    assert revised.outcome is Outcome.STORED
    (later,) = send(people, segment(job, slot=SLOT + 2), now=WEDNESDAY + 86_400)
    assert later.outcome is Outcome.STORED


def test_a_segment_without_time_is_bound_like_any_other(people: People, job: Job) -> None:
    def answer(slot: int) -> str:
        (receipt,) = send(people, wire.Segment(job=job.pk, slot=slot, revision=1, no_picture=NoPicture.FAILED))
        return code(receipt) if receipt.problem else receipt.outcome.value

    first, running = slot_of(WEEK), slot_of(WEDNESDAY)
    assert [answer(slot) for slot in (0, first - 1, first)] == ["before_job", "before_job", "stored"]
    assert [answer(slot) for slot in (running, running + 1, wire.MAX_SLOT)] == ["stored"] + ["ahead_of_server"] * 2
    Job.objects.update(ended_at=slot_start(running - 4))
    assert [answer(slot) for slot in (running - 5, running - 3)] == ["stored", "job_ended"]


def test_counts_are_kept_only_where_the_client_asks_for_them(people: People, job: Job) -> None:
    row = record(people.freelancer, job, keys=12, clicks=3, active_s=40)
    assert (row.keys, row.clicks, row.active_s) == (None, None, 40)
    Job.objects.filter(pk=job.pk).update(input_counts=True)
    row = record(people.freelancer, job, revision=2, keys=12, clicks=3, active_s=40)
    assert (row.keys, row.clicks) == (12, 3)
    Job.objects.filter(pk=job.pk).update(input_counts=False)
    row = record(people.freelancer, job, revision=3, keys=13, clicks=3, active_s=41)
    assert (row.keys, row.clicks) == (None, None)


def test_a_tracker_whose_clock_is_far_off_is_logged_now_and_then(
    people: People, job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for skew in (None, 300, *[-4000] * 20):
        sent = msgspec.structs.replace(batch(segment(job)), skew_s=skew)
        ingest(person=people.freelancer, batch=sent, now=WEDNESDAY)
    assert [record.getMessage() for record in caplog.records if "clock" in record.getMessage()] == [
        f"the clock of device {DEVICE} is -4000 s off"
    ] * 4

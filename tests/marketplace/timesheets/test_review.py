"""Rejecting a tile and taking it back: who, what, until when, and what the other side is told."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from pytest_django import Settings

from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.models import State, Timesheet
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import reject, submit_due, take_back
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.services import ingest
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, batch, record, segment
from worktime import wire
from worktime.errors import FairhourError
from worktime.slots import slot_start
from worktime.weeks import review_end
from worktime.weeks import submit_due as submission

pytestmark = pytest.mark.django_db
FIRST_DEVICE, LAST_DEVICE = UUID(int=1), UUID(int=2**128 - 1)


@pytest.fixture
def hour(people: People, job: Job) -> list[Segment]:
    """Five full slots with their pictures."""
    return [record(people.freelancer, job, SLOT + number, number=number) for number in range(5)]


def refusal(call: Callable[[], object]) -> str:
    """Return the code with which ``call`` is refused."""
    with pytest.raises(FairhourError) as caught:
        call()
    return caught.value.problem.code


def test_an_hour_stands_on_the_open_timesheet(job: Job, hour: list[Segment]) -> None:
    stands = figures(job, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.amount_minor, stands.state) == (3600, 3000, State.OPEN)
    assert (stands.submit_due, stands.review_ends) == (submission(WEEK), review_end(WEEK))


def test_a_rejected_tile_leaves_the_timesheet_at_once(people: People, job: Job, hour: list[Segment]) -> None:
    before = Job.objects.get(pk=job.pk).change_counter
    reject(segment=hour[2], by=people.client, reason=" not this job ", now=clock.second)
    stands = figures(job, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.rejected_s, stands.amount_minor) == (2880, 720, 2400)
    assert Rejection.objects.get().reason == "not this job"
    message = Message.objects.get()
    assert message.kind == MessageKind.REJECTED
    assert message.author == people.client
    assert "not this job" in message.text
    assert "12 min" in message.text
    assert OutgoingMail.objects.get().to == people.freelancer.email
    assert Job.objects.get(pk=job.pk).change_counter > before


def test_the_mail_tells_the_time_in_both_zones_and_links_to_the_tile(
    people: People, hour: list[Segment], settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://fairhour.example.test"
    people.freelancer.time_zone = "Europe/Berlin"
    people.freelancer.save()
    reject(segment=hour[2], by=people.client, reason="not this job", now=clock.second)
    take_back(segment=hour[2], by=people.client, now=clock.second)
    page = f"https://fairhour.example.test/jobs/{hour[2].job_id}/work/?week={WEEK}#tile-{hour[2].pk}"
    rejected, taken_back = OutgoingMail.objects.order_by("pk")
    assert rejected.text == (
        "The screenshot of Wed 18 Nov 2026 09:24 ET (15:24 your time) was rejected: not this job. "
        f"12 min left the timesheet.\n\n{page}"
    )
    assert taken_back.text == (
        "The rejection of Wed 18 Nov 2026 09:24 ET (15:24 your time) was taken back. "
        f"12 min are on the timesheet again.\n\n{page}"
    )
    assert "(15:24" not in Message.objects.earliest("pk").text


def test_without_a_known_address_the_mail_has_no_link(people: People, hour: list[Segment], settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    reject(segment=hour[2], by=people.client, reason="not this job", now=clock.second)
    assert OutgoingMail.objects.get().text.endswith("left the timesheet.")


def test_a_double_click_rejects_once(people: People, job: Job, hour: list[Segment]) -> None:
    first = reject(segment=hour[0], by=people.client, reason="twice", now=clock.second)
    second = reject(segment=hour[0], by=people.client, reason="twice", now=clock.second)
    assert first == second
    assert (Rejection.objects.count(), Message.objects.count(), OutgoingMail.objects.count()) == (1, 1, 1)


def test_what_was_taken_back_counts_again(people: People, job: Job, hour: list[Segment]) -> None:
    reject(segment=hour[0], by=people.client, reason="wrong", now=clock.second)
    take_back(segment=hour[0], by=people.client, now=clock.second)
    take_back(segment=hour[0], by=people.client, now=clock.second)
    stands = figures(job, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.rejected_s) == (3600, 0)
    assert [message.kind for message in Message.objects.order_by("id")] == [
        MessageKind.REJECTED,
        MessageKind.TAKEN_BACK,
    ]
    assert OutgoingMail.objects.count() == 2


def test_it_can_be_rejected_again_after_it_was_taken_back(people: People, job: Job, hour: list[Segment]) -> None:
    for _ in range(2):
        reject(segment=hour[0], by=people.client, reason="wrong", now=clock.second)
        take_back(segment=hour[0], by=people.client, now=clock.second)
    reject(segment=hour[0], by=people.client, reason="wrong", now=clock.second)
    assert figures(job, WEEK, WEDNESDAY).rejected_s == 720
    assert OutgoingMail.objects.count() == 5


@pytest.mark.parametrize(("device", "begins"), [(FIRST_DEVICE, 0), (LAST_DEVICE, 0), (LAST_DEVICE, 10)])
def test_sending_rejected_time_again_from_another_device_undoes_nothing(
    people: People, job: Job, device: UUID, begins: int
) -> None:
    start = slot_start(SLOT)
    row = record(people.freelancer, job, number=1, spans=(wire.Span(start + 10, start + 720, True),))
    reject(segment=row, by=people.client, reason="no", now=clock.second)
    again = (wire.Span(start + begins, start + 720, True),)
    record(people.freelancer, job, number=2, device=device, spans=again)
    stands = figures(job, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.rejected_s, stands.overlap_s) == (10 - begins, 710, 710)
    take_back(segment=row, by=people.client, now=clock.second)
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 720 - begins


def test_rejecting_a_tile_that_lost_to_another_device_takes_nothing_from_that_one(people: People, job: Job) -> None:
    record(people.freelancer, job, number=1)
    row = record(people.freelancer, job, number=2, device=LAST_DEVICE)
    rejection = reject(segment=row, by=people.client, reason="no", now=clock.second)
    assert rejection.taken == []
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 720


@pytest.mark.parametrize("who", ["freelancer", "other", "stranger", "staff"])
def test_only_the_client_rejects_and_takes_back(people: People, job: Job, hour: list[Segment], who: str) -> None:
    by = getattr(people, who)
    assert refusal(lambda: reject(segment=hour[0], by=by, reason="no", now=clock.second)) == "not_yours"
    reject(segment=hour[0], by=people.client, reason="no", now=clock.second)
    assert refusal(lambda: take_back(segment=hour[0], by=by, now=clock.second)) == "not_yours"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_rejection_needs_a_fit_reason(people: People, job: Job, hour: list[Segment], reason: str) -> None:
    assert (
        refusal(lambda: reject(segment=hour[0], by=people.client, reason=reason, now=clock.second)) == "reason_needed"
    )
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 3600


def test_time_without_work_view_cannot_be_rejected(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    row = record(
        people.freelancer,
        job,
        spans=(wire.Span(start, start + 720, False),),
        no_picture=wire.NoPicture.WORK_VIEW_OFF,
    )
    assert refusal(lambda: reject(segment=row, by=people.client, reason="no", now=clock.second)) == "no_work_view"


def test_a_tile_whose_picture_follows_can_be_rejected_and_later_revisions_are_covered(people: People, job: Job) -> None:
    start = slot_start(SLOT)
    short = record(people.freelancer, job, spans=(wire.Span(start, start + 300, True),), running=True)
    reject(segment=short, by=people.client, reason="early", now=clock.second)
    longer = segment(job, revision=2)
    ingest(person=people.freelancer, batch=batch(longer), now=WEDNESDAY)
    stands = figures(job, WEEK, WEDNESDAY)
    assert (stands.tracked_s, stands.rejected_s) == (0, 720)


@pytest.mark.parametrize(("offset", "counts"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_the_end_of_review(
    people: People, job: Job, hour: list[Segment], step: Callable[[int], int], offset: int, counts: bool
) -> None:
    submit_due(step(submission(WEEK)))
    at = step(review_end(WEEK) + offset)
    if counts:
        reject(segment=hour[0], by=people.client, reason="late but in time", now=clock.second)
    else:
        call = lambda: reject(segment=hour[0], by=people.client, reason="late", now=clock.second)  # noqa: E731
        assert refusal(call) == "review_over"
    assert figures(job, WEEK, at).rejected_s == (720 if counts else 0)


def test_a_rejection_cannot_be_taken_back_after_review(
    people: People, job: Job, hour: list[Segment], step: Callable[[int], int]
) -> None:
    reject(segment=hour[0], by=people.client, reason="wrong", now=clock.second)
    submit_due(step(submission(WEEK)))
    step(review_end(WEEK))
    assert refusal(lambda: take_back(segment=hour[0], by=people.client, now=clock.second)) == "review_over"
    assert Rejection.objects.filter(taken_back_at__isnull=True).exists()


def test_a_rejection_before_submission_is_not_on_the_submitted_timesheet(
    people: People, job: Job, hour: list[Segment], step: Callable[[int], int]
) -> None:
    reject(segment=hour[0], by=people.client, reason="wrong", now=clock.second)
    submit_due(step(submission(WEEK)))
    assert Timesheet.objects.get(week_start=WEEK).lines.get().seconds == 2880
    take_back(segment=hour[0], by=people.client, now=clock.second)
    assert figures(job, WEEK, clock.second()).tracked_s == 3600


def test_a_tile_goes_to_and_fro_five_times_at_most(people: People, job: Job, hour: list[Segment]) -> None:
    for number in range(5):
        reject(segment=hour[0], by=people.client, reason=f"round {number}", now=clock.second)
        take_back(segment=hour[0], by=people.client, now=clock.second)
    again = lambda: reject(segment=hour[0], by=people.client, reason="once more", now=clock.second)  # noqa: E731
    assert refusal(again) == "rejected_too_often"
    assert (Rejection.objects.count(), OutgoingMail.objects.count()) == (5, 10)
    assert figures(job, WEEK, WEDNESDAY).tracked_s == 3600
    reject(segment=hour[1], by=people.client, reason="another one", now=clock.second)

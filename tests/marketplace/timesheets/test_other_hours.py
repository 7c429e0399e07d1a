"""Other hours: stored once by their id, counted after tracked time, held at submission, late afterwards."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

import pytest

from marketplace.billing.services import charge_due
from marketplace.disputes.assistance import ask, decide, take_back
from marketplace.disputes.models import Case
from marketplace.disputes.models import Outcome as Verdict
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.jobs.services import set_terms
from marketplace.timesheets import hours_entry
from marketplace.timesheets.models import OtherHours, State, Timesheet
from marketplace.timesheets.other_hours import hours_views
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import open_weeks, reject, submit_due, take_hours
from marketplace.workroom.models import Message, MessageKind
from marketplace.workview.models import Segment
from tests.marketplace.billing.support import card
from tests.marketplace.conftest import People
from tests.marketplace.support import DEVICE, SLOT, WEDNESDAY, WEEK, record
from worktime import book_events, wire
from worktime.book import Book, apply, open_book, sheet
from worktime.book import Job as BookJob
from worktime.errors import FairhourError
from worktime.readiness import Method, MethodKind, Methods
from worktime.slots import slot_start
from worktime.timesheet import LineKind
from worktime.weeks import next_week, previous_week, review_end
from worktime.weeks import submit_due as submission
from worktime.wire import HoursState, Outcome

pytestmark = pytest.mark.django_db

HOUR = 3600
NEXT = next_week(WEEK)
MONDAY_7 = submission(WEEK)


def entry(job: Job, number: int = 1, seconds: int = HOUR, **more: Any) -> wire.OtherHours:
    """Return an entry of the tests' week."""
    fields = {"week_start": WEEK, "note": "A call with the client", **more}
    return wire.OtherHours(id=UUID(int=0x700 + number), job=job.pk, seconds=seconds, **fields)


def send(job: Job, *entries: wire.OtherHours) -> list[wire.OtherHoursReceipt]:
    """Send entries as the job's freelancer, at the clock's second."""
    batch = wire.OtherHoursBatch(v=1, entries=entries)
    return list(take_hours(person=job.freelancer, batch=batch, now=clock.second))


def outcome(job: Job, sent: wire.OtherHours) -> str:
    """Return what became of one entry: the outcome, or the code of the refusal."""
    (receipt,) = send(job, sent)
    assert (receipt.id, receipt.revision, receipt.digest) == (sent.id, sent.revision, wire.hours_digest(sent))
    return receipt.problem.code if receipt.problem else str(receipt.outcome.value)


def lines(job: Job, week: int = WEEK) -> list[tuple[str, int, int, int]]:
    """Return the lines of a timesheet as kind, worked week, seconds and amount."""
    found = figures(job, week, clock.second()).lines
    return [(line.kind.value, line.worked_week, line.seconds, line.amount_minor) for line in found]


def pass_to(second: int) -> None:
    """Let the marketplace's clock come to a second, with everything done that is due by then."""
    clock.step_to(second)
    submit_due(second)
    charge_due(second)


def test_a_lost_answer_adds_nothing_twice(job: Job) -> None:
    first = entry(job)
    assert [outcome(job, first) for _ in range(3)] == ["stored", "known", "known"]
    assert OtherHours.objects.count() == 1
    found = figures(job, WEEK, WEDNESDAY)
    assert (found.other_s, found.tracked_s, found.amount_minor, found.protected_s) == (HOUR, 0, 3000, 0)
    assert lines(job) == [("other_hours", WEEK, HOUR, 3000)]


def test_a_newer_revision_replaces_and_an_older_one_never_does(job: Job) -> None:
    counter = Job.objects.get().change_counter
    newer = entry(job, seconds=60, revision=2, note="Shorter")
    assert [outcome(job, each) for each in (entry(job), newer)] == ["stored", "stored"]
    (late,) = send(job, entry(job))
    assert (late.outcome, late.stored) == (Outcome.SUPERSEDED, newer), "it is told what stands"
    assert outcome(job, entry(job, seconds=61, revision=2)) == "superseded", "two screens changed it at once"
    assert [(view.seconds, view.note) for view in hours_views(job, WEEK)] == [(60, "Shorter")]
    assert Job.objects.get().change_counter == counter + 2


def test_what_was_removed_stays_so(job: Job) -> None:
    gone = entry(job, revision=2, removed=True)
    assert [outcome(job, each) for each in (entry(job), gone, gone)] == ["stored", "stored", "known"]
    assert outcome(job, entry(job)) == "superseded"
    assert outcome(job, entry(job, revision=3)) == "removed"
    assert outcome(job, entry(job, 2, revision=2, removed=True)) == "stored", "its removal came first"
    assert outcome(job, entry(job, 2)) == "superseded"
    assert (hours_views(job, WEEK), figures(job, WEEK, WEDNESDAY).other_s) == ((), 0)


def test_a_removal_of_what_is_not_here_takes_no_room_that_an_entry_could_not_have(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hours_entry, "MAX_ENTRIES", 3)
    gone = [entry(job, number, revision=2, removed=True) for number in range(1, 6)]
    assert [outcome(job, each) for each in gone] == ["stored"] * 3 + ["known"] * 2
    assert [outcome(job, entry(job, number)) for number in (1, 5)] == ["superseded", "too_many_hours"]
    for week in (WEEK + 1, previous_week(WEEK)):
        assert outcome(job, entry(job, 9, week_start=week, revision=2, removed=True)) == "known"
    assert outcome(job, entry(job, 9, week_start=NEXT, revision=2, removed=True)) == "ahead_of_server"
    assert OtherHours.objects.count() == 3


def test_what_is_refused(people: People, job: Job, other_job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(job, entry(job, week_start=WEEK + 1)) == "bad_week"
    assert outcome(job, entry(job, week_start=previous_week(WEEK))) == "bad_week"
    assert outcome(job, entry(job, week_start=NEXT)) == "ahead_of_server"
    assert outcome(job, entry(job, seconds=168 * HOUR + 1)) == "bad_hours"
    assert outcome(job, entry(job, seconds=168 * HOUR)) == "stored"
    assert outcome(job, entry(job, revision=2, week_start=NEXT)) == "bad_week"
    assert outcome(job, entry(other_job)) == "unknown_job"
    stranger = wire.OtherHoursBatch(v=1, entries=(entry(job), entry(other_job), entry(other_job, 2)))
    told = take_hours(person=people.other, batch=stranger, now=clock.second)
    assert [receipt.problem.code if receipt.problem else receipt.outcome.value for receipt in told] == [
        "unknown_job",
        "unknown_job",
        "stored",
    ], "the second has the id of somebody else's entry, of which nothing is told"
    assert all(receipt.stored is None for receipt in told)
    job.ended_at = WEDNESDAY
    job.save(update_fields=["ended_at"])
    clock.step_to(NEXT)
    assert outcome(job, entry(job, 3, week_start=NEXT)) == "bad_week"
    monkeypatch.setattr(hours_entry, "MAX_ENTRIES", 1)
    assert outcome(job, entry(job, 4)) == "too_many_hours"
    assert outcome(job, entry(job, revision=2)) == "stored", "what is there can be changed"


def test_they_come_after_tracked_time_in_the_order_of_entry(people: People, job: Job) -> None:
    set_terms(job=job, from_week=WEEK, rate_minor=3000, authorized_s=1000)
    send(job, entry(job, 9, 500), entry(job, 1, 400))
    assert lines(job) == [("other_hours", WEEK, 900, 750)]
    row = record(people.freelancer, job, SLOT, no_picture=wire.NoPicture.FAILED)
    assert lines(job) == [("work_view", WEEK, 720, 600), ("other_hours", WEEK, 280, 233)]
    pass_to(MONDAY_7)
    reject(segment=row, by=people.client, reason="Not this job", now=clock.second)
    assert lines(job) == [("other_hours", WEEK, 900, 750)], "rejected time frees its place, in review too"
    take_back(segment=row, by=people.client, now=clock.second)
    card(people.client)
    pass_to(review_end(WEEK))
    assert Timesheet.objects.get(week_start=WEEK).state == State.CHARGED
    assert figures(job, WEEK, clock.second()).amount_minor == 833
    assert list(OtherHours.objects.order_by("pk").values_list("billed_s", flat=True)) == [280, 0]
    record(people.freelancer, job, SLOT + 1, no_picture=wire.NoPicture.FAILED)
    assert lines(job, NEXT) == [], "nothing is left of the week's authorized hours"


def test_at_submission_they_stand_for_good_and_both_are_told(job: Job) -> None:
    send(job, entry(job))
    pass_to(MONDAY_7)
    assert "1 h 0 min, 30.00 USD" in Message.objects.get(kind=MessageKind.SUBMITTED).text
    assert outcome(job, entry(job, revision=2, seconds=1)) == "submitted"
    assert outcome(job, entry(job, revision=2, removed=True)) == "submitted"
    (view,) = hours_views(job, WEEK)
    assert (view.state, view.sheet_week, view.seconds) == (HoursState.SUBMITTED, WEEK, HOUR)


def test_additional_hours_go_on_the_next_timesheet_under_their_own_weeks_terms(people: People, job: Job) -> None:
    set_terms(job=job, from_week=NEXT, rate_minor=9000, authorized_s=0)
    send(job, entry(job))
    pass_to(MONDAY_7)
    send(job, entry(job, 2, 30 * HOUR))
    assert [view.state for view in hours_views(job, WEEK)] == [HoursState.SUBMITTED, HoursState.ADDITIONAL]
    found, late = (figures(job, week, clock.second()) for week in (WEEK, NEXT))
    assert (found.other_s, found.moved_other_s, found.amount_minor) == (HOUR, 30 * HOUR, 3000), "review is not touched"
    assert (late.other_s, late.late_other_s) == (0, 30 * HOUR)
    assert lines(job, NEXT) == [("other_hours", WEEK, 29 * HOUR, 87_000)]
    assert outcome(job, entry(job, 2, 2 * HOUR, revision=2)) == "stored", "they can still be changed"
    card(people.client)
    pass_to(review_end(WEEK))
    pass_to(submission(NEXT))
    assert [view.sheet_week for view in hours_views(job, WEEK)] == [WEEK, NEXT]
    pass_to(review_end(NEXT))
    assert lines(job, NEXT) == [("other_hours", WEEK, 2 * HOUR, 6000)]
    assert Timesheet.objects.get(week_start=NEXT).state == State.CHARGED


def test_an_ended_job_gets_a_closing_timesheet_for_them(job: Job) -> None:
    job.ended_at = WEDNESDAY
    job.save(update_fields=["ended_at"])
    open_weeks(WEDNESDAY)
    pass_to(MONDAY_7)
    send(job, entry(job))
    pass_to(MONDAY_7 + 60)
    assert figures(job, NEXT, clock.second()).late_other_s == HOUR
    pass_to(submission(NEXT))
    assert Timesheet.objects.get(week_start=NEXT).state == State.SUBMITTED


class _Mirror:
    """The same history told to the marketplace and to the book: both must have the same lines."""

    def __init__(self, random: Random, people: People, job: Job) -> None:
        self.random, self.people, self.job = random, people, job
        pays = Methods(Method(kind=MethodKind.CARD, authenticated=True))
        mine = BookJob(id=job.pk, started_at=WEEK, rate_minor=3000, authorized_s=2000, methods=pays)
        self.book: Book = open_book((mine,))
        self.entries: dict[UUID, wire.OtherHours] = {}
        self.slot = SLOT - 40

    def tell(self, kind: Callable[..., Any], **fields: Any) -> None:
        self.book = apply(self.book, kind(at=clock.second(), job=self.job.pk, **fields))

    def act(self) -> None:
        self.random.choice((self.track, self.judge, self.judge, self.type_in, self.type_in, self.change))()

    def track(self) -> None:
        start = slot_start(self.slot)
        first, last = sorted(self.random.sample(range(721), 2))
        span = wire.Span(start + first, start + last, True)
        told: dict[str, Any] = {"spans": (span,), "no_picture": wire.NoPicture.FAILED}
        record(self.people.freelancer, self.job, self.slot, now=clock.second(), **told)
        about = {"slot": self.slot, "device": DEVICE, "revision": 1, "spans": (span,)}
        self.tell(book_events.Received, **about, picture_protects=False, has_arrived=True)
        self.slot += 1

    def judge(self) -> None:
        rows = list(Segment.objects.select_related("job__client", "job__freelancer").order_by("slot"))
        if not rows:
            return
        row = self.random.choice(rows)
        rejection = row.rejections.filter(taken_back_at__isnull=True).first()
        try:
            if rejection is None:
                reject(segment=row, by=self.people.client, reason="no", now=clock.second)
                ask(segment=row, by=self.people.freelancer, reason="It is work", now=clock.second)
                kind: Callable[..., Any] = book_events.Rejected
            elif self.random.random() < 0.4:
                take_back(segment=row, by=self.people.client, now=clock.second)
                kind = book_events.TakenBack
            else:
                kind = self.let_staff_decide(Case.objects.get(rejection=rejection, state="open"))
        except (FairhourError, Case.DoesNotExist):
            return  # review is over, or staff have decided
        self.tell(kind, slot=row.slot, device=row.device)

    def let_staff_decide(self, case: Case) -> Callable[..., Any]:
        verdict = self.random.choice((Verdict.RESTORED, Verdict.RESTORED, Verdict.UPHELD))
        decide(case=case, by=self.people.staff, outcome=verdict, decision="So it is", now=clock.second)
        return book_events.Restored if verdict == Verdict.RESTORED else book_events.Upheld

    def type_in(self) -> None:
        new = entry(self.job, len(self.entries), self.random.randrange(1, 900))
        assert outcome(self.job, new) == "stored"
        self.entries[new.id] = new
        self.tell(book_events.OtherHoursAdded, week=WEEK, id=new.id, seconds=new.seconds, note=new.note)

    def change(self) -> None:
        left = [known for known in self.entries.values() if not known.removed]
        if not left:
            return
        known = self.random.choice(left)
        removed, seconds = self.random.random() < 0.3, self.random.randrange(1, 900)
        changed = entry(
            self.job, known.id.int - 0x700, seconds, note=known.note, revision=known.revision + 1, removed=removed
        )
        if outcome(self.job, changed) != "stored":
            return
        self.entries[known.id] = changed
        if removed:
            self.tell(book_events.OtherHoursRemoved, id=known.id)
        else:
            self.tell(book_events.OtherHoursChanged, id=known.id, seconds=seconds, note="shorter")

    def compare(self) -> None:
        for week in (WEEK, NEXT, next_week(NEXT)):
            said = sheet(self.book, self.job.pk, week)
            stands = [(line.kind.value, line.worked_week, line.seconds, line.amount_minor) for line in said.lines]
            assert sorted(stands) == sorted(lines(self.job, week))
            found = figures(self.job, week, clock.second())
            assert said.other_s == found.other_s + found.late_other_s


@pytest.mark.parametrize("seed", [24])
def test_the_marketplace_has_what_the_book_has(people: People, job: Job, seed: int) -> None:
    set_terms(job=job, from_week=WEEK, rate_minor=3000, authorized_s=2000)
    card(people.client)
    open_weeks(WEDNESDAY)
    mirror = _Mirror(Random(seed), people, job)
    for moment in (MONDAY_7, review_end(WEEK), submission(NEXT), review_end(NEXT), submission(next_week(NEXT))):
        for _ in range(mirror.random.randrange(16)):
            mirror.act()
        mirror.compare()
        pass_to(moment)
        mirror.book = apply(mirror.book, book_events.Tick(at=moment))
        mirror.compare()
    held = OtherHours.objects.filter(removed=False, timesheet__isnull=False).count()
    assert held == OtherHours.objects.filter(removed=False).count()
    later = {LineKind.OTHER_HOURS.value, LineKind.LATE.value, LineKind.ADJUSTMENT.value}
    assert later >= {kind for kind, *_ in lines(job, next_week(NEXT))}

"""Assistance: a rejection answered, a case that staff decide for good, and to the cent what that does to timesheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from marketplace.billing.models import Charge
from marketplace.billing.services import charge_due
from marketplace.disputes.assistance import answer, ask, decide, take_back
from marketplace.disputes.models import Case, CaseKind, CaseState, Outcome
from marketplace.disputes.services import close, report
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.models import State, Timesheet
from marketplace.timesheets.selectors import figures, waiting_weeks
from marketplace.timesheets.services import reject, submit_due
from marketplace.workroom.models import Message, MessageKind, OutgoingMail
from marketplace.workview.models import Rejection, Segment
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, record
from worktime import wire
from worktime.errors import FairhourError
from worktime.slots import slot_start
from worktime.weeks import ASSISTANCE_S, next_week, review_end
from worktime.weeks import submit_due as submission
from worktime.wire import NoPicture

pytestmark = pytest.mark.django_db
NEXT = next_week(WEEK)
AFTER = next_week(NEXT)


@pytest.fixture
def hour(people: People, paid: Job) -> list[Segment]:
    """Five full slots, the second of them rejected."""
    rows = [record(people.freelancer, paid, SLOT + n, no_picture=NoPicture.FAILED) for n in range(5)]
    reject(segment=rows[1], by=people.client, reason="Not this job.", now=clock.second)
    return rows


def asked(people: People, segment: Segment) -> Case:
    return ask(segment=segment, by=people.freelancer, reason=" It is the import. ", now=clock.second)


def decided(people: People, case: Case, outcome: Outcome = Outcome.RESTORED) -> Case:
    return decide(case=case, by=people.staff, outcome=outcome, decision="It is work.", now=clock.second)


def pass_to(moment: int) -> None:
    """Let the marketplace's clock come to ``moment``, and do what is due then."""
    clock.step_to(moment)
    submit_due(moment)
    charge_due(moment)


def lines(job: Job, week: int) -> list[tuple[str, int, int, int]]:
    stands = figures(job, week, clock.second())
    return [(line.kind.value, line.worked_week, line.seconds, line.amount_minor) for line in stands.lines]


def charged(job: Job) -> list[int]:
    return list(Charge.objects.filter(timesheet__job=job).order_by("created_at").values_list("amount_minor", flat=True))


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(FairhourError) as caught:
        call()
    return caught.value.problem.code


def test_an_answer_is_kept_and_told_to_the_client(people: People, hour: list[Segment]) -> None:
    OutgoingMail.objects.all().delete()
    for _ in range(2):
        answer(segment=hour[1], by=people.freelancer, text=" You asked for it. ", now=clock.second)
    rejection = Rejection.objects.get()
    assert (rejection.answer, rejection.answered_at) == ("You asked for it.", WEDNESDAY)
    (message,) = Message.objects.filter(kind=MessageKind.ANSWERED)
    assert (message.author, message.segment) == (people.freelancer, hour[1].pk)
    assert "You asked for it." in message.text
    assert [mail.to for mail in OutgoingMail.objects.all()] == [people.client.email]
    assert (
        refusal(lambda: answer(segment=hour[1], by=people.freelancer, text="Or else", now=clock.second))
        == "answered_already"
    )


def test_asking_opens_one_case_that_holds_the_segment_and_tells_both(people: People, hour: list[Segment]) -> None:
    OutgoingMail.objects.all().delete()
    case = asked(people, hour[1])
    assert asked(people, hour[1]) == case
    assert (case.kind, case.state, case.reason, case.rejection) == (
        CaseKind.ASSISTANCE,
        CaseState.OPEN,
        "It is the import.",
        Rejection.objects.get(),
    )
    hour[1].refresh_from_db()
    assert hour[1].held
    (message,) = Message.objects.filter(kind=MessageKind.ASSISTANCE)
    assert "rejection of Wed 18 Nov 2026 09:12 ET: It is the import." in message.text
    assert sorted(mail.to for mail in OutgoingMail.objects.all()) == [people.client.email, people.freelancer.email]


def test_it_can_be_asked_for_within_seven_days(people: People, hour: list[Segment]) -> None:
    clock.step_to(WEDNESDAY + ASSISTANCE_S)
    assert asked(people, hour[1]).opened_at == WEDNESDAY + ASSISTANCE_S
    Case.objects.all().delete()
    clock.step_to(WEDNESDAY + ASSISTANCE_S + 1)
    with pytest.raises(FairhourError) as caught:
        asked(people, hour[1])
    assert (caught.value.problem.code, caught.value.problem.action) == (
        "asked_too_late",
        "Write to the client in the workroom.",
    )


def test_only_the_freelancer_answers_and_asks(people: People, hour: list[Segment]) -> None:
    for by in (people.client, people.other, people.stranger, people.staff):
        for act in (partial(answer, text="No"), partial(ask, reason="No")):
            assert refusal(partial(act, segment=hour[1], by=by, now=clock.second)) == "not_yours"


def test_both_have_fit_words(people: People, hour: list[Segment]) -> None:
    for text in ("", " ", "x" * 501):
        for act, code in ((partial(answer, text=text), "answer_length"), (partial(ask, reason=text), "reason_length")):
            assert refusal(partial(act, segment=hour[1], by=people.freelancer, now=clock.second)) == code


def test_a_line_break_is_one_character_however_a_form_sends_it(people: People, job: Job) -> None:
    row = record(people.freelancer, job, no_picture=NoPicture.FAILED)
    text, kept = " " + "line\r\n" * 99 + "line \x00", "line\n" * 99 + "line"
    assert len(kept) < 500 < len(text.strip())
    rejection = reject(segment=row, by=people.client, reason=text, now=clock.second)
    answer(segment=row, by=people.freelancer, text=text, now=clock.second)
    case = ask(segment=row, by=people.freelancer, reason=text, now=clock.second)
    rejection.refresh_from_db()
    assert rejection.reason == rejection.answer == case.reason == kept


def test_what_is_not_rejected_is_neither_answered_nor_asked_about(people: People, hour: list[Segment]) -> None:
    who = people.freelancer
    assert refusal(lambda: answer(segment=hour[0], by=who, text="No", now=clock.second)) == "not_rejected"
    assert refusal(lambda: ask(segment=hour[0], by=who, reason="No", now=clock.second)) == "not_rejected"


def test_upheld_is_final_and_told_to_both(people: People, job: Job, hour: list[Segment]) -> None:
    case = decided(people, asked(people, hour[1]), Outcome.UPHELD)
    assert (case.state, case.outcome, case.decided_by) == (CaseState.CLOSED, Outcome.UPHELD, people.staff)
    hour[1].refresh_from_db()
    assert not hour[1].held
    assert figures(job, WEEK, WEDNESDAY).rejected_s == 720
    assert "Staff upheld the rejection of Wed 18 Nov 2026 09:12 ET, finally: It is work." in _last().text
    assert OutgoingMail.objects.filter(key__startswith="decided:").count() == 2
    assert decided(people, case, Outcome.UPHELD) == case, "the same once more"
    assert refusal(lambda: decided(people, case)) == "case_closed"
    assert OutgoingMail.objects.filter(key__startswith="decided:").count() == 2
    assert refusal(lambda: asked(people, hour[1])) == "case_closed"
    assert refusal(lambda: answer(segment=hour[1], by=people.freelancer, text="But", now=clock.second)) == "case_closed"


@pytest.mark.parametrize("at", [WEDNESDAY, submission(WEEK)])
def test_restored_before_the_charge_stands_on_its_own_timesheet(
    people: People, job: Job, hour: list[Segment], at: int
) -> None:
    case = asked(people, hour[1])
    pass_to(at)
    assert (figures(job, WEEK, at).tracked_s, figures(job, WEEK, at).rejected_s) == (2880, 720)
    decided(people, case)
    assert lines(job, WEEK) == [("work_view", WEEK, 3600, 4999)]
    assert _last().text.endswith("It is work.\n12 min are on the timesheet again.")
    pass_to(submission(WEEK))
    with pytest.raises(FairhourError) as caught:
        reject(segment=hour[1], by=people.client, reason="Still no", now=clock.second)
    assert (caught.value.problem.code, caught.value.problem.action) == ("restored", "Nothing more can be done here.")
    pass_to(review_end(WEEK))
    assert charged(job) == [4999]
    pass_to(submission(NEXT))
    assert lines(job, NEXT) == []


def test_restored_after_the_charge_is_an_adjustment_on_the_next_timesheet(
    people: People, job: Job, hour: list[Segment]
) -> None:
    case = asked(people, hour[1])
    pass_to(submission(WEEK))
    pass_to(review_end(WEEK))
    assert (charged(job), lines(job, WEEK)) == ([3999], [("work_view", WEEK, 2880, 3999)])
    decided(people, case)
    assert _last().text.endswith("12 min go on the next timesheet, as an adjustment.")
    own = figures(job, WEEK, clock.second())
    assert (own.amount_minor, own.tracked_s, own.moved_s, own.restored_s) == (3999, 2880, 720, 720)
    assert lines(job, NEXT) == [("adjustment", WEEK, 720, 1000)]
    pass_to(submission(NEXT))
    assert refusal(lambda: reject(segment=hour[1], by=people.client, reason="Still no", now=clock.second)) == "restored"
    pass_to(review_end(NEXT))
    assert charged(job) == [3999, 1000]
    pass_to(submission(AFTER))
    assert (lines(job, AFTER), waiting_weeks(job, AFTER)) == ([], set())
    pass_to(review_end(AFTER))
    assert charged(job) == [3999, 1000]
    assert Timesheet.objects.get(week_start=AFTER).state == State.CLOSED
    assert _mails_about(AFTER) == 0


def test_what_was_paid_before_the_rejection_came_is_not_paid_again(people: People, paid: Job) -> None:
    start = slot_start(SLOT)
    spans = (wire.Span(start, start + 300, True),)
    row = record(people.freelancer, paid, SLOT, spans=spans, no_picture=NoPicture.FAILED)
    pass_to(submission(WEEK))
    pass_to(review_end(WEEK))
    record(people.freelancer, paid, SLOT, now=clock.second(), revision=2, no_picture=NoPicture.FAILED)
    pass_to(submission(NEXT))
    assert (charged(paid), lines(paid, NEXT)) == ([417], [("late", WEEK, 420, 583)])
    reject(segment=row, by=people.client, reason="Not this job", now=clock.second)
    case = asked(people, row)
    pass_to(review_end(NEXT))
    assert (charged(paid), Timesheet.objects.get(week_start=NEXT).state) == ([417], State.CLOSED)
    decided(people, case)
    assert _last().text.endswith("It is work.\n7 min go on the next timesheet, as an adjustment.")
    assert lines(paid, AFTER) == [("adjustment", WEEK, 420, 583)]
    pass_to(submission(AFTER))
    pass_to(review_end(AFTER))
    assert charged(paid) == [417, 583]


def test_restored_on_an_ended_job_goes_on_a_closing_timesheet(people: People, job: Job, hour: list[Segment]) -> None:
    case = asked(people, hour[1])
    job.ended_at = WEDNESDAY
    job.save(update_fields=["ended_at"])
    pass_to(submission(WEEK))
    pass_to(review_end(WEEK))
    pass_to(submission(NEXT) + 60)
    assert charged(job) == [3999]
    decided(people, case)
    pass_to(submission(NEXT) + 120)
    pass_to(submission(AFTER))
    pass_to(review_end(AFTER))
    assert charged(job) == [3999, 1000]


def test_a_case_stops_no_payment_and_the_clients_hand_ends_it(people: People, job: Job, hour: list[Segment]) -> None:
    case = asked(people, hour[1])
    take_back(segment=hour[1], by=people.client, now=clock.second)
    case.refresh_from_db()
    hour[1].refresh_from_db()
    assert (case.state, case.outcome, case.decided_by) == (CaseState.CLOSED, Outcome.TAKEN_BACK, people.client)
    assert not hour[1].held
    assert figures(job, WEEK, WEDNESDAY).amount_minor == 4999
    reject(segment=hour[1], by=people.client, reason="No, not this job", now=clock.second)
    assert asked(people, hour[1]) != case


def test_a_report_keeps_the_segment_when_its_case_is_decided(people: People, hour: list[Segment]) -> None:
    case = asked(people, hour[1])
    report(segment=hour[1], by=people.client, kind=CaseKind.SCREENSHOT, reason="Private", now=WEDNESDAY)
    decided(people, case, Outcome.UPHELD)
    hour[1].refresh_from_db()
    assert hour[1].held


def test_only_staff_decide_and_only_so(people: People, hour: list[Segment]) -> None:
    case = asked(people, hour[1])
    for by in (people.client, people.freelancer):
        with pytest.raises(FairhourError) as caught:
            decide(case=case, by=by, outcome=Outcome.UPHELD, decision="x", now=clock.second)
        assert caught.value.problem.code == "staff_only"
    people.freelancer.is_staff = True
    own = partial(decide, case=case, by=people.freelancer, outcome=Outcome.RESTORED, decision="x", now=clock.second)
    assert refusal(own) == "own_case"
    assert refusal(lambda: decided(people, case, Outcome.TAKEN_BACK)) == "no_such_decision"
    assert refusal(lambda: close(case=case, by=people.staff, decision="x", now=WEDNESDAY)) == "outcome_needed"
    other = report(segment=hour[0], by=people.client, kind=CaseKind.SCREENSHOT, reason="Private", now=WEDNESDAY)
    assert refusal(lambda: decided(people, other)) == "no_such_decision"
    assert (
        refusal(lambda: decide(case=case, by=people.staff, outcome=Outcome.UPHELD, decision=" ", now=clock.second))
        == "reason_length"
    )
    assert figures(hour[1].job, WEEK, WEDNESDAY).rejected_s == 720


def _last() -> Message:
    return Message.objects.filter(kind=MessageKind.ASSISTANCE).latest("id")


def _mails_about(week: int) -> int:
    sheet = Timesheet.objects.get(week_start=week)
    return OutgoingMail.objects.filter(key__startswith=f"submitted:{sheet.pk}:").count()

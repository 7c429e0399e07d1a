"""Decisions about a rejection that meet a charge, or each other, with real commits."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from marketplace.billing.services import charge_due
from marketplace.disputes import services
from marketplace.disputes.assistance import ask, decide, take_back
from marketplace.disputes.models import Case, CaseKind, CaseState, Outcome
from marketplace.foundation import clock
from marketplace.timesheets.selectors import figures
from marketplace.timesheets.services import reject, submit_due
from marketplace.workroom.models import OutgoingMail
from marketplace.workview.models import Rejection, Segment
from marketplace.workview.services import hold
from tests.marketplace.billing.support import REVIEW_END, a_bank, card, recorded_weeks
from tests.marketplace.billing.test_concurrency import together
from tests.marketplace.conftest import People
from tests.marketplace.support import WEEK
from worktime.errors import FairhourError
from worktime.weeks import next_week, review_end
from worktime.weeks import submit_due as submission

pytestmark = pytest.mark.django_db(transaction=True)


def a_case(people: People) -> Case:
    """A slot of 6 USD in review, rejected and asked about; its client can pay."""
    card(people.client)
    recorded_weeks(people.client, 1)
    submit_due(submission(WEEK))
    segment = Segment.objects.select_related("job__client", "job__freelancer").get()
    clock.step_to(submission(WEEK))
    reject(segment=segment, by=people.client, reason="not this job", now=clock.second)
    return ask(segment=segment, by=segment.job.freelancer, reason="It is", now=clock.second)


def test_restored_in_the_second_of_the_charge_it_is_paid_once(people: People, tmp_path: Path) -> None:
    case, bank = a_case(people), a_bank(tmp_path)
    clock.step_to(REVIEW_END)

    def restore() -> object:
        return decide(case=case, by=people.staff, outcome=Outcome.RESTORED, decision="It is work", now=clock.second)

    def charge() -> object:
        return charge_due(REVIEW_END, bank)

    for future in together(restore, charge):
        assert future.exception() is None
    charge_due(REVIEW_END + 15, bank)
    job = case.segment.job
    own, after = (figures(job, week, clock.second()).amount_minor for week in (WEEK, next_week(WEEK)))
    assert sorted((own, after)) == [0, 600]
    submit_due(submission(next_week(WEEK)))
    charge_due(review_end(next_week(WEEK)), bank)
    assert [payment.amount_minor for payment in bank.taken()] == [600]


def test_of_two_decisions_at_once_one_stands(people: People) -> None:
    case = a_case(people)
    ways = (Outcome.UPHELD, Outcome.RESTORED)

    def deciding(outcome: Outcome) -> object:
        return decide(case=case, by=people.staff, outcome=outcome, decision=f"It is {outcome}", now=clock.second)

    refused = [future.exception() for future in together(*[partial(deciding, way) for way in ways])]
    case.refresh_from_db()
    for way, problem in zip(ways, refused, strict=True):
        if way == case.outcome:
            assert problem is None
        else:
            assert isinstance(problem, FairhourError)
            assert problem.problem.code == "case_closed"
    assert case.decision == f"It is {case.outcome}"
    assert Rejection.objects.get().restored is (case.outcome == Outcome.RESTORED)
    assert OutgoingMail.objects.filter(key__startswith="decided:").count() == 2


def test_taken_back_while_staff_restore_the_case_has_one_end(people: People) -> None:
    case = a_case(people)

    def restore() -> object:
        return decide(case=case, by=people.staff, outcome=Outcome.RESTORED, decision="It is work", now=clock.second)

    def back() -> None:
        take_back(segment=case.segment, by=people.client, now=clock.second)

    for future in together(restore, back):
        assert future.exception() is None or isinstance(future.exception(), FairhourError)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert Rejection.objects.get().restored is (case.outcome == Outcome.RESTORED)
    assert figures(case.segment.job, WEEK, clock.second()).amount_minor == 600


def test_a_report_while_another_is_closed_keeps_the_segment(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded_weeks(people.client, 1)
    segment, now = Segment.objects.select_related("job__client", "job__freelancer").get(), clock.second()
    told: dict[str, Any] = {"segment": segment, "by": people.client, "reason": "shows a password", "now": now}
    case = services.report(kind=CaseKind.SCREENSHOT, **told)
    at_the_end, reported = threading.Event(), threading.Event()

    def hold_slowly(*, segment: Segment, held: bool) -> None:
        # SQLite has no second writer that could come between.
        if not held and connection.vendor == "postgresql" and not at_the_end.is_set():
            at_the_end.set()
            assert reported.wait(20)
        hold(segment=segment, held=held)

    def close() -> None:
        services.close(case=case, by=people.staff, decision="Fine.", now=now)

    def report() -> None:
        assert connection.vendor != "postgresql" or at_the_end.wait(20)
        services.report(kind=CaseKind.COMMENT, **told)
        reported.set()

    monkeypatch.setattr(services, "hold", hold_slowly)
    for future in together(close, report):
        assert future.exception() is None
    segment.refresh_from_db()
    assert segment.held
    assert list(Case.objects.filter(state=CaseState.OPEN).values_list("kind", flat=True)) == [CaseKind.COMMENT]

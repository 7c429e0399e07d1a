"""Helpers of billing's tests: a client who can pay, weeks that wait for their charge, a gateway that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from marketplace.accounts.models import User
from marketplace.billing.gateway import Gateway, GatewayDown, Payment
from marketplace.billing.ledger import verify_ledger
from marketplace.billing.models import Charge, ChargeState, PaymentMethod, Posting
from marketplace.billing.sandbox import GOOD_CARD, GOOD_PAYPAL, SandboxGateway
from marketplace.billing.services import add_method, charge_due, make_backup, make_default
from marketplace.jobs.models import Job
from marketplace.timesheets.models import State, Timesheet
from marketplace.timesheets.services import submit_due
from tests.marketplace.support import SLOT, WEDNESDAY, WEEK, new_job, record
from worktime.readiness import MethodKind
from worktime.weeks import review_end
from worktime.weeks import submit_due as submission
from worktime.wire import NoPicture

REVIEW_END = review_end(WEEK)


def card(owner: User, token: str = GOOD_CARD, *, now: int = WEDNESDAY, expires_at: int | None = None) -> PaymentMethod:
    """Give ``owner`` an authenticated card as the default method."""
    method = add_method(
        owner=owner,
        kind=MethodKind.CARD,
        label="Sandbox card",
        token=token,
        authenticated=True,
        now=now,
        expires_at=expires_at,
    )
    make_default(method=method, now=now)
    return method


def paypal(owner: User, token: str = GOOD_PAYPAL, *, now: int = WEDNESDAY) -> PaymentMethod:
    """Give ``owner`` an authenticated PayPal account as the backup."""
    method = add_method(
        owner=owner, kind=MethodKind.PAYPAL, label="Sandbox PayPal", token=token, authenticated=True, now=now
    )
    make_backup(method=method, now=now)
    return method


def worked_week(job: Job, *, slots: int = 1) -> Timesheet:
    """Record ``slots`` full slots for ``job``, submit the week, and return its timesheet, in review."""
    for slot in range(slots):
        record(job.freelancer, job, SLOT + slot, no_picture=NoPicture.FAILED)
    submit_due(submission(WEEK))
    return Timesheet.objects.get(job=job, week_start=WEEK)


def recorded_weeks(client: User, count: int) -> list[Job]:
    """Record a slot for each of ``count`` jobs and freelancers of one client, in weeks that are open."""
    jobs = []
    for number in range(count):
        freelancer = User.objects.create_user(f"freelancer-{number}@example.test", name=f"Sample freelancer {number}")
        job = new_job(client, freelancer, f"Job {number}", rate_minor=3000 + 5 * number)
        record(freelancer, job, SLOT, no_picture=NoPicture.FAILED)
        jobs.append(job)
    return jobs


def weeks_in_review(client: User, count: int) -> list[Timesheet]:
    """Return ``count`` timesheets in review, of as many jobs and freelancers of one client."""
    jobs = recorded_weeks(client, count)
    submit_due(submission(WEEK))
    return list(Timesheet.objects.filter(job__in=jobs, week_start=WEEK).order_by("id"))


class Crash(BaseException):
    """The process dies here: nobody may catch it but the test."""


class FaultyGateway:
    """A gateway between the marketplace and a real one: before or after a call it times out, or the process dies."""

    def __init__(self, inner: Gateway, fault: Callable[[str], BaseException | None]) -> None:
        self._inner = inner
        self._fault = fault

    def create_payment(self, *, amount_minor: int, currency: str, metadata: Mapping[str, str]) -> str:
        """Create, perhaps."""
        self._at("before create")
        made = self._inner.create_payment(amount_minor=amount_minor, currency=currency, metadata=metadata)
        self._at("after create")
        return made

    def confirm(self, payment: str, *, token: str) -> Payment:
        """Confirm, perhaps."""
        self._at("before confirm")
        confirmed = self._inner.confirm(payment, token=token)
        self._at("after confirm")
        return confirmed

    def lookup(self, payment: str) -> Payment:
        """Look up, perhaps."""
        self._at("before lookup")
        return self._inner.lookup(payment)

    def _at(self, point: str) -> None:
        fault = self._fault(point)
        if fault is not None:
            raise fault


def random_faults(seed: int, share: float) -> Callable[[str], BaseException | None]:
    """Return faults that strike a share of the calls, time-outs and deaths alike, the same for the same seed."""
    random = Random(seed)

    def fault(point: str) -> BaseException | None:
        if random.random() >= share:
            return None
        return GatewayDown(point) if random.random() < 0.5 else Crash(point)

    return fault


def charge_until_done(gateway: Gateway, *, start: int = REVIEW_END, ticks: int = 400) -> int:
    """Tick the charge until every timesheet is settled, surviving deaths; return the second of the last tick."""
    now = start
    for _ in range(ticks):
        try:
            charge_due(now, gateway)
        except Crash:
            now += 121  # the dead worker's claim runs out
        now += 15
        if not Timesheet.objects.filter(state__in=(State.SUBMITTED, State.CHARGING)).exists():
            return now
    raise AssertionError(f"not settled after {ticks} ticks")


def double_charges(bank: SandboxGateway) -> dict[str, int]:
    """Return the timesheets for which the bank took money more than once, and how often."""
    charged = Charge.objects.values_list("timesheet_id", flat=True)
    counts = {str(pk): len(bank.taken(timesheet=str(pk))) for pk in charged}
    return {timesheet: count for timesheet, count in counts.items() if count > 1}


def assert_charged_once(bank: SandboxGateway, sheets: list[Timesheet]) -> None:
    """Fail unless each timesheet has one payment at the bank, one charge, one posting, and the ledger agrees."""
    assert not double_charges(bank)
    for sheet in sheets:
        sheet.refresh_from_db()
        assert sheet.state == State.CHARGED
        (taken,) = bank.taken(timesheet=str(sheet.pk))
        charge = Charge.objects.get(timesheet=sheet)
        assert (charge.state, charge.payment, charge.amount_minor) == (
            ChargeState.SUCCEEDED,
            taken.id,
            taken.amount_minor,
        )
        assert sorted(Posting.objects.filter(subject=sheet.pk).values_list("kind", flat=True)) == ["charge", "payout"]
    assert verify_ledger() == ()


def a_bank(folder: Path) -> SandboxGateway:
    """Return a bank with books of its own."""
    return SandboxGateway(folder / "bank.sqlite3")

"""Polls that fail while sending works: the status says what is so of each, and neither is held up by the other."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from sync.client import CutError, RefusedError
from sync.pacing import BACKOFF_MAX_S
from sync.uploader import FRESH_PERIODS, SyncStatus, Uploader
from tests.sync.fakes import FIRST_SLOT, JOB, FakeOutbox, segment
from tests.sync.test_uploader import FOREIGN, LATER, NOW, Clock, FakeMarketplace, Told, uploader
from worktime import wire
from worktime.errors import FairhourError, failure

REFUSED = RefusedError(LATER, 503, None)
FINAL = msgspec.structs.replace(LATER, retryable=False)
PERIOD_S = 10.0


class Asked(FakeMarketplace):
    """Counts the polls; ``week_trouble``: jobs are told, weeks are not."""

    def __init__(self) -> None:
        super().__init__()
        self.polls = 0
        self.week_trouble: FairhourError | None = None

    def jobs(self) -> wire.JobList:
        self.polls += 1
        return super().jobs()

    def week(self, job: UUID, week_start: int) -> wire.WeekView:
        if self.week_trouble is not None:
            raise self.week_trouble
        return super().week(job, week_start)


class Desk:
    """An uploader that recorded something for each round, and what was heard of it."""

    def __init__(self) -> None:
        self.outbox, self.marketplace, self.told, self.clock = FakeOutbox(), Asked(), Told(), Clock()
        self.sender: Uploader = uploader(self.outbox, self.marketplace, self.told, self.clock, period_s=PERIOD_S)
        self.recorded = 0

    def round(self, *, records: bool = True) -> float:
        """Do a round, let the time pass that it wants to wait, and return that."""
        if records:
            self.outbox.waiting.append(segment(FIRST_SLOT + self.recorded))
            self.recorded += 1
        wait_s = self.sender.run_once()
        self.clock.at += wait_s
        return wait_s

    @property
    def status(self) -> SyncStatus:
        return self.told.status[-1]


@pytest.fixture
def desk() -> Desk:
    """It is online, and its next poll is due."""
    made = Desk()
    made.round()
    made.clock.at += 60
    return made


@pytest.mark.parametrize(
    "trouble",
    [
        REFUSED,
        RefusedError(FOREIGN, 403, None, foreign=True),
        CutError(LATER),
        failure("garbled", "t", "m", "a", retryable=True),
    ],
)
def test_what_is_sent_well_is_online_though_polls_fail_and_that_is_told(
    desk: Desk, trouble: FairhourError, caplog: pytest.LogCaptureFixture
) -> None:
    desk.marketplace.poll_trouble = trouble
    for _ in range(20):
        assert desk.round() <= PERIOD_S
        assert desk.outbox.waiting == []
        assert (desk.status.online, desk.status.problem) == (True, None)
        assert [one.code for one in desk.status.notices] == ["not_fetched"]
    assert [record.args for record in caplog.records] == [(trouble,)], "the reason, once"
    desk.marketplace.poll_trouble = None
    desk.clock.at += BACKOFF_MAX_S
    desk.round()
    assert (desk.status.online, desk.status.problem, desk.status.notices) == (True, None, ())


def test_polls_that_fail_have_a_back_off_of_their_own(desk: Desk) -> None:
    desk.marketplace.poll_trouble = REFUSED
    before, began = desk.marketplace.polls, desk.clock.at
    for _ in range(40):
        desk.round()
    passed_s = desk.clock.at - began
    assert 5 <= desk.marketplace.polls - before <= 6 + passed_s / BACKOFF_MAX_S
    assert len(desk.marketplace.batches) == 41, "each round sent"


def test_a_server_that_wants_no_polls_for_a_while_gets_none_and_is_sent_to(desk: Desk) -> None:
    desk.marketplace.poll_trouble = RefusedError(LATER, 503, 120.0)
    desk.round()
    polls, until = desk.marketplace.polls, desk.clock.at + 100
    while desk.clock.at < until:
        desk.sender.watch(JOB if desk.recorded % 2 else None)
        assert desk.round() <= PERIOD_S
    assert desk.marketplace.polls == polls, "a window that wants to know more does not change that"
    assert desk.outbox.waiting == []


def test_who_sends_nothing_any_more_and_gets_no_answer_is_offline(desk: Desk) -> None:
    desk.marketplace.poll_trouble = REFUSED
    desk.round()
    assert desk.status.online
    desk.clock.at += FRESH_PERIODS * PERIOD_S + 1
    wait_s = desk.sender.run_once()
    assert (desk.status.online, desk.status.problem, desk.status.notices) == (False, LATER, ())
    polls = desk.marketplace.polls
    desk.clock.at += wait_s / 2
    desk.round(records=False)
    assert (desk.marketplace.polls, desk.status.online) == (polls, False), "silence is no answer"
    assert desk.round() == 0, "what was held back until now may go"
    assert (desk.status.online, desk.status.problem) == (True, None)


@pytest.mark.parametrize("code", ["offline", "signed_out"])
def test_where_nobody_is_reached_or_nobody_signed_in_nothing_else_can_go_well(desk: Desk, code: str) -> None:
    desk.round()
    desk.clock.at += 60
    desk.marketplace.poll_trouble = failure(code, "t", "m", "a")
    desk.round()
    assert desk.outbox.waiting == [], "that was just before"
    assert (desk.status.online, desk.status.notices) == (False, ())


def test_jobs_without_their_weeks_are_an_answer(desk: Desk) -> None:
    desk.sender.watch(JOB)
    desk.marketplace.week_trouble = REFUSED
    for _ in range(5):
        desk.round(records=False)
        assert (desk.status.online, desk.status.problem) == (True, None)
        assert [one.code for one in desk.status.notices] == ["not_fetched"]
        desk.clock.at += BACKOFF_MAX_S


def test_since_when_nothing_is_heard_is_told_of_answers_alone(desk: Desk) -> None:
    now = [NOW]
    sender = Uploader(
        desk.outbox,
        desk.marketplace,
        desk.told.listeners(),
        now=lambda: now[0],
        period_s=PERIOD_S,
        monotonic=desk.clock,
        jitter=lambda: 1.0,
    )
    desk.marketplace.poll_trouble = REFUSED
    desk.outbox.waiting.append(segment())
    sender.run_once()
    now[0] += 5
    sender.run_once()
    assert (desk.status.online, desk.status.last_ok) == (True, NOW)
    desk.outbox.waiting.append(segment(FIRST_SLOT + 1))
    sender.run_once()
    assert desk.status.last_ok == NOW + 5


def test_a_round_that_only_put_off_what_failed_is_not_online_without_an_answer(desk: Desk) -> None:
    desk.round()
    desk.round(records=False)
    desk.marketplace.bad_slot, desk.marketplace.trouble = FIRST_SLOT + 2, CutError(LATER)
    desk.marketplace.poll_trouble = failure("offline", "t", "m", "a")
    desk.round()
    assert (desk.status.online, desk.status.problem) == (False, LATER)
    desk.round(records=False)
    assert (desk.status.online, len(desk.outbox.waiting)) == (False, 1)
    desk.marketplace.poll_trouble = None
    desk.clock.at += BACKOFF_MAX_S
    desk.round(records=False)
    assert (desk.status.online, len(desk.outbox.waiting)) == (True, 1), "the marketplace said something"


@pytest.mark.parametrize("trouble", [REFUSED, CutError(LATER), failure("garbled", "t", "m", "a", retryable=True)])
def test_a_server_that_refuses_all_of_a_sudden_is_not_shown_as_reached_for_what_it_took_before(
    desk: Desk, trouble: FairhourError
) -> None:
    desk.round()
    desk.marketplace.bad_slot, desk.marketplace.trouble = FIRST_SLOT + 2, trouble
    desk.marketplace.poll_trouble = trouble
    desk.round()
    assert not desk.status.online
    for _ in range(5):
        desk.round(records=False)
        assert (desk.status.online, desk.status.notices) == (False, ())
        assert desk.outbox.waiting, "it is not sent"


def test_a_server_that_wants_no_polls_and_then_is_silent_is_not_shown_as_reached(desk: Desk) -> None:
    desk.marketplace.poll_trouble = RefusedError(LATER, 503, 300.0)
    desk.round()
    assert desk.status.online
    desk.clock.at += FRESH_PERIODS * PERIOD_S + 1
    desk.round(records=False)
    assert (desk.status.online, desk.status.problem) == (False, LATER)


@pytest.mark.parametrize(
    "trouble",
    [
        failure("version", "t", "m", "Update Fairhour."),
        RefusedError(FINAL, 403, None),
    ],
)
def test_what_asks_something_of_the_user_is_told_as_long_as_it_is_so(desk: Desk, trouble: FairhourError) -> None:
    desk.marketplace.poll_trouble = trouble
    for _ in range(10):
        desk.round()
        assert (desk.status.online, desk.status.problem) == (True, None)
        assert [one.code for one in desk.status.notices] == [trouble.problem.code, "not_fetched"]

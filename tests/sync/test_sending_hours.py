"""Other hours in the uploader's rounds: each entry leaves by its own receipt, and holds up no other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from sync.client import CutError, RefusedError
from sync.sending_hours import DEFER_S
from sync.uploader import Uploader
from tests.support.answers import week_view
from tests.sync.fakes import JOB, FakeOutbox
from tests.sync.test_uploader import LATER, NOW, PERMANENT, Clock, FakeMarketplace, Told, uploader
from worktime import wire
from worktime.wire import OtherHours, OtherHoursReceipt, Outcome


def hours_entry(number: int, **changes: Any) -> OtherHours:
    return OtherHours(id=UUID(int=number), job=JOB, week_start=5, seconds=60, note="Call", **changes)


def hours_receipt(of: OtherHours, outcome: Outcome = Outcome.STORED, **more: Any) -> OtherHoursReceipt:
    digest = wire.hours_digest(of)
    return OtherHoursReceipt(id=of.id, revision=of.revision, outcome=outcome, digest=digest, **more)


def test_other_hours_leave_by_their_own_receipt_alone() -> None:
    outbox, marketplace = FakeOutbox(), FakeMarketplace()
    sent = [hours_entry(number) for number in range(1, 6)]
    theirs = hours_entry(2, revision=7)
    outbox.hours.waiting = list(sent)
    marketplace.judge_hours = lambda entries: (
        hours_receipt(entries[0]),
        hours_receipt(entries[1], Outcome.SUPERSEDED, stored=theirs),
        hours_receipt(entries[2], Outcome.REFUSED, problem=PERMANENT),
        hours_receipt(entries[3], Outcome.REFUSED, problem=LATER),
        hours_receipt(entries[3]),
    )
    sender = uploader(outbox, marketplace)
    sender.run_once()
    left = [(1, "stored"), (2, "Call"), (3, "bad"), (4, f"early {NOW + DEFER_S}")]
    assert outbox.hours.left == [(UUID(int=number), why) for number, why in left]
    assert [each.id for each in outbox.hours.waiting] == [UUID(int=5)], "the receipt was another one's"
    assert sender.status.problem is not None
    assert (sender.status.problem.code, sender.status.hours) == ("receipt", 1)
    marketplace.judge_hours = lambda entries: (hours_receipt(entries[0], Outcome.REFUSED),)
    sender.run_once()
    assert outbox.hours.left[-1] == (UUID(int=5), "hours_refused")


def test_one_bad_entry_of_other_hours_never_holds_up_the_others() -> None:
    outbox, marketplace = FakeOutbox(), FakeMarketplace()
    outbox.hours.waiting = [hours_entry(number) for number in range(1, 8)]

    def judge(entries: tuple[OtherHours, ...]) -> tuple[OtherHoursReceipt, ...]:
        if any(entry.id == UUID(int=3) for entry in entries):
            raise RefusedError(PERMANENT, 400, None)
        return tuple(hours_receipt(entry) for entry in entries)

    marketplace.judge_hours = judge
    uploader(outbox, marketplace).run_once()
    assert sorted(why for _, why in outbox.hours.left) == ["bad", *["stored"] * 6]


def test_what_a_firewall_says_of_other_hours_is_not_the_last_word() -> None:
    outbox, marketplace = FakeOutbox(), FakeMarketplace()
    outbox.hours.waiting = [hours_entry(1), hours_entry(2)]
    seen: list[int] = []

    def judge(entries: tuple[OtherHours, ...]) -> tuple[OtherHoursReceipt, ...]:
        seen.append(len(entries))
        if any(entry.id == UUID(int=1) for entry in entries):
            raise RefusedError(PERMANENT, 403, None, foreign=True) if len(seen) % 2 else CutError(LATER)
        return tuple(hours_receipt(entry) for entry in entries)

    marketplace.judge_hours = judge
    sender = uploader(outbox, marketplace)
    for _ in range(3):
        sender.run_once()
    assert (seen, outbox.hours.left) == ([2, 1, 1], [(UUID(int=2), "stored")])
    assert outbox.hours.waiting == [hours_entry(1)]


def test_weeks_that_a_window_shows_are_fetched_too() -> None:
    outbox, marketplace, told = FakeOutbox(), FakeMarketplace(), Told()
    asked: list[tuple[UUID, int]] = []

    def week(job: UUID, week_start: int) -> wire.WeekView:
        asked.append((job, week_start))
        if week_start == 13:
            raise RefusedError(PERMANENT, 404, None)
        if week_start == 14:
            raise RefusedError(LATER, 503, None)
        return week_view(job, week_start)

    marketplace.week = week  # type: ignore[method-assign]
    news: list[bool] = []
    listeners = replace(told.listeners(), hours=lambda: news.append(True))
    sender = Uploader(outbox, marketplace, listeners, now=lambda: NOW, monotonic=Clock())
    sender.watch(JOB)
    sender.look_at({(JOB, 1), (JOB, 12), (JOB, 13)})
    sender.run_once()
    assert sorted(asked) == [(JOB, 1), (JOB, 12), (JOB, 13)]
    assert [view.week_start for view in told.weeks] == [1], "the watched job's current week, and no other"
    assert (sorted(view.week_start for view in outbox.hours.said), news) == ([1, 12], [True])
    sender.look_at({(JOB, 14)})
    sender.run_once()
    assert [problem.code for problem in sender.status.notices] == ["not_fetched"]

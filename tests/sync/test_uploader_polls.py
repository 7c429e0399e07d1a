"""What the uploader asks the marketplace for when it has nothing to send, and that silence is no answer."""

from __future__ import annotations

import threading

import pytest

from sync.pacing import BACKOFF_MAX_S
from tests.sync.fakes import JOB, FakeOutbox
from tests.sync.test_uploader import LATER, Clock, FakeMarketplace, Told, uploader
from worktime.errors import FairhourError


def test_jobs_and_the_watched_week_are_fetched_when_due() -> None:
    told, clock = Told(), Clock()
    sender = uploader(FakeOutbox(), FakeMarketplace(), told, clock)
    sender.run_once()
    sender.run_once()
    assert len(told.jobs) == 1
    assert told.weeks == []
    sender.watch(JOB)
    sender.run_once()
    assert [w.job for w in told.weeks] == [JOB]
    clock.at += 60
    sender.run_once()
    assert len(told.jobs) == 3


def test_who_has_nothing_to_send_is_offline_until_the_marketplace_has_answered() -> None:
    told, marketplace, clock = Told(), FakeMarketplace(), Clock()
    marketplace.poll_trouble = FairhourError(LATER)
    sender = uploader(FakeOutbox(), marketplace, told, clock)
    for _ in range(3):
        clock.at += sender.run_once()
    assert [(status.online, status.problem) for status in told.status] == [(False, LATER)] * 3
    marketplace.poll_trouble = None
    clock.at += BACKOFF_MAX_S
    sender.run_once()
    assert told.status[-1].online
    assert len(told.jobs) == 1


def test_a_poll_is_not_put_off_by_rounds_between() -> None:
    told, clock = Told(), Clock()
    sender = uploader(FakeOutbox(), FakeMarketplace(), told, clock, period_s=10.0)
    for _ in range(2):
        sender.run_once()
    clock.at += 14.9
    assert sender.run_once() == pytest.approx(10.0), "nudged just before the poll is due"
    clock.at += 10.0
    sender.run_once()
    assert len(told.jobs) == 2, "in the first round after it was due"
    sender.watch(JOB)
    assert sender.run_once() == pytest.approx(10.0)
    assert len(told.jobs) == 3, "at once where somebody wants it"


def test_stopped_in_the_moment_of_its_start_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = uploader(FakeOutbox(), FakeMarketplace())
    start = threading.Thread.start

    def stopped(thread: threading.Thread) -> None:
        sender.stop()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", stopped)
    sender.start()
    assert sender._thread is not None
    sender._thread.join(10)
    assert not sender._thread.is_alive()

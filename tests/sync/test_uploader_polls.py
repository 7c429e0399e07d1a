"""What the uploader asks the marketplace for when it has nothing to send, and that silence is no answer."""

from __future__ import annotations

import threading

import pytest

from sync.pacing import BACKOFF_MAX_S, QUIET_TIMES
from sync.uploader import QUIET_POLLS
from tests.sync.fakes import JOB, FakeOutbox
from tests.sync.test_uploader import LATER, NOW, Clock, FakeMarketplace, Told, uploader
from worktime.errors import FairhourError

POLL_S = 15.0


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


def test_while_nobody_waits_it_rests_longer_and_asks_less_often() -> None:
    told, clock = Told(), Clock()
    sender = uploader(FakeOutbox(), FakeMarketplace(), told, clock, period_s=10.0)
    for _ in range(2):
        sender.run_once()
    sender.rest(True)
    began = clock.at
    while sender.run_once() == 10.0 * QUIET_TIMES and len(told.jobs) == 1:
        clock.at += 10.0 * QUIET_TIMES
    assert POLL_S * QUIET_POLLS <= clock.at - began < POLL_S * QUIET_POLLS + 10.0 * QUIET_TIMES
    clock.at += POLL_S
    sender.run_once()
    assert len(told.jobs) == 2
    sender.rest(False)
    assert sender._wake.is_set(), "somebody is back"
    assert sender.run_once() == 10.0
    assert len(told.jobs) == 3, "and it is asked at once for what is news since"
    sender._wake.clear()
    sender.rest(False)
    assert not sender._wake.is_set(), "that is no news"


def test_while_a_window_shows_a_week_it_is_asked_for_as_often_as_ever() -> None:
    told, clock = Told(), Clock()
    sender = uploader(FakeOutbox(), FakeMarketplace(), told, clock)
    sender.rest(True)
    sender.look_at([(JOB, NOW)])
    sender.run_once()
    sender.run_once()
    asked = len(told.jobs)
    clock.at += POLL_S
    sender.run_once()
    assert len(told.jobs) == asked + 1


def test_while_nobody_waits_what_is_wanted_anew_is_asked_for_at_once() -> None:
    told, clock = Told(), Clock()
    sender = uploader(FakeOutbox(), FakeMarketplace(), told, clock)
    for _ in range(2):
        sender.run_once()
    sender.rest(True)
    sender.watch(JOB)
    sender.run_once()
    assert [week.job for week in told.weeks] == [JOB]


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

"""One tick of the clock: everything due is done, and one step that fails keeps no other from running."""

from __future__ import annotations

import pytest

from marketplace import clock_tick
from marketplace.sample import CLIENT, FREELANCER, install
from tests.marketplace.support import WEDNESDAY


def test_a_step_that_fails_is_logged_and_the_others_run(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[tuple[str, int]] = []

    def fail(_now: int) -> None:
        raise RuntimeError("no bank")

    steps = (("pay", fail), ("post letters", lambda now: ran.append(("letters", now))))
    monkeypatch.setattr(clock_tick, "STEPS", steps)
    clock_tick.tick()
    assert ran == [("letters", WEDNESDAY)]
    assert "could not pay" in caplog.text
    assert "no bank" in caplog.text


def test_an_hourly_step_is_done_once_an_hour() -> None:
    at, ran = [5.0], []
    step = clock_tick.Hourly(lambda: ran.append(at[0]), monotonic=lambda: at[0])
    for at[0] in (5.0, 20.0, 3604.0, 3605.0, 3620.0):
        step(WEDNESDAY)
    assert ran == [5.0, 3605.0]


@pytest.mark.django_db(transaction=True)
def test_an_empty_marketplace_ticks_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    clock_tick.tick()
    clock_tick.tick()
    assert caplog.text == ""


@pytest.mark.django_db
def test_the_sample_installs_once_however_often() -> None:
    first, second = install(), install()
    assert first == second
    assert {job.title for job in first} == {"Website redesign", "Data import"}
    assert {(job.client.email, job.freelancer.email) for job in first} == {(CLIENT, FREELANCER)}
    assert all(job.work_view for job in first)

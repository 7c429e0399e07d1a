"""The business clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from marketplace.foundation import clock
from tests.marketplace.support import WEDNESDAY
from worktime.business_clock import ClockOrigin
from worktime.errors import FairhourError


def test_a_frozen_clock_stands_until_it_is_stepped() -> None:
    assert clock.second() == clock.second() == WEDNESDAY
    assert clock.step_to(WEDNESDAY + 5) == WEDNESDAY + 5
    assert clock.step_to(WEDNESDAY) == WEDNESDAY + 5
    assert clock.now() == datetime.fromtimestamp(WEDNESDAY + 5, UTC)


def test_without_a_clock_in_the_environment_it_is_real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAIRHOUR_CLOCK", raising=False)
    clock.freeze(None)
    assert abs(clock.now().timestamp() - time.time()) < 5
    assert clock.rate() == 1


def test_the_environments_clock_runs_at_its_rate_and_keeps_it_when_stepped(monkeypatch: pytest.MonkeyPatch) -> None:
    origin = ClockOrigin(WEDNESDAY * 1_000_000, time.monotonic_ns(), 3600)
    monkeypatch.setenv("FAIRHOUR_SAMPLE", "1")
    monkeypatch.setenv("FAIRHOUR_CLOCK", origin.encode())
    clock.freeze(None)
    before = time.monotonic_ns()
    read = clock.second()
    assert origin.second_at(before) <= read <= origin.second_at(time.monotonic_ns())
    far = WEDNESDAY + 10**8
    assert far <= clock.step_to(far) < far + 3600 * 60
    assert clock.rate() == 3600


@pytest.mark.parametrize(("sample", "text", "code"), [("", "1:2:60", "clock_in_earnest"), ("1", "soon", "clock")])
def test_another_clock_is_refused_outside_of_the_sample_mode_and_when_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, sample: str, text: str, code: str
) -> None:
    monkeypatch.setenv("FAIRHOUR_SAMPLE", sample)
    monkeypatch.setenv("FAIRHOUR_CLOCK", text)
    with pytest.raises(FairhourError) as caught:
        clock.freeze(None)
    assert caught.value.problem.code == code
    monkeypatch.delenv("FAIRHOUR_CLOCK")

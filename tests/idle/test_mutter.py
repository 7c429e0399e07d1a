"""GNOME's idle monitor on a private bus with a fake behind it."""

from collections.abc import Iterator

import pytest

from devtools.bus import private_bus
from idle import mutter
from idle.mutter import MutterIdle
from tests.support.bus import fake
from worktime.errors import FairhourError, Problem

MUTTER = "tests.idle.fake_mutter"


@pytest.fixture
def bus() -> Iterator[str]:
    with private_bus() as address:
        yield address


def problem_of(source: MutterIdle) -> Problem:
    with pytest.raises(FairhourError) as caught:
        source.idle_ms()
    return caught.value.problem


def test_the_age_is_what_mutter_says(bus: str) -> None:
    source = MutterIdle({"DBUS_SESSION_BUS_ADDRESS": bus})
    with fake(MUTTER, bus) as monitor:
        assert source.idle_ms() == 0
        monitor.tell("age 1440001")
        assert source.idle_ms() == 1_440_001
    source.close()


def test_a_restarted_shell_is_found_again(bus: str) -> None:
    source = MutterIdle({"DBUS_SESSION_BUS_ADDRESS": bus})
    with fake(MUTTER, bus):
        source.idle_ms()
    assert problem_of(source).code == "idle_unavailable"
    with fake(MUTTER, bus):
        assert source.idle_ms() == 0
    source.close()


def test_another_desktop_says_that_it_can_not(bus: str) -> None:
    source = MutterIdle({"DBUS_SESSION_BUS_ADDRESS": bus})
    with fake(MUTTER, bus, "absent"):
        assert problem_of(source).code == "idle_unavailable"
    source.close()


@pytest.mark.parametrize("behaviour", ["silent", "refuses"])
def test_no_answer_is_a_failure_that_may_pass(behaviour: str, bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutter, "TIMEOUT_S", 0.3)
    source = MutterIdle({"DBUS_SESSION_BUS_ADDRESS": bus})
    with fake(MUTTER, bus, behaviour):
        problem = problem_of(source)
    assert (problem.code, problem.retryable) == ("idle_failed", True)
    source.close()


@pytest.mark.parametrize(
    "env", [{}, {"DBUS_SESSION_BUS_ADDRESS": "rubbish"}, {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}]
)
def test_without_a_bus_it_says_so(env: dict[str, str]) -> None:
    assert "session bus" in problem_of(MutterIdle(env)).message


def test_the_bus_may_end_and_come_back(bus: str) -> None:
    env = {"DBUS_SESSION_BUS_ADDRESS": bus}
    source = MutterIdle(env)
    with fake(MUTTER, bus):
        source.idle_ms()
        source._connection.sock.close()
        assert problem_of(source).code == "idle_failed"
        assert source.idle_ms() == 0
    source.close()

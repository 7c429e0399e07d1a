"""Lock, sleep and shutdown as logind tells them, down to the journal on the disk, whatever the clocks say."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from devtools.bus import private_bus
from idle import SessionEvent
from sync.journal import Journal
from tests.support.bus import Fake, fake
from tests.tracker_app.fakes import JOB, T0, FakeCamera, FakeProbe, Hands
from tests.tracker_app.samples import job_list
from tests.tracker_app.test_process import Program
from tracker_app.clock import TrackerClock
from tracker_app.jobs_file import save_jobs
from tracker_app.recorder import Recorder
from tracker_app.session import tell, watch_session
from worktime.derive import Facts
from worktime.slots import slot_of
from worktime.tracking_values import Announce, AskReturn, Cause

LOGIND = "tests.idle.fake_logind"
HELD = "inhibited sleep:shutdown delay"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="logind is Linux's")


class Desk:
    """A recorder with the real journal, on a session bus where logind is played."""

    def __init__(self, home: Path, system: str, hands: Hands, clock: TrackerClock) -> None:
        self.home = home
        self.hands = hands
        self.questions: list[AskReturn] = []
        self.told: list[SessionEvent] = []
        self.journal = Journal(home, new_device=lambda: UUID(int=9))
        self.recorder = Recorder(
            clock=clock, record=self.journal, probe=FakeProbe(), camera=FakeCamera(), listener=self
        )
        env = {"DBUS_SYSTEM_BUS_ADDRESS": system, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        self.watch = watch_session(self._tell, env=env | {"XDG_SESSION_ID": "7"})

    def announced(self, announce: Announce) -> None:
        """Not looked at here."""

    def touched(self, facts: Facts) -> None:
        """Not looked at here."""

    def recorded(self) -> None:
        """Not sent here."""

    def asked(self, question: AskReturn) -> None:
        self.questions.append(question)

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.hands.move(1)
            self.recorder.tick()

    def on_disk(self, copy: Path) -> list[Facts]:
        """What another program would find if this one ended here and now."""
        shutil.copytree(self.home, copy)
        journal = Journal(copy, new_device=lambda: UUID(int=9))
        facts = [journal.facts(*key) for key in journal.keys(0, 10**9)]
        journal.close()
        return facts

    def close(self) -> None:
        self.watch.close()
        self.journal.close()

    def _tell(self, event: SessionEvent) -> None:
        tell(self.recorder, event)
        self.told.append(event)


@pytest.fixture
def system() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def logind(system: str) -> Iterator[Fake]:
    with fake(LOGIND, system) as handle:
        yield handle


def knows_sleep(hands: Hands) -> TrackerClock:
    return hands.clock()


def stands_still(hands: Hands) -> TrackerClock:
    """A system whose only clock stops asleep."""
    awake: Callable[[], int] = lambda: hands.monotonic_ns  # noqa: E731 - one function for both
    return TrackerClock(monotonic_ns=awake, wall_ns=lambda: hands.wall_ns, boot_ns=awake)


def goes_on(hands: Hands) -> TrackerClock:
    """A system whose only clock goes on asleep, and does not say so."""
    boot: Callable[[], int] = lambda: hands.monotonic_ns + hands.asleep_ns  # noqa: E731 - one function for both
    return TrackerClock(monotonic_ns=boot, wall_ns=lambda: hands.wall_ns, boot_ns=boot)


@pytest.mark.parametrize("make_clock", [knows_sleep, stands_still, goes_on])
@pytest.mark.parametrize("jump_s", [0, -3600, 365 * 86_400])
def test_the_machine_sleeps_once_the_record_is_closed_and_waking_asks(
    make_clock: Callable[[Hands], TrackerClock],
    jump_s: int,
    qtbot: QtBot,
    tmp_path: Path,
    system: str,
    logind: Fake,
) -> None:
    hands = Hands()
    desk = Desk(tmp_path / "home", system, hands, make_clock(hands))
    logind.expect(HELD)
    desk.recorder.start(JOB, work_view=True)
    desk.run(100)
    logind.tell("sleep 1")
    qtbot.waitUntil(lambda: bool(desk.told), timeout=10_000)
    # logind may put the machine to sleep from here on.
    logind.expect("released")
    (segment,) = desk.on_disk(tmp_path / "asleep")
    assert (segment.counted_s, segment.stay) == (100, None)
    hands.sleep(8 * 3600)
    hands.wall_ns += jump_s * 10**9
    logind.tell("sleep 0")
    qtbot.waitUntil(lambda: len(desk.told) == 2, timeout=10_000)
    logind.expect(HELD)
    desk.run(30)
    assert desk.recorder.running is None
    assert [question.cause for question in desk.questions] == [Cause.SUSPENDED]
    assert [each.counted_s for each in desk.on_disk(tmp_path / "awake")] == [100]
    desk.recorder.resume()
    desk.run(50)
    assert sum(each.counted_s for each in desk.on_disk(tmp_path / "later")) == 150
    desk.close()


def test_shutdown_closes_the_record_before_the_machine_goes_down(
    qtbot: QtBot, tmp_path: Path, system: str, logind: Fake
) -> None:
    hands = Hands()
    desk = Desk(tmp_path / "home", system, hands, hands.clock())
    logind.expect(HELD)
    desk.recorder.start(JOB, work_view=True)
    desk.run(10)
    logind.tell("shutdown 1")
    qtbot.waitUntil(lambda: bool(desk.told), timeout=10_000)
    logind.expect("released")
    (segment,) = desk.on_disk(tmp_path / "down")
    assert (segment.slot, segment.counted_s, segment.stay) == (slot_of(T0), 10, None)
    desk.close()


def test_a_lock_pauses_at_once_and_only_the_unlock_asks(
    qtbot: QtBot, tmp_path: Path, system: str, logind: Fake
) -> None:
    hands = Hands()
    desk = Desk(tmp_path / "home", system, hands, hands.clock())
    logind.expect(HELD)
    desk.recorder.start(JOB, work_view=True)
    desk.run(10)
    logind.tell("hint 1")
    qtbot.waitUntil(lambda: desk.told == [SessionEvent.LOCK], timeout=10_000)
    desk.run(60)
    assert desk.questions == []
    logind.tell("hint 0")
    qtbot.waitUntil(lambda: bool(desk.questions), timeout=10_000)
    desk.run(60)
    assert desk.recorder.running is None
    assert [each.counted_s for each in desk.on_disk(tmp_path / "copy")] == [10]
    desk.close()


def test_the_real_program_closes_its_record_before_the_machine_sleeps(
    desktop: object, tmp_path: Path, system: str, logind: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", system)
    monkeypatch.setenv("XDG_SESSION_ID", "7")
    program = Program(tmp_path / "home", None)
    save_jobs(program.home / "jobs.json", job_list())
    program.start("--hidden")
    logind.expect(HELD)
    program.ask(do="start", job=str(JOB))
    logind.tell("sleep 1")
    logind.expect("released")
    shutil.copytree(program.home, tmp_path / "asleep", ignore=lambda _folder, _names: ["control.sock"])
    logind.tell("sleep 0")
    logind.expect(HELD)
    assert program.status()["state"] == "paused"
    assert program.end()[0] == 0
    program.home = tmp_path / "asleep"
    assert not any(segment.running for segment in program.segments().values())

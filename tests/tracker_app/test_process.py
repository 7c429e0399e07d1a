"""The real program on a real display: records, takes real pictures, survives SIGKILL, ends safely, runs only once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from devtools import processes
from sync.files import make_folder
from sync.journal import Journal
from tests.tracker_app.fakes import JOB, OTHER_JOB
from tests.tracker_app.samples import job, job_list
from tracker_app import half_copy, old_copy
from tracker_app.control import request
from tracker_app.data_files import files_of, hash_of
from tracker_app.jobs_file import save_jobs
from tracker_app.old_copy import Copied
from tracker_app.places import MOVED_FROM, POINTER, usual_folder
from worktime.business_clock import ClockOrigin
from worktime.derive import content
from worktime.errors import FairhourError
from worktime.slots import SLOT_S, slot_of
from worktime.wire import Flag, NoPicture, Segment

ROOT = Path(__file__).parents[2]
BEFORE_A_SLOT = 1_772_636_400 - 300
"""Five real seconds, at this rate, before a slot begins: the program starts meanwhile."""
START_S = 30.0
THIRD_JOB = UUID(int=77)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")


class Program:
    """The tracker's process, and what is asked of it."""

    def __init__(self, home: Path, clock: ClockOrigin | None) -> None:
        self.home = home
        self.clock = clock
        self.process: subprocess.Popen[str] | None = None
        home.mkdir()
        save_jobs(home / "jobs.json", job_list())

    @property
    def env(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FAIRHOUR_")}
        clock = {"FAIRHOUR_CLOCK": self.clock.encode()} if self.clock else {}
        return plain | clock | {"FAIRHOUR_HOME": str(self.home), "FAIRHOUR_SAMPLE": "1", "PYTHONWARNINGS": "error"}

    def start(self, *arguments: str) -> None:
        self.process = self.popen(*arguments)
        wait_until(lambda: bool(self.status()), START_S)

    def popen(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tracker_app", *arguments],
            env=self.env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, **message: object) -> dict[str, Any]:
        return request(self.home, message)

    def status(self) -> dict[str, Any]:
        try:
            return self.ask(do="status")
        except FairhourError:
            return {}

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; returns the exit status and what was said on standard error."""
        assert self.process is not None
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=20)
        status = self.process.returncode
        self.process = None
        return status, said

    def journal(self) -> list[Segment]:
        """What the journal holds after the end."""
        journal = Journal(self.home, new_device=lambda: UUID(int=1))
        made = [content(journal.facts(job, slot), 1) for job, slot in journal.keys(0, 10**9)]
        journal.close()
        return [segment for segment in made if segment]

    def segments(self) -> dict[int, Segment]:
        """What the journal holds of one job, by slot."""
        return {segment.slot: segment for segment in self.journal()}


def typed() -> bool:
    """Press a key on the real display."""
    subprocess.run(["xdotool", "key", "Shift_L"], check=True)
    return True


def wait_until(condition: Callable[[], bool], timeout_s: float) -> None:
    limit = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.02)


def windows_in_front() -> str:
    """What the window manager says of the active window."""
    active = processes.output_of(["xprop", "-root", "_NET_ACTIVE_WINDOW"], os.environ).split()[-1]
    return processes.output_of(["xprop", "-id", active, "_NET_WM_NAME"], os.environ)


@pytest.fixture
def program(tmp_path: Path, desktop: object) -> Iterator[Program]:
    made = Program(tmp_path / "home", ClockOrigin(BEFORE_A_SLOT * 1_000_000, time.monotonic_ns(), 60))
    yield made
    if made.process is not None:
        made.process.kill()
        made.process.communicate()


def test_a_slot_and_a_half_are_recorded_to_the_second_with_a_real_picture_each(program: Program) -> None:
    program.start()
    begin = (program.status()["now"] // SLOT_S + 1) * SLOT_S
    program.ask(do="comment", text="Import")
    program.ask(do="start", job=str(JOB), at=begin)
    # Nobody moves the mouse here: less than the idle threshold.
    program.ask(do="stop", at=begin + SLOT_S + 300)
    wait_until(lambda: program.status()["now"] > begin + SLOT_S + 300, 60)
    wait_until(lambda: program.status()["unsent"]["pictures"] == 2, 10)
    assert program.status()["state"] == "stopped"
    assert program.status()["spool"] == "plain", "this desktop has no keyring"
    assert program.status()["week_s"] == SLOT_S + 300
    status, said = program.end()
    assert status == 0, said
    assert "Traceback" not in said
    segments = program.segments()
    assert [(segment.tracked_s, segment.comment) for segment in segments.values()] == [
        (SLOT_S, "Import"),
        (300, "Import"),
    ]
    for slot, segment in segments.items():
        assert segment.picture is not None
        assert slot_of(segment.picture.taken_at) == slot
        with Image.open(program.home / "pictures" / f"{segment.picture.sha256}.webp") as picture:
            assert picture.size == (segment.picture.width, segment.picture.height)
            assert picture.format == "WEBP"


def test_a_kill_loses_at_most_a_second_and_the_next_start_says_so(program: Program) -> None:
    program.clock = None
    program.start()
    program.ask(do="start", job=str(JOB))
    wait_until(lambda: program.status()["today_s"] >= 2 or program.status()["week_s"] >= 2, 20)
    tracked = program.status()["week_s"]
    program.end(signal.SIGKILL)
    program.start()
    status = program.status()
    assert status["state"] == "paused"
    assert tracked <= status["week_s"] <= tracked + 1
    program.end()
    (segment,) = program.segments().values()
    assert Flag.CRASH_RECOVERED in segment.flags
    assert segment.picture is not None or segment.no_picture is NoPicture.CRASHED
    assert not segment.running


def test_keys_and_clicks_are_counted_only_where_client_and_freelancer_switched_it_on(program: Program) -> None:
    asked = [job(JOB, input_counts=True), job(OTHER_JOB), job(THIRD_JOB, input_counts=True)]
    save_jobs(program.home / "jobs.json", job_list(*asked))
    (program.home / "window.ini").write_text(f"[counts]\n{JOB}=true\n{OTHER_JOB}=true\n{THIRD_JOB}=false\n")
    program.start()
    for each in asked:
        program.ask(do="start", job=str(each.id))
        if each.id == JOB:
            wait_until(lambda: program.status()["counting"], 20)
        began = program.status()["now"]
        wait_until(lambda began=began: typed() and program.status()["now"] > began + 60, 20)  # type: ignore[misc]
    assert not program.status()["counting"]
    program.ask(do="stop")
    program.end()
    # Shift alone types nothing into the window that happens to have the focus.
    found = {segment.job: segment for segment in program.journal()}
    assert found[JOB].keys, "pressed keys are counted"
    assert found[JOB].clicks == 0
    assert [(found[each].keys, found[each].clicks) for each in (OTHER_JOB, THIRD_JOB)] == [(None, None)] * 2


def test_a_quit_while_recording_takes_the_picture_and_closes_the_interval(program: Program) -> None:
    program.start()
    program.ask(do="start", job=str(JOB))
    wait_until(lambda: program.status()["week_s"] >= 30, 20)
    program.ask(do="quit")
    assert program.process is not None
    _, said = program.process.communicate(timeout=20)
    assert program.process.returncode == 0, said
    program.process = None
    segments = list(program.segments().values())
    assert sum(segment.tracked_s for segment in segments) >= 30
    assert all(segment.picture is not None and not segment.running for segment in segments)


def test_a_second_start_brings_the_window_of_the_first_to_the_front_and_ends(program: Program) -> None:
    program.start("--hidden")
    assert "Fairhour" not in windows_in_front()
    second = program.popen()
    said, _ = second.communicate(timeout=START_S)
    assert second.returncode == 0
    assert "running already" in said
    wait_until(lambda: "Fairhour" in windows_in_front(), 10)
    status, _ = program.end(signal.SIGINT)
    assert status == 0


def test_of_two_that_start_at_once_one_runs_and_the_other_says_so(program: Program) -> None:
    both = [program.popen(), program.popen()]
    wait_until(lambda: any(each.poll() is not None for each in both), START_S)
    ended, program.process = sorted(both, key=lambda each: each.poll() is None)
    said, wrong = ended.communicate(timeout=START_S)
    assert (ended.returncode, wrong) == (0, "")
    assert "running already" in said
    wait_until(lambda: bool(program.status()), START_S)
    assert program.end(signal.SIGHUP)[0] == 0


def test_one_that_hangs_is_named_to_who_starts_another(program: Program) -> None:
    program.start("--hidden")
    assert program.process is not None
    program.process.send_signal(signal.SIGSTOP)
    second = program.popen()
    _, said = second.communicate(timeout=START_S)
    program.process.send_signal(signal.SIGCONT)
    assert second.returncode == 1
    assert said.startswith(f"Fairhour is running already. Another Fairhour (process {program.process.pid}) works in")
    assert program.end()[0] == 0


def test_what_is_asked_wrongly_is_refused_and_told(program: Program) -> None:
    program.start()
    for message, code in (
        ({"do": "dance"}, "request"),
        ({"do": "start", "job": str(UUID(int=99))}, "no_job"),
        ({"do": "start", "job": str(JOB), "at": 5}, "too_late"),
    ):
        with pytest.raises(FairhourError) as caught:
            program.ask(**message)
        assert caught.value.problem.code == code
    assert program.status()["state"] == "stopped"
    program.end()


def test_the_smoke_test_shows_the_icon_and_says_how_long_it_took(program: Program) -> None:
    process = program.popen("--smoke")
    said, _ = process.communicate(timeout=START_S)
    assert process.returncode == 0
    report = json.loads(said)
    assert report["tray"] is True
    assert 0 < report["seconds"] < START_S
    assert not (program.home / "journal.sqlite3").exists(), "it leaves the user's own record alone"


def test_a_start_finishes_the_erasing_of_moves_that_were_killed(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    old = tmp_path / "old"
    shutil.copytree(program.home, old)
    old_copy.note(old, program.home, {path: Copied(path.stat().st_size, hash_of(path)) for path in files_of(old)})
    half = tmp_path / "half"
    shutil.copytree(program.home, half)
    half_copy.begin(program.home, half)
    make_folder(usual_folder())
    (usual_folder() / POINTER).write_bytes(os.fsencode(program.home))
    program.start("--hidden")
    wait_until(lambda: not (program.home / MOVED_FROM).exists(), START_S)
    assert program.process is not None
    if sys.platform == "linux":
        import resource

        soft, _hard = resource.prlimit(program.process.pid, resource.RLIMIT_CORE)
        assert soft in (0, 1), "what it holds in memory is laid on no disk"
    assert [path.name for path in old.iterdir()] == [path.name for path in half.iterdir()] == ["lock"]
    assert program.end()[0] == 0


def test_a_wrong_environment_gets_one_clear_line(program: Program) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tracker_app"],
        env=program.env | {"FAIRHOUR_CLOCK": "soon"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=START_S,
        check=False,
    )
    assert process.returncode == 1
    assert process.stderr.startswith("Clock not understood.")
    assert process.stderr.count("\n") == 1

"""One tracker for each data folder, whoever starts it and however the last one ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.support.unprivileged import as_ordinary_user, is_root
from tracker_app.instance import holder, take
from tracker_app.main import lock_or_raise
from worktime.errors import FairhourError

HOLD = """
import sys, time
from pathlib import Path
from tracker_app.instance import take
print("taken" if take(Path(sys.argv[1])) else "refused", flush=True)
time.sleep(60)
"""


def hold_elsewhere(home: Path) -> subprocess.Popen[str]:
    """Take the lock in another process."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "taken\n"
    return process


def end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    process.communicate(timeout=20)


def test_a_second_one_is_refused_until_the_first_has_let_go(tmp_path: Path) -> None:
    first = take(tmp_path)
    assert first is not None
    assert take(tmp_path) is None
    assert holder(tmp_path) == os.getpid()
    first.close()
    again = take(tmp_path)
    assert again is not None
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_a_killed_one_leaves_nothing_behind(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    process = hold_elsewhere(home)
    assert take(home) is None
    assert holder(home) == process.pid
    end(process, signal.SIGKILL)
    lock = take(home)
    assert lock is not None
    assert holder(home) == os.getpid()
    lock.close()


def test_a_folder_that_was_never_used_has_no_holder(tmp_path: Path) -> None:
    assert holder(tmp_path) is None


def test_one_that_does_not_answer_is_named(tmp_path: Path) -> None:
    process = hold_elsewhere(tmp_path)
    with pytest.raises(FairhourError) as caught:
        lock_or_raise(tmp_path, patience_s=0.1)
    assert caught.value.problem.code == "running_silent"
    assert f"process {process.pid}" in caught.value.problem.message
    end(process, signal.SIGTERM)


def test_one_that_is_just_ending_is_waited_for(tmp_path: Path) -> None:
    process = hold_elsewhere(tmp_path)
    process.kill()
    began = time.monotonic()
    lock = lock_or_raise(tmp_path, patience_s=20)
    assert lock is not None
    assert time.monotonic() - began < 15
    lock.close()
    process.communicate(timeout=20)


@pytest.mark.skipif(sys.platform == "win32", reason="owners are of POSIX")
def test_another_persons_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(FairhourError) as caught:
        take(tmp_path)
    assert caught.value.problem.code == "home_foreign"
    assert not (tmp_path / "lock").exists()


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FairhourError) as caught:
        take(tmp_path / "file" / "home")
    assert caught.value.problem.code == "home_unusable"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a second account")
def test_two_people_on_one_machine_do_not_meet() -> None:
    """Root's tests have an ordinary account at hand; an ordinary user has no second one, and enters the own folder."""
    with tempfile.TemporaryDirectory() as shared:
        Path(shared).chmod(0o755)
        mine = take(Path(shared) / "mine")
        assert mine is not None
        asks = f"import os; print(os.path.exists({shared!r}), os.access({shared + '/mine'!r}, os.R_OK | os.X_OK))"
        said = subprocess.run(
            as_ordinary_user(["/usr/bin/python3", "-c", asks]), capture_output=True, text=True, check=True
        )
        assert said.stdout.split() == ["True", "False" if is_root() else "True"]
        mine.close()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nobody_else_can_write_into_the_data_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    lock = take(tmp_path)
    assert lock is not None
    lock.close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755, "who could read a folder of that name still can"

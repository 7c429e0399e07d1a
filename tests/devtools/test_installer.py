"""An installer is followed line by line, and goes when its user does. The installers are small programs of our own."""

import os
import sys
from pathlib import Path

import pytest

from devtools.console import Progress, UserError
from devtools.installer import Installer

COUNTING = "for name in ('one', 'two'): print(f'Collecting {name}==1'); print('  Downloading ...')"
WAITING = "import os, signal; print(f'Collecting {os.getpid()}', flush=True); signal.pause()"


def installer(folder: Path) -> Installer:
    return Installer("trying", folder / "logs" / "log", counted=["Collecting "])


def test_counted_lines_move_the_progress_and_all_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    installer(tmp_path).run([sys.executable, "-c", COUNTING], Progress("things", 2))
    assert "things: 1 of 2  one==1" in capsys.readouterr().out
    assert (tmp_path / "logs" / "log").read_text().count("\n") == 4


def test_a_failure_names_its_reason_and_the_log(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^Stopped while trying: ERROR: nothing there\. Details: .*logs/log$"):
        installer(tmp_path).run(
            [sys.executable, "-c", "import sys; sys.exit('ERROR: nothing there')"], Progress("x", 1)
        )


def test_ctrl_c_ends_the_installer_too(tmp_path: Path) -> None:
    class Interrupted(Progress):
        pid = 0

        def advance(self, what: str) -> None:
            Interrupted.pid = int(what)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        installer(tmp_path).run([sys.executable, "-c", WAITING], Interrupted("x", 1))
    with pytest.raises(ProcessLookupError):
        os.kill(Interrupted.pid, 0)

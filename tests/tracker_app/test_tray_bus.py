"""The real program's icon in a panel that takes icons and menus over D-Bus, as KDE and most Wayland desktops do."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from devtools import processes
from devtools.bus import private_bus
from tests.support.bus import fake
from tests.tracker_app.samples import job_list
from tests.tracker_app.test_process import Program, wait_until

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="StatusNotifierItem is of Linux's desktops"
)


def shown() -> bool:
    """Whether the program has made its window; this process's own may still stand on the display."""
    listed = processes.output_of(["xwininfo", "-root", "-tree"], os.environ).splitlines()
    return any('"Fairhour":' in line and "pytest" not in line for line in listed)


def test_the_icon_registers_tells_its_state_and_obeys_the_panel(
    tmp_path: Path, desktop: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(tmp_path / "home", None)
    with private_bus() as bus, fake("tests.ui.fake_status_notifier", bus) as panel:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
        program.start("--hidden")
        assert program.process is not None
        try:
            panel.expect("registered")
            panel.tell(f"describe {tmp_path / 'icon.json'}")
            told = json.loads((tmp_path / "icon.json").read_text(encoding="utf-8"))
            assert told["status"] == "Active"
            assert {(size, size, size * size * 4) for size in (16, 22, 24, 32, 48, 64)} <= set(
                map(tuple, told["sizes"])
            )
            assert "Stopped" in " ".join(told["tip"])
            job = job_list().jobs[0]
            wanted = {
                "Stopped",
                "Start",
                f"{job.client}: {job.title}",
                "Open Work View in the browser",
                "Quit Fairhour",
            }
            assert wanted <= set(told["lines"])
            panel.tell("choose Start")
            wait_until(lambda: program.status()["state"] == "recording", 10)
            assert not shown()
            panel.tell("activate")
            wait_until(shown, 10)
            panel.tell("choose Stop")
            wait_until(lambda: program.status()["state"] == "stopped", 10)
            panel.tell("choose Quit Fairhour")
            assert program.process.wait(timeout=20) == 0
        finally:
            program.process.kill()
            _, said = program.process.communicate()
    assert "Traceback" not in said

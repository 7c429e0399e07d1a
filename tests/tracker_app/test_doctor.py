"""``fairhour doctor``: on the real virtual desktop, and in words for what can be found elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from devtools.bus import private_bus
from idle.macos_trust import examine_accessibility
from tests.support.desktop import Desktop
from tests.support.pseudo_language import spoken, untranslated
from tests.support.xserver import x_server
from tracker_app import cli, cli_doctor, control, doctor, tray_check
from tracker_app.doctor import Finding, Part
from tracker_app.doctor_packages import install_command
from worktime.errors import Problem, failure, make_problem

LONE = make_problem("capture_unavailable", "No", "Nothing ({detail}).", "Do.", detail="x")
SILENT = make_problem("session_unavailable", "No", "Neither logind nor a screen saver is running.", "Do.")


def carried_out(capsys: pytest.CaptureFixture[str], status: int) -> dict[str, Any]:
    assert cli.main(["doctor", "--json"]) == status
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_on_the_virtual_desktop_screen_input_and_tray_are_found(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    monkeypatch.setenv("FAIRHOUR_HOME", str(tmp_path))
    with private_bus() as system:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", system)
        answer = carried_out(capsys, 0)
    found = {part["part"]: part for part in answer["parts"]}
    assert list(found) == [part for part in Part if part is not Part.ACCESSIBILITY], "that is of macOS"
    assert not answer["running"]
    assert {name: found[name]["back_end"] for name in ("screen", "input", "tray", "counts")} == {
        "screen": "x11",
        "input": "x11",
        "tray": "XEmbed",
        "counts": "pynput",
    }
    assert found["session"]["problem"]["code"] == "session_unavailable"
    assert [part["part"] for part in answer["parts"] if (part["why"] is None) != (part["problem"] is not None)] == []


def test_without_a_display_it_says_so_and_fails_nowhere(tmp_path: Path) -> None:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with private_bus() as bus:
        done = subprocess.run(
            [sys.executable, "-m", "tracker_app.cli", "doctor"],
            env=bare
            | {"FAIRHOUR_HOME": str(tmp_path), "DBUS_SYSTEM_BUS_ADDRESS": bus, "DBUS_SESSION_BUS_ADDRESS": bus},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")
    for part, name in cli_doctor.titles().items():
        assert (f"{name}: nothing" in done.stdout) == (part is not Part.ACCESSIBILITY)
    assert "Start Fairhour from within your desktop session." in done.stdout


FINDINGS = (
    Finding(Part.SCREEN, "grim"),
    Finding(Part.INPUT, "mutter"),
    Finding(Part.SESSION, "none", SILENT, "sudo apt install libpam-systemd"),
    Finding(Part.COUNTS, "pynput"),
    Finding(Part.ACCESSIBILITY, "macos"),
    Finding(Part.KEYRING, "Sample keyring"),
    Finding(Part.TRAY, "XEmbed"),
)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Finding]:
    """What the doctor finds; may be changed."""
    findings = list(FINDINGS)
    monkeypatch.setenv("FAIRHOUR_HOME", str(tmp_path))
    monkeypatch.setattr(cli_doctor, "examine", lambda: tuple(findings))
    return findings


def test_the_text_names_what_is_used_and_the_command_for_what_is_missing(
    found: list[Finding], capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    assert cli.main(["doctor"]) == 0, "what is missing is a convenience"
    text = capsys.readouterr().out
    assert text.startswith("Fairhour is not running; started from here it would use this:\n\nScreenshots: grim\n")
    assert "Lock and sleep: nothing\n  Neither logind nor a screen saver is running." in text
    assert "  To install it: sudo apt install libpam-systemd\n" in text


def test_on_macos_accessibility_is_told_and_is_no_need(
    found: list[Finding], capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    looks = doctor._looks({}, "darwin")
    assert list(looks) == list(Part)
    name, problem = looks[Part.ACCESSIBILITY]()
    assert (name, problem is None) in (("none", False), ("macos", True), ("macos", False))
    off = examine_accessibility(load=lambda _path: SimpleNamespace(AXIsProcessTrusted=lambda: False))
    found[4] = Finding(Part.ACCESSIBILITY, *off)
    assert carried_out(capsys, 0)["ok"]
    assert cli.main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "Accessibility: macos\n  macOS does not let Fairhour see keys and clicks in other programs." in said
    assert "Only their counts need it." in said


def test_without_pictures_the_status_is_1(found: list[Finding], capsys: pytest.CaptureFixture[str]) -> None:
    found[0] = Finding(Part.SCREEN, "none", LONE)
    assert not carried_out(capsys, 1)["ok"]


def test_a_running_tracker_is_named_with_its_problems(
    found: list[Finding], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(control, "request", lambda _home, _message: {"problems": ["disk_nearly_full"]})
    answer = carried_out(capsys, 0)
    assert (answer["running"], answer["problems"]) == (True, ["disk_nearly_full"])
    assert cli.main(["doctor"]) == 0
    assert capsys.readouterr().out.startswith("Fairhour is running.\n")


@pytest.mark.parametrize("running", [False, True])
def test_every_word_is_translated(
    found: list[Finding],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    qapp: QApplication,
    running: bool,
) -> None:
    def answer(_home: Path, _message: dict[str, Any]) -> dict[str, Any]:
        if not running:
            raise failure("not_running", "No", "No.", "No.")
        return {}

    monkeypatch.setattr(control, "request", answer)
    found[2] = Finding(Part.SESSION, "none", real_problem(), "sudo apt install libpam-systemd")
    names = tuple(each.back_end for each in found if each.problem is None)
    with spoken():
        assert cli.main(["doctor"]) == 0
    assert untranslated(capsys.readouterr().out, values=(*names, "sudo apt install libpam-systemd")) == ""


def real_problem() -> Problem:
    """What is said where neither logind nor a screen saver is on the buses."""
    with private_bus() as bus:
        env = {"DBUS_SYSTEM_BUS_ADDRESS": bus, "DBUS_SESSION_BUS_ADDRESS": bus}
        problem = doctor._session(env, "linux")[1]
    assert problem is not None
    return problem


def test_each_part_s_own_problem_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"DISPLAY": ":9", "XDG_SESSION_TYPE": "wayland", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    assert doctor._input({}, "linux")[0] == "none"
    name, problem = doctor._input(nowhere, "linux")
    assert name != "none"
    assert problem is not None
    assert problem.code.startswith("idle_")


class TestTray:
    def test_a_bare_x_server_shows_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with x_server() as server, private_bus() as bus:
            for name, value in {**server.env, "DBUS_SESSION_BUS_ADDRESS": bus}.items():
                monkeypatch.setenv(name, value)
            name, problem = tray_check.examine_tray()
        assert name == "none"
        assert problem is not None
        assert problem.message.startswith("This desktop shows no tray icons")

    def test_a_qt_that_takes_too_long_is_told(self) -> None:
        name, problem = tray_check.examine_tray(timeout_s=0.01)
        assert name == "none"
        assert problem is not None
        assert problem.values == {"detail": "TimeoutExpired"}


def packages(path: Path, *managers: str) -> str:
    """A PATH on which these package managers are."""
    for name in managers:
        (path / name).write_text("#!/bin/sh\n")
        (path / name).chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("part", "problem", "desktop", "command"),
    [
        ("screen", LONE, "GNOME", "sudo dnf install xdg-desktop-portal-gnome"),
        ("screen", LONE, "KDE", "sudo dnf install xdg-desktop-portal-kde"),
        ("screen", LONE, "sway", "sudo dnf install grim"),
        ("session", SILENT, "sway", None),
        ("keyring", LONE, "KDE", "sudo dnf install kwalletmanager"),
        ("keyring", LONE, "XFCE", "sudo dnf install gnome-keyring"),
        ("tray", LONE, "ubuntu:GNOME", "sudo dnf install gnome-shell-extension-appindicator"),
        ("tray", LONE, "river", "sudo dnf install waybar"),
        ("input", LONE, "KDE", None),
    ],
)
def test_the_command_fits_desktop_and_system(
    part: str, problem: Problem, desktop: str, command: str | None, tmp_path: Path
) -> None:
    env = {"XDG_CURRENT_DESKTOP": desktop, "WAYLAND_DISPLAY": "w", "PATH": packages(tmp_path, "dnf")}
    assert install_command(part, problem, env, "linux") == command


def test_no_command_where_it_would_not_help(tmp_path: Path) -> None:
    env = {"DISPLAY": ":0", "PATH": packages(tmp_path)}
    assert install_command("keyring", LONE, env, "linux") is None, "no package manager that we know"
    assert install_command("keyring", LONE, env, "win32") is None
    debian = {"PATH": packages(tmp_path, "apt-get")}
    assert install_command("session", SILENT, debian, "linux") == "sudo apt install libpam-systemd"
    missing = make_problem("counts_unavailable", "No", "pynput can't be used here ({detail}).", "Do.", detail="x")
    assert install_command("counts", missing, env, "linux") == f"{sys.executable} -m pip install --no-deps pynput six"
    assert install_command("counts", missing, {}, "linux") is None, "it needs a display first"
    assert install_command("counts", LONE, env, "linux") is None

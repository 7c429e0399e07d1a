"""Starting at login, on three systems: what is written is what their vendors' documentation asks for."""

from __future__ import annotations

import os
import plistlib
import sys
from pathlib import Path

import pytest

from tracker_app.autostart import Autostart, command, open_autostart
from tracker_app.autostart_macos import LABEL, MacAutostart
from tracker_app.autostart_windows import APPROVED, NAME, RUN, WindowsAutostart, open_registry
from tracker_app.autostart_xdg import FILE, XdgAutostart, exec_value
from tracker_app.settings import data_folder
from worktime.errors import FairhourError

COMMAND = ["/opt/Fair hour/tracker", "--hidden"]


class FakeRegistry:
    """HKEY_CURRENT_USER as a dictionary."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.broken = False

    def read(self, key: str, name: str) -> str | bytes | None:
        self._fail()
        return self.values.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self._fail()
        self.values[key, name] = text

    def remove(self, key: str, name: str) -> None:
        self._fail()
        self.values.pop((key, name), None)

    def _fail(self) -> None:
        if self.broken:
            raise PermissionError(5, "Access is denied")


def code(autostart: Autostart, *, on: bool) -> str:
    """How it fails."""
    with pytest.raises(FairhourError) as caught:
        autostart.switch(on=on)
    return caught.value.problem.code


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_it_is_off_until_it_is_switched_on_and_off_again_after_that(tmp_path: Path, system: str) -> None:
    ways: dict[str, Autostart] = {
        "linux": XdgAutostart(COMMAND, tmp_path / "new" / "autostart"),
        "win32": WindowsAutostart(COMMAND, FakeRegistry()),
        "darwin": MacAutostart(COMMAND, tmp_path / "new" / "LaunchAgents"),
    }
    autostart = ways[system]
    autostart.switch(on=False)
    assert not autostart.is_on()
    for _ in range(2):
        autostart.switch(on=True)
        assert autostart.is_on()
    autostart.switch(on=False)
    assert not autostart.is_on()


def test_linux_gets_a_desktop_entry(tmp_path: Path) -> None:
    autostart = XdgAutostart(COMMAND, tmp_path)
    autostart.switch(on=True)
    entry = tmp_path / FILE
    assert entry.read_text().splitlines() == [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Fairhour",
        'Exec="/opt/Fair hour/tracker" --hidden',
        "TryExec=/opt/Fair hour/tracker",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    for off in ("Hidden=true\n", "X-GNOME-Autostart-enabled=false\n"):
        entry.write_text(f"[Desktop Entry]\n{off}[Other]\nHidden=false\n")
        assert not autostart.is_on(), "the desktop's own settings switched it off"
    entry.write_text("[Desktop Entry]\n[Other]\nHidden=true\n")
    assert autostart.is_on()
    entry.write_bytes(b"\xff")
    assert not autostart.is_on()
    strange = XdgAutostart([os.fsdecode(b"/opt/\xe9t\xe9/tracker")], tmp_path / "strange")
    strange.switch(on=True)
    assert strange.is_on(), "a path that is no UTF-8 is a path"
    assert b"\nExec=/opt/\xe9t\xe9/tracker\n" in (tmp_path / "strange" / FILE).read_bytes()


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("plain-1.0_x/y=z", "plain-1.0_x/y=z"),
        ("", '""'),
        ("a b", '"a b"'),
        ("100%", "100%%"),
        # The specification's own examples: four backslashes for one, and two before a dollar sign.
        ("a\\b", '"a\\\\\\\\b"'),
        ("a$b", '"a\\\\$b"'),
        ('say "hi"', '"say \\\\"hi\\\\""'),
    ],
)
def test_arguments_are_quoted_as_the_specification_says(argument: str, value: str) -> None:
    assert exec_value([argument]) == value


def test_windows_gets_a_value_of_the_run_key() -> None:
    registry = FakeRegistry()
    autostart = WindowsAutostart(COMMAND, registry)
    registry.values[APPROVED, NAME] = bytes([3] + [0] * 11)
    autostart.switch(on=True)
    assert registry.values == {(RUN, NAME): '"/opt/Fair hour/tracker" --hidden'}
    for first, is_on in ((2, True), (3, False), (6, True), (7, False)):
        registry.values[APPROVED, NAME] = bytes([first] + [0] * 11)
        assert autostart.is_on() == is_on, "the task manager says so"
    registry.broken = True
    assert not autostart.is_on()
    assert code(autostart, on=True) == code(autostart, on=False) == "autostart_unwritable"
    assert code(WindowsAutostart(["x" * 260, "--hidden"], FakeRegistry()), on=True) == "autostart_long"


def test_macos_gets_a_launch_agent(tmp_path: Path) -> None:
    autostart = MacAutostart(COMMAND, tmp_path)
    autostart.switch(on=True)
    file = tmp_path / f"{LABEL}.plist"
    agent = plistlib.loads(file.read_bytes())
    assert agent["Label"] == file.stem, "launchd.plist(5) wants files to be named so"
    assert agent["ProgramArguments"] == COMMAND
    assert (agent["RunAtLoad"], agent["LimitLoadToSessionType"]) == (True, "Aqua")
    file.write_bytes(plistlib.dumps({**agent, "Disabled": True}))
    assert not autostart.is_on()
    for odd in (b"", b"<plist>", b"bplist00", plistlib.dumps(["no", "agent"])):
        file.write_bytes(odd)
        assert not autostart.is_on()


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for autostart in (XdgAutostart(COMMAND, tmp_path / "file"), MacAutostart(COMMAND, tmp_path / "file")):
        assert code(autostart, on=True) == "autostart_unwritable"


def test_each_system_has_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    home = data_folder({})
    here = open_autostart(home, environ={"XDG_CONFIG_HOME": str(tmp_path / "config")}, system="linux")
    here.switch(on=True)
    assert (tmp_path / "config/autostart" / FILE).exists()
    open_autostart(home, environ={"XDG_CONFIG_HOME": "relative"}, system="linux").switch(on=True)
    assert (tmp_path / ".config/autostart" / FILE).exists()
    open_autostart(home, environ={}, system="darwin").switch(on=True)
    assert (tmp_path / f"Library/LaunchAgents/{LABEL}.plist").exists()
    with pytest.raises(FairhourError, match="autostart_home"):
        open_autostart(tmp_path / "elsewhere")
    if sys.platform != "win32":
        with pytest.raises(OSError, match="registry"):
            open_registry()


def test_what_starts_is_this_program_without_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    assert command() == [sys.executable, "-P", "-m", "tracker_app", "--hidden"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "--hidden"]

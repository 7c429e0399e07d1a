"""System packages: found by dpkg, installed by root, named to everybody else. apt-get and dpkg-query are stand-ins."""

import os
from pathlib import Path

import pytest

from devtools import packages
from devtools.console import UserError

LISTED = """# Heading
# group: python venv
python3-venv

# group: windows Qt
libegl1
libglib2.0-0

# group: tests browser
chromium

# group: wayland on demand
sway
"""
DPKG = """#!/bin/sh
echo 'ii  libegl1 '
echo 'ii  libglib2.0-0t64 libglib2.0-0 (= 2.84), libglib2.0-0-other'
echo 'rc  chromium '
[ -e "$0.installed" ] && echo 'ii  chromium www-browser' && echo 'ii  python3-venv '
exit 0
"""
APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "$0.calls"
case "$*" in
*-s*) echo 'Conf python3-venv (3.11)'; echo 'Conf chromium (156)'; exit 0;;
*install*) echo 'Setting up python3-venv (3.11) ...'; touch "$(dirname "$0")/dpkg-query.installed";;
esac
"""
OFFLINE = """#!/bin/sh
echo "  Temporary failure resolving 'mirror.example'"
echo "W: Some index files failed to download. They have been ignored, or old ones used instead."
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stand-in programs, first on PATH."""
    for name, text in (("dpkg-query", DPKG), ("apt-get", APT)):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "debian.txt").write_text(LISTED)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(packages, "LIST", tmp_path / "debian.txt")
    monkeypatch.setattr(packages, "LOG", tmp_path / "log" / "packages.log")
    return tmp_path


def as_user(monkeypatch: pytest.MonkeyPatch, *, root: bool) -> None:
    monkeypatch.setattr(packages, "is_root", lambda: root)


def test_the_real_list_has_the_groups_that_verbs_name() -> None:
    listed = packages.groups(packages.LIST.read_text())
    assert {"python", "windows", "desktop", "tests"} <= set(listed)
    names = [name for members in listed.values() for name in members]
    assert len(names) == len(set(names))


@pytest.mark.usefixtures("machine")
def test_provided_counts_as_installed_and_removed_does_not() -> None:
    assert packages.missing(["libegl1", "libglib2.0-0", "libglib2.0-0-other", "chromium", "2.84"]) == (
        "2.84",
        "chromium",
    )


def test_root_installs_what_is_missing_once(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=True)
    packages.ensure(["windows"])
    packages.ensure(["windows"])
    calls = (machine / "apt-get.calls").read_text().splitlines()
    assert calls == [
        "noninteractive update -q",
        "noninteractive install -s --no-install-recommends chromium python3-venv",
        "noninteractive install -q -y --no-install-recommends chromium python3-venv",
    ]
    assert "Setting up python3-venv" in packages.LOG.read_text()


def test_a_package_that_stays_missing_is_named(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=True)
    (machine / "apt-get").write_text("#!/bin/sh\n")
    with pytest.raises(UserError, match="apt-get did not install chromium, python3-venv"):
        packages.ensure(["windows"])


def test_no_network_is_one_line(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=True)
    # apt-get update exits 0 although it reached nothing.
    (machine / "apt-get").write_text(OFFLINE)
    with pytest.raises(UserError, match=r"^No network while installing system packages"):
        packages.ensure(["windows"])


@pytest.mark.usefixtures("machine")
def test_no_disk_space_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=True)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 300_000_000}))
    with pytest.raises(UserError, match=r"need 1.5 GB of disk space, 0.3 GB are free"):
        packages.ensure(["windows"])


@pytest.mark.usefixtures("machine")
def test_an_ordinary_user_is_told_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=False)
    expected = "sudo apt-get install --no-install-recommends chromium python3-venv$"
    with pytest.raises(UserError, match=f"^System packages are missing.*{expected}"):
        packages.ensure(["windows", "tests"])


@pytest.mark.usefixtures("machine")
def test_packages_of_other_verbs_are_a_remark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, root=False)
    # This Python makes environments without python3-venv, as Debian's doesn't.
    packages.ensure(["python", "windows"])
    assert "Some system packages are missing, for tests or the virtual desktop" in capsys.readouterr().out


@pytest.mark.usefixtures("machine")
def test_debians_python_needs_python3_venv(monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UserError, match="python3-venv"):
        packages.ensure(["python", "windows"])


def test_systems_without_apt_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    packages.ensure(["windows"])


def test_whole_desktops_are_installed_on_demand_alone(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, root=True)
    packages.ensure(["windows"])
    calls = machine / "apt-get.calls"
    assert "sway" not in calls.read_text()
    with pytest.raises(UserError, match="did not install sway"):
        packages.ensure(["windows", "wayland"])
    assert "sway" in calls.read_text()

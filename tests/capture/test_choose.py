"""The right source for each system, and never mss where Wayland runs."""

import subprocess
import sys

import pytest

import capture
from worktime.errors import FairhourError
from worktime.wire import NoPicture

X11 = {"DISPLAY": ":7", "XDG_SESSION_TYPE": "x11", "WAYLAND_DISPLAY": ""}
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there mss has two ways to X11")
WAYLANDS = [
    {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "XDG_SESSION_TYPE": "wayland"},
    {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"},
    {"DISPLAY": ":0", "XDG_SESSION_TYPE": "Wayland"},
    {"WAYLAND_DISPLAY": "wayland-1"},
]


def test_x11_where_only_x_is_named() -> None:
    source = capture.open_source(env=X11, system="linux")
    assert (source.name, source.problem) == ("x11", None)


@pytest.mark.parametrize("env", WAYLANDS)
def test_wayland_never_grabs_through_xwayland(env: dict[str, str]) -> None:
    assert capture.open_source(env=env, system="linux").name == "wayland"


@pytest.mark.parametrize(("system", "name"), [("win32", "windows"), ("darwin", "macos")])
def test_other_systems_ignore_linux_variables(system: str, name: str) -> None:
    assert capture.open_source(env=WAYLANDS[0], system=system).name == name


def test_without_a_display_every_grab_says_why() -> None:
    source = capture.open_source(env={}, system="linux")
    assert source.name == "none"
    assert source.problem is not None
    with pytest.raises(FairhourError, match="DISPLAY") as caught:
        capture.take(source)
    assert caught.value.problem == source.problem
    assert capture.no_picture(source.problem) is NoPicture.FAILED


def test_nothing_heavy_is_imported_before_the_first_picture() -> None:
    script = (
        "import sys, capture, idle; capture.open_source(); idle.open_source();"
        "print(sorted({'mss', 'PIL', 'jeepney', 'Xlib', 'pynput', 'PySide6'} & set(sys.modules)));"
        "capture.warm_up(); print('mss' in sys.modules, 'PIL' in sys.modules)"
    )
    assert _said(script) == ["[]", "True False"]


def _said(script: str) -> list[str]:
    """What a program of its own prints: what is loaded here depends on the tests before."""
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.splitlines()


@ON_LINUX
def test_warmed_up_all_is_loaded_that_a_grab_needs_but_not_the_older_way_to_x11() -> None:
    wanted = ("capture.redaction", "capture.darkroom", "mss.linux.xshmgetimage", "mss.linux.xlib")
    script = (
        f"import sys, capture; capture.warm_up(); print([name in sys.modules for name in {wanted}]);"
        "import mss.linux.xlib; print(bool(mss.linux.xlib.XErrorEvent._fields_))"
    )
    assert _said(script) == ["[True, True, True, False]", "True"]


@ON_LINUX
def test_an_mss_that_makes_more_of_the_older_way_is_loaded_whole() -> None:
    script = (
        "import sys\nfrom capture import mss_grab\n"
        "mss_grab._NAMES = 'Display'\nmss_grab.load()\n"
        "print(bool(sys.modules['mss.linux.xlib'].XErrorEvent._fields_), 'mss.linux.xshmgetimage' in sys.modules)"
    )
    assert _said(script) == ["True True"]

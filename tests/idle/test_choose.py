"""The right source for each system, chosen when the program runs."""

import pytest

import idle
from worktime.errors import FairhourError


@pytest.mark.parametrize(
    ("env", "system", "name"),
    [
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}, "linux", "x11"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "wayland"),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "linux", "wayland"),
        ({}, "linux", "none"),
        ({"DISPLAY": ":0"}, "win32", "windows"),
        ({"DISPLAY": ":0"}, "darwin", "macos"),
    ],
)
def test_each_system_has_its_source(env: dict[str, str], system: str, name: str) -> None:
    assert idle.open_source(env=env, system=system).name == name


def test_without_a_display_every_call_says_why() -> None:
    source = idle.open_source(env={}, system="linux")
    with pytest.raises(FairhourError, match="DISPLAY") as caught:
        source.idle_ms()
    assert caught.value.problem == source.problem

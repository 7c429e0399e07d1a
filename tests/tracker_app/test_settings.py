"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker_app.settings import THEMES, data_folder, read_settings
from ui.theme import Choice
from worktime.business_clock import ClockOrigin
from worktime.errors import FairhourError


def test_what_the_environment_says_is_taken() -> None:
    settings = read_settings(
        {
            "FAIRHOUR_HOME": "/somewhere",
            "FAIRHOUR_SERVER": "http://127.0.0.1:8321",
            "FAIRHOUR_SAMPLE": "1",
            "FAIRHOUR_CLOCK": "1000:2000:60",
            "FAIRHOUR_TOKEN_FILE": "/token",
            "FAIRHOUR_THEME": "dark",
        }
    )
    assert settings.home == Path("/somewhere")
    assert settings.clock == ClockOrigin(1000, 2000, 60)
    assert settings.sample
    assert settings.token_file == Path("/token")
    assert settings.hold_s == 120
    assert settings.theme == "dark"


def test_without_an_environment_it_is_an_ordinary_tracker() -> None:
    settings = read_settings({})
    assert settings.clock is None
    assert not settings.sample
    assert settings.theme == "system"
    assert settings.home == data_folder({})
    assert settings.home.is_absolute()
    assert settings.device_name


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("FAIRHOUR_CLOCK", "soon", "clock"),
        ("FAIRHOUR_CLOCK", "1:2:0", "clock"),
        ("FAIRHOUR_SERVER", "here", "server_address"),
        ("FAIRHOUR_SERVER", "http://fairhour.example.test", "server_not_private"),
        ("FAIRHOUR_SERVER", "http://192.0.2.1:8321", "server_not_private"),
        ("FAIRHOUR_SERVER", "http://127.0.0.1@fairhour.example.test/", "server_not_private"),
        ("FAIRHOUR_SERVER", "http://", "server_not_private"),
        ("FAIRHOUR_THEME", "pink", "theme"),
    ],
)
def test_what_can_not_be_meant_is_told(name: str, value: str, code: str) -> None:
    with pytest.raises(FairhourError) as caught:
        read_settings({"FAIRHOUR_SAMPLE": "1", name: value})
    assert caught.value.problem.code == code


def test_another_clock_is_refused_outside_of_the_sample_mode() -> None:
    with pytest.raises(FairhourError, match="clock_in_earnest"):
        read_settings({"FAIRHOUR_CLOCK": "1000:2000:60"})


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8321", "http://localhost", "http://[::1]:8321", "https://fairhour.example.test"]
)
def test_addresses_that_nobody_else_can_read_are_taken(address: str) -> None:
    assert read_settings({"FAIRHOUR_SERVER": address}).server == address


def test_the_names_of_themes_are_those_of_the_windows() -> None:
    assert list(THEMES) == [str(choice) for choice in Choice]

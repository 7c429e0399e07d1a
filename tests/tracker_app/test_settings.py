"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker_app.settings import data_folder, read_settings
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
        }
    )
    assert settings.home == Path("/somewhere")
    assert settings.clock == ClockOrigin(1000, 2000, 60)
    assert settings.sample
    assert settings.token_file == Path("/token")
    assert settings.hold_s == 120


def test_without_an_environment_it_is_an_ordinary_tracker() -> None:
    settings = read_settings({})
    assert settings.clock is None
    assert not settings.sample
    assert settings.home == data_folder({})
    assert settings.home.is_absolute()
    assert settings.device_name


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("FAIRHOUR_CLOCK", "soon", "clock"),
        ("FAIRHOUR_CLOCK", "1:2:0", "clock"),
        ("FAIRHOUR_SERVER", "here", "server_address"),
    ],
)
def test_what_can_not_be_meant_is_told(name: str, value: str, code: str) -> None:
    with pytest.raises(FairhourError) as caught:
        read_settings({name: value})
    assert caught.value.problem.code == code

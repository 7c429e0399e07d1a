"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker_app.settings import THEMES, built_in_server, data_folder, read_settings, server_address
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
        ("FAIRHOUR_SERVER", "ftp://fairhour.example.test", "server_address"),
        ("FAIRHOUR_SERVER", "http://fairhour.example.test", "server_not_private"),
        ("FAIRHOUR_SERVER", "http://192.0.2.1:8321", "server_not_private"),
        ("FAIRHOUR_SERVER", "http://127.0.0.1@fairhour.example.test/", "server_address"),
        ("FAIRHOUR_SERVER", "http://", "server_address"),
        ("FAIRHOUR_SERVER", "https://[", "server_address"),
        ("FAIRHOUR_SERVER", "https://fairhour.example.test/?page=1", "server_address"),
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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fairhour.example.test", "https://fairhour.example.test"),
        (" https://fairhour.example.test/ ", "https://fairhour.example.test"),
        ("fairhour.example.test:8443", "https://fairhour.example.test:8443"),
        ("localhost:8321", "http://localhost:8321"),
        ("127.0.0.1:8321", "http://127.0.0.1:8321"),
    ],
)
def test_an_address_is_understood_as_it_is_typed(typed: str, meant: str) -> None:
    assert server_address(typed) == meant


def test_a_build_can_have_a_marketplace_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built_in_server() == ""
    monkeypatch.setattr("tracker_app.settings.SERVER_FILE", tmp_path / "server.txt")
    (tmp_path / "server.txt").write_text("https://fairhour.example.test\n")
    assert built_in_server() == "https://fairhour.example.test"


@pytest.mark.parametrize("days", ["-1", "91", "some", "1.5", ""])
def test_days_that_can_t_be_meant_are_refused(days: str) -> None:
    with pytest.raises(FairhourError) as caught:
        read_settings({"FAIRHOUR_KEEP_DAYS": days})
    assert caught.value.problem.code == "keep_days"


def test_days_to_keep_what_was_sent() -> None:
    assert read_settings({}).keep_days == 0
    assert read_settings({"FAIRHOUR_KEEP_DAYS": "30"}).keep_days == 30


@pytest.mark.parametrize("minutes", ["11", "-1", "2.5", "two", "\u0662", ""])
def test_a_hold_that_cannot_be_is_told(minutes: str) -> None:
    with pytest.raises(FairhourError) as caught:
        read_settings({"FAIRHOUR_HOLD_MINUTES": minutes})
    assert caught.value.problem.code == "hold_minutes"


@pytest.mark.parametrize(("given", "seconds"), [({}, 120), ({"FAIRHOUR_HOLD_MINUTES": "0"}, 0)])
def test_how_long_a_picture_is_held(given: dict[str, str], seconds: int) -> None:
    assert read_settings(given).hold_s == seconds
    assert read_settings({"FAIRHOUR_HOLD_MINUTES": "10"}).hold_s == 600

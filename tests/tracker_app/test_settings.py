"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker_app.addresses import server_address
from tracker_app.preferences import Notice
from tracker_app.settings import VARIABLES, built_in_server, data_folder, read_settings
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
    assert settings.fixed == {"theme": "dark"}


def test_without_an_environment_it_is_an_ordinary_tracker() -> None:
    settings = read_settings({})
    assert settings.clock is None
    assert not settings.sample
    assert settings.fixed == {}
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


@pytest.mark.parametrize(
    ("name", "code", "values"),
    [
        ("FAIRHOUR_KEEP_DAYS", "keep_days", ["-1", "91", "some", "1.5", ""]),
        ("FAIRHOUR_HOLD_MINUTES", "hold_minutes", ["11", "-1", "2.5", "two", "\u0662", ""]),
        ("FAIRHOUR_NOTICE", "notice", ["loud", ""]),
        ("FAIRHOUR_LANGUAGE", "language", ["German", "de-AT", "../de"]),
    ],
)
def test_a_preference_of_the_environment_that_can_t_be_meant_is_told(name: str, code: str, values: list[str]) -> None:
    for value in values:
        with pytest.raises(FairhourError) as caught:
            read_settings({name: value})
        assert caught.value.problem.code == code


@pytest.mark.parametrize(
    ("name", "value", "fixed"),
    [
        ("FAIRHOUR_KEEP_DAYS", "30", {"keep_days": 30}),
        ("FAIRHOUR_HOLD_MINUTES", "0", {"hold_s": 0}),
        ("FAIRHOUR_HOLD_MINUTES", "10", {"hold_s": 600}),
        ("FAIRHOUR_NOTICE", "none", {"notice": Notice.NONE}),
        ("FAIRHOUR_LANGUAGE", "de", {"language": "de"}),
        ("FAIRHOUR_LANGUAGE", "", {"language": ""}),
    ],
)
def test_a_preference_of_the_environment_is_fixed(name: str, value: str, fixed: dict[str, object]) -> None:
    assert read_settings({name: value}).fixed == fixed
    assert {VARIABLES[each] for each in fixed} == {name}

"""``fairhour sign-in`` waits for the browser, tells the address, and says how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tracker_app import cli, cli_account
from worktime.errors import FairhourError

ADDRESS = "https://fairhour.example/identity/o/authorize?state=x"
DENIED = {"code": "sign_in_denied", "title": "Not signed in", "message": "It was not allowed.", "action": "Again."}


def state(account: str, address: str = "", problem: dict[str, str] | None = None) -> dict[str, Any]:
    server = "https://fairhour.example"
    return {"ok": True, "sign_in": {"account": account, "address": address, "problem": problem, "server": server}}


class Tracker:
    """Answers one after the other, and the last one for ever."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        monkeypatch.setattr(cli_account, "request", self)

    def __call__(self, _home: Path, message: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(message)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def sign_in(**options: Any) -> dict[str, Any]:
    return cli_account.sign_in(Path(), "fairhour.example", rest=lambda _s: None, **options)


def test_it_tells_the_address_once_and_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Between the browser's answer and the first use of it nobody is signed in yet, and nothing is wrong.
    waiting = [state("signing_in", ADDRESS)] * 3
    tracker = Tracker(monkeypatch, state("signing_in"), *waiting, state("signed_out"), state("signed_in"))
    assert sign_in()["sign_in"]["account"] == "signed_in"
    assert tracker.asked[0] == {"do": "sign_in", "text": "fairhour.example"}
    assert capsys.readouterr().err.count(ADDRESS) == 1


def test_what_went_wrong_is_the_commands_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    Tracker(monkeypatch, state("signing_in"), state("signed_out", problem=DENIED))
    with pytest.raises(FairhourError) as caught:
        sign_in()
    assert caught.value.problem.code == "sign_in_denied"


def test_without_a_browser_it_goes_on_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    none = DENIED | {"code": "sign_in_no_browser"}
    Tracker(monkeypatch, state("signing_in", ADDRESS, none), state("signed_in"))
    assert sign_in()["sign_in"]["account"] == "signed_in"


def test_the_file_is_asked_for_after_the_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = Tracker(monkeypatch, state("signed_in"))
    sign_in(keep_in_file=True)
    assert tracker.asked[-1] == {"do": "keep_in_file"}


def test_ctrl_c_cancels_the_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = Tracker(monkeypatch, state("signing_in"))

    def interrupted(_s: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cli_account.sign_in(Path(), "", rest=interrupted)
    assert tracker.asked[-1] == {"do": "cancel_sign_in"}


def test_the_command_says_where_it_signed_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Tracker(monkeypatch, state("signed_in"))
    assert cli.main(["sign-in"]) == 0
    assert capsys.readouterr().out == "Signed in at https://fairhour.example.\n"

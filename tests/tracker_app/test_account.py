"""Signing in and out in the running tracker: browser, link, and another person on the same computer."""

from __future__ import annotations

import contextlib
import os
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.keyring_choice import safe_keyring
from tests.sync.keyrings import MemoryKeyring
from tests.tracker_app.fakes import JOB
from tests.tracker_app.small_marketplace import SmallMarketplace
from tracker_app.account_file import Kept, load_account, save_account
from tracker_app.jobs_file import load_jobs
from tracker_app.settings import read_settings
from tracker_app.tracker import Tracker
from ui.models import Account
from worktime.errors import FairhourError

WAIT = 15_000


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """The keyring, asked in this process; tests/sync/test_keyring_away.py asks one in a process of its own."""
    before, made = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(made)
    for place in ("sync.keyring_away.away", "sync.sealing.away"):
        monkeypatch.setattr(place, lambda: contextlib.nullcontext(safe_keyring()))
    yield made
    made.stuck.set()
    keyring.set_keyring(before)


@pytest.fixture
def market() -> Iterator[SmallMarketplace]:
    with SmallMarketplace() as made:
        yield made


class Desk:
    """A tracker and a browser of one line: it comes back with a code, or with what ``brings`` says."""

    def __init__(self, qtbot: QtBot, app: QApplication, home: Path) -> None:
        self.qtbot = qtbot
        self.app = app
        self.home = home
        self.brings: dict[str, str] = {"code": "c"}
        self.opened: list[str] = []
        self.opens = True
        self.tracker = self._make()

    def _make(self) -> Tracker:
        tracker = Tracker(self.app, read_settings({"FAIRHOUR_HOME": str(self.home)}))
        tracker._account._open_browser = self._browse
        tracker.start()
        return tracker

    def _browse(self, address: str) -> bool:
        self.opened.append(address)
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        back = f"{query['redirect_uri']}?{urlencode({'state': query['state'], **self.brings})}"
        if self.opens and self.brings:
            threading.Thread(target=lambda: urllib.request.urlopen(back, timeout=20).read(), daemon=True).start()
        return self.opens

    def restart(self) -> None:
        """Quit and start again on the same folder."""
        self.tracker.quit()
        self.tracker = self._make()

    def account(self) -> Account:
        return self.tracker._account.account

    def sign_in(self, server: str) -> None:
        """Sign in as the user does, and wait for the jobs."""
        self.tracker.actions.sign_in.emit(server)
        self.qtbot.waitUntil(lambda: self.account() is Account.SIGNED_IN and self.online(), timeout=WAIT)
        self.qtbot.waitUntil(lambda: bool(self.tracker._job_list()), timeout=WAIT)

    def online(self) -> bool:
        return self.tracker._link.status.online

    def problems(self) -> list[str]:
        return [problem.code for problem in self.tracker._sight.problems()]


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, qapp, tmp_path / "home")
    yield made
    made.tracker.quit()


def test_the_first_start_signs_in_and_the_next_one_remembers(desk: Desk, market: SmallMarketplace) -> None:
    assert desk.account() is Account.SIGNED_OUT
    assert desk.tracker.shell.window.sign_in.isVisible()
    desk.sign_in(market.address)
    assert not desk.tracker.shell.window.sign_in.isVisible()
    assert f"{market.address}/identity/o/authorize?" in desk.opened[0]
    desk.restart()
    desk.qtbot.waitUntil(desk.online, timeout=WAIT)
    assert len(desk.opened) == 1
    assert desk.tracker.requests.status()["signed_in"]
    assert desk.tracker.requests.status()["person"] == "Sample freelancer"


def test_what_was_recorded_before_signing_in_is_sent_after_it(desk: Desk, market: SmallMarketplace) -> None:
    desk.sign_in(market.address)
    desk.tracker.actions.sign_out.emit()
    desk.qtbot.waitUntil(lambda: market.revoked == 1, timeout=WAIT)
    desk.qtbot.waitUntil(lambda: desk.account() is Account.SIGNED_OUT, timeout=WAIT)
    sent = len(market.segments)
    desk.tracker.actions.start.emit(JOB)
    desk.qtbot.waitUntil(lambda: desk.tracker._link.view().segments == 1, timeout=WAIT)
    assert desk.tracker.recorder.running is not None
    assert len(market.segments) == sent
    desk.sign_in("")
    desk.qtbot.waitUntil(lambda: len(market.segments) > sent, timeout=WAIT)
    assert desk.tracker.recorder.running is not None, "signing in again stops nothing"


def test_a_sign_in_that_is_ended_there_is_told_and_recording_goes_on(desk: Desk, market: SmallMarketplace) -> None:
    desk.sign_in(market.address)
    desk.tracker.actions.start.emit(JOB)
    market.token_status = 400
    session = desk.tracker._link._session
    assert session is not None
    session.signin.drop_access()
    desk.tracker._link.nudge()
    desk.qtbot.waitUntil(lambda: desk.account() is Account.SIGNED_OUT, timeout=WAIT)
    desk.qtbot.waitUntil(lambda: desk.tracker.shell.window.sign_in.isVisible(), timeout=WAIT)
    assert "somebody signed it out there" in desk.tracker.shell.window.sign_in.text.text()
    assert desk.tracker.recorder.running is not None


def test_another_person_gets_nothing_of_what_was_recorded_and_it_waits_for_who_did(
    desk: Desk, market: SmallMarketplace
) -> None:
    desk.sign_in(market.address)
    desk.tracker.actions.sign_out.emit()
    desk.qtbot.waitUntil(lambda: desk.account() is Account.SIGNED_OUT, timeout=WAIT)
    desk.tracker.actions.start.emit(JOB)
    desk.qtbot.waitUntil(lambda: desk.tracker._link.view().segments == 1, timeout=WAIT)
    # A stop within the second of the start leaves nothing that could be sent.
    desk.qtbot.waitUntil(lambda: desk.tracker._book.week_s(JOB) > 0, timeout=WAIT)
    sent = len(market.segments)
    market.account, market.has_jobs, market.person = "somebody-else", False, "Sample other freelancer"
    desk.tracker.actions.sign_in.emit("")
    desk.qtbot.waitUntil(desk.online, timeout=WAIT)
    desk.qtbot.waitUntil(lambda: desk.tracker.recorder.running is None, timeout=WAIT)
    desk.qtbot.waitUntil(lambda: "others_records" in desk.problems(), timeout=WAIT)
    told = next(problem for problem in desk.tracker._sight.problems() if problem.code == "others_records")
    assert told.title == "Records of Sample freelancer are kept here"
    assert desk.tracker._job_list() == ()
    assert len(market.segments) == sent
    desk.restart()
    desk.qtbot.waitUntil(desk.online, timeout=WAIT)
    assert len(market.segments) == sent
    market.account, market.has_jobs, market.person = "sample-freelancer", True, "Sample freelancer"
    desk.sign_in("")
    desk.qtbot.waitUntil(lambda: len(market.segments) > sent, timeout=WAIT)
    assert "others_records" not in desk.problems()


@pytest.mark.parametrize(
    ("brings", "code"), [({"error": "access_denied"}, "sign_in_denied"), ({"error": "server_error"}, "sign_in_failed")]
)
def test_what_went_wrong_in_the_browser_is_said_in_the_window(
    desk: Desk, market: SmallMarketplace, brings: dict[str, str], code: str
) -> None:
    desk.brings = brings
    desk.tracker.actions.sign_in.emit(market.address)
    assert desk.account() is Account.SIGNING_IN
    desk.qtbot.waitUntil(lambda: desk.account() is Account.SIGNED_OUT, timeout=WAIT)
    problem = desk.tracker._account.view().problem
    assert problem is not None
    assert problem.code == code
    assert desk.tracker.requests.status()["sign_in"]["problem"]["code"] == code
    assert desk.tracker.shell.window.sign_in.problem.isVisible()


def test_an_attempt_can_be_cancelled_and_another_begun(desk: Desk, market: SmallMarketplace) -> None:
    desk.brings = {}
    desk.tracker.actions.sign_in.emit(market.address)
    desk.qtbot.waitUntil(lambda: bool(desk.opened), timeout=WAIT)
    desk.tracker.actions.cancel_sign_in.emit()
    assert desk.account() is Account.SIGNED_OUT
    assert desk.tracker._account.view().problem is None
    desk.brings = {"code": "c"}
    desk.sign_in(market.address)


def test_where_no_browser_opens_the_address_can_be_copied(desk: Desk, market: SmallMarketplace) -> None:
    desk.opens = False
    desk.tracker.actions.sign_in.emit(market.address)
    desk.qtbot.waitUntil(lambda: bool(desk.opened), timeout=WAIT)
    view = desk.tracker._account.view()
    assert desk.account() is Account.SIGNING_IN
    assert view.address == desk.opened[0]
    assert view.problem is not None
    assert view.problem.code == "sign_in_no_browser"


@pytest.mark.parametrize(
    ("server", "code"), [("ftp://x", "server_address"), ("http://192.0.2.1", "server_not_private")]
)
def test_an_address_that_can_not_be_meant_is_said_where_it_was_typed(desk: Desk, server: str, code: str) -> None:
    desk.tracker.actions.sign_in.emit(server)
    problem = desk.tracker._account.view().problem
    assert problem is not None
    assert problem.code == code
    assert desk.account() is Account.SIGNED_OUT


def test_without_a_keyring_it_asks_and_after_a_yes_the_next_start_remembers(
    desk: Desk, market: SmallMarketplace
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    desk.sign_in(market.address)
    desk.qtbot.waitUntil(lambda: desk.tracker.shell._asked is not None, timeout=WAIT)
    file = desk.home / "sign-in.json"
    assert not file.exists()
    desk.tracker.actions.keep_in_file.emit()
    desk.qtbot.waitUntil(file.exists, timeout=WAIT)
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    desk.restart()
    desk.qtbot.waitUntil(desk.online, timeout=WAIT)


def test_a_locked_keyring_asks_too_and_at_the_next_start_it_is_told(
    desk: Desk, market: SmallMarketplace, ring: MemoryKeyring
) -> None:
    desk.sign_in(market.address)
    desk.tracker.actions.start.emit(JOB)
    ring.locked = True
    desk.restart()
    desk.qtbot.waitUntil(lambda: "keyring_locked" in desk.problems(), timeout=WAIT)
    desk.tracker.actions.start.emit(JOB)
    assert desk.tracker.recorder.running is not None
    desk.sign_in("")
    desk.qtbot.waitUntil(lambda: desk.tracker.shell._asked is not None, timeout=WAIT)
    assert "keyring_locked" not in desk.problems()


def test_a_disk_that_does_not_take_the_sign_in_is_told(
    desk: Desk, market: SmallMarketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    desk.sign_in(market.address)

    def full(_store: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sync.secrets.SecretStore.use_file", full)
    desk.tracker.actions.keep_in_file.emit()
    desk.qtbot.waitUntil(lambda: "sign_in_not_kept" in desk.problems(), timeout=WAIT)


def test_signing_out_while_the_marketplace_is_away_is_told(desk: Desk, market: SmallMarketplace) -> None:
    desk.sign_in(market.address)
    market.stop()
    desk.tracker.actions.sign_out.emit()
    desk.qtbot.waitUntil(lambda: "sign_out_unheard" in desk.problems(), timeout=WAIT)
    assert desk.account() is Account.SIGNED_OUT


def test_who_can_not_be_signed_out_is_not_shown_as_signed_out(
    desk: Desk, market: SmallMarketplace, ring: MemoryKeyring
) -> None:
    desk.sign_in(market.address)
    ring.locked = True
    desk.restart()
    desk.qtbot.waitUntil(lambda: "keyring_locked" in desk.problems(), timeout=WAIT)
    desk.tracker.actions.sign_out.emit()
    desk.qtbot.waitUntil(lambda: "sign_out_locked" in desk.problems(), timeout=WAIT)
    assert desk.account() is Account.SIGNED_IN, "the next start would find the sign-in where it was"


def test_who_is_not_signed_in_can_not_sign_out(desk: Desk) -> None:
    with pytest.raises(FairhourError) as caught:
        desk.tracker._account.sign_out()
    assert caught.value.problem.code == "signed_out"


def test_whose_jobs_they_are_is_kept_before_they_are_shown(
    desk: Desk, market: SmallMarketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sync.owners._write", full)
    desk.tracker.actions.sign_in.emit(market.address)
    desk.qtbot.waitUntil(lambda: market.listed > 0, timeout=WAIT)
    assert load_jobs(desk.home / "jobs.json") is None


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff"])
def test_an_account_file_of_no_use_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "account.json"
    assert load_account(path) == Kept()
    path.write_bytes(content)
    assert load_account(path) == Kept()
    save_account(path, Kept("https://fairhour.example", "fairhour-tracker", "person"))
    assert load_account(path).account == "person"
    save_account(tmp_path / "nowhere" / "account.json", Kept())

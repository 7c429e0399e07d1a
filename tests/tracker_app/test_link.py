"""The link to the marketplace: news come on Qt's thread, and without it everything else goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from sync.journal import Journal
from sync.owners import Owners
from sync.secrets import SecretStore
from sync.signin import SignIn
from sync.uploader import SyncStatus
from tests.sync.journals import Scribe, open_journal
from tests.tracker_app.fakes import JOB, OTHER_JOB, T0
from tests.tracker_app.samples import job, job_list, tile, week
from tests.tracker_app.small_marketplace import SmallMarketplace
from tracker_app.link import Link, _Session
from tracker_app.settings import Settings, read_settings
from worktime.tracking_values import Start, Stop
from worktime.wire import JobList, WeekView


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tracker asks its keyring in a process of its own."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = open_journal(tmp_path / "home")
    yield made
    made.close()


def settings(tmp_path: Path, server: str, *, mode: int = 0o600) -> Settings:
    token = tmp_path / "token.json"
    token.write_text(json.dumps({"server": server, "client_id": "fairhour-tracker", "refresh_token": "r1"}))
    token.chmod(mode)
    return read_settings({"FAIRHOUR_HOME": str(tmp_path / "home"), "FAIRHOUR_TOKEN_FILE": str(token)})


def started(tmp_path: Path, journal: Journal, server: str, **options: Any) -> Link:
    link = Link(settings(tmp_path, server, **options), journal.outbox, lambda: T0 + 100, 60)
    link.start()
    return link


def test_jobs_weeks_and_receipts_come(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 10)
    with SmallMarketplace() as market:
        link = Link(settings(tmp_path, market.address), journal.outbox, lambda: T0 + 100, 60)
        link.watch(JOB)
        jobs: list[JobList] = []
        link.jobs_came.connect(jobs.append)
        with qtbot.waitSignal(link.week_came, timeout=10_000) as came:
            link.start()
        assert came.args == [week()]
        assert jobs[0] == job_list()
        assert link.server == market.address
        qtbot.waitUntil(lambda: link.status.online and link.view().segments == 0, timeout=10_000)
        scribe.do(Stop(T0 + 20))
        link.flush(10)
        assert link.view().segments == 0
        assert [(one.revision, one.tracked_s) for one in market.segments] == [(1, 10), (2, 20)]
        assert link.signed_in
        assert link.view().age_s is not None
        link.nudge()
        link.stop()
    assert not (tmp_path / "token.json").exists(), "the token is read once"


def test_what_is_fetched_again_is_told_where_it_is_news(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    jobs: list[JobList] = []
    weeks: list[WeekView] = []
    with SmallMarketplace() as market:
        link = Link(settings(tmp_path, market.address), journal.outbox, lambda: T0 + 100, 60)
        link.watch(JOB)
        link.jobs_came.connect(jobs.append)
        link.week_came.connect(weeks.append)
        link.start()
        qtbot.waitUntil(lambda: bool(jobs and weeks), timeout=10_000)
        link.stop()
    session = link._session
    assert session is not None
    later = replace(job_list(job(week_tracked_s=60), job(OTHER_JOB)), now=T0 + 40)
    ready = job_list(job(ready=False))
    for listed in (later, ready, ready):
        link._jobs(session, listed)
    assert jobs == [job_list(), ready]
    mine = journal.outbox.device
    other, grown, rejected = week(tile(7)), week(tile(7, tracked_s=9)), week(tile(7, tracked_s=9, rejected=True))
    ours = week(tile(7, tracked_s=9, rejected=True), tile(8, device=mine, tracked_s=1))
    longer = replace(week(*ours.tiles[:1], tile(8, device=mine, tracked_s=2)), now=T0 + 40, tracked_s=2, idle_s=1)
    for heard in (replace(week(), now=T0 + 40), other, other, grown, rejected, ours, longer):
        link._week(session, heard)
    assert weeks == [week(), other, grown, rejected, ours], "what grew here is known here"
    link._account_is(session, "somebody-else")
    link._jobs(session, ready)
    assert jobs[-2:] == [ready, ready], "they were forgotten with the account before"


def test_whoever_is_away_is_asked_for_less_often_after_a_new_sign_in_too(
    qtbot: QtBot, tmp_path: Path, journal: Journal
) -> None:
    with SmallMarketplace() as market:
        link = Link(settings(tmp_path, market.address), journal.outbox, lambda: T0 + 100, 60)
        link.rest(True)
        link.start()
        qtbot.waitUntil(lambda: link.status.online, timeout=10_000)
        uploader = link._uploader
        assert uploader is not None
        told = [uploader._quiet]
        link.rest(False)
        assert [*told, uploader._quiet] == [True, False]
        link.stop()


def test_a_list_of_jobs_is_gone_through_again_where_it_is_news_or_could_not_be_kept(
    qtbot: QtBot, tmp_path: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, admitted = [True], []

    def admit_all(account: str, *_rest: object) -> None:
        admitted.append(account)
        if full[0]:
            raise OSError("the disk is full")

    monkeypatch.setattr("tracker_app.link.admit", admit_all)
    link = Link(settings(tmp_path, "http://127.0.0.1:9"), journal.outbox, lambda: T0, 1)
    session = _Session(SignIn("http://127.0.0.1:9", "", SecretStore(tmp_path / "sign-in.json")))
    link._jobs(session, job_list())
    full[0] = False
    link._jobs(session, job_list())
    assert len(admitted) == 2, "what could not be kept is tried again"
    link._jobs(session, msgspec.structs.replace(job_list(), now=T0 + 40))
    assert len(admitted) == 2
    link._jobs(session, msgspec.structs.replace(job_list(), person="Another name"))
    assert len(admitted) == 3


def test_a_sign_in_that_is_not_accepted_is_told(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    with SmallMarketplace(token_status=400) as market:
        link = started(tmp_path, journal, market.address)
        qtbot.waitUntil(lambda: not link.signed_in and link.status.problem is not None, timeout=10_000)
        assert link.status.problem is not None
        assert link.status.problem.code == "signed_out"
        assert not link.view().online
        link.flush(0.1)
        link.stop()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_token_that_others_can_read_is_refused(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    link = Link(settings(tmp_path, "http://127.0.0.1:9", mode=0o644), journal.outbox, lambda: T0, 1)
    with qtbot.waitSignal(link.status_changed, timeout=10_000):
        link.start()
    assert link.problem is not None
    assert link.problem.code == "token_file_open"
    assert not link.signed_in
    link.stop()


def test_a_marketplace_that_is_not_there_is_offline(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    link = started(tmp_path, journal, "http://127.0.0.1:9")
    qtbot.waitUntil(lambda: link.status.problem is not None, timeout=10_000)
    assert link.status.problem is not None
    assert link.status.problem.code == "offline"
    assert link.signed_in, "nobody has said otherwise"
    assert link.view().age_s is None
    link.stop()


def test_who_sends_is_online_though_no_question_is_answered(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    scribe = Scribe(journal)
    scribe.do(Start(JOB, T0))
    scribe.work(T0, 10)
    told: list[SyncStatus] = []
    with SmallMarketplace() as market:
        market.busy = True
        link = Link(settings(tmp_path, market.address), journal.outbox, lambda: T0 + 100, 60)
        link.status_changed.connect(lambda: told.append(link.status))
        link.start()
        qtbot.waitUntil(lambda: any(status.online for status in told), timeout=10_000)
        online = next(status for status in told if status.online)
        assert (online.segments, online.problem) == (0, None)
        assert [problem.code for problem in online.notices] == ["not_fetched"]
        assert link.view().age_s is not None
        market.busy = False
        qtbot.waitUntil(lambda: link.status.online and link.status.notices == (), timeout=10_000)
        link.stop()


def test_whoever_is_not_known_gets_nobodys_records_where_several_record(
    qtbot: QtBot, tmp_path: Path, journal: Journal
) -> None:
    mine, theirs = UUID(int=1), UUID(int=2)

    def left_out() -> frozenset[UUID]:
        # There is no account.json, as after one that could not be read.
        found = read_settings({"FAIRHOUR_HOME": str(tmp_path)})
        return Link(found, journal.outbox, lambda: T0, 1).jobs_of_others()

    Owners(tmp_path / "people.json").add("me", [mine])
    assert left_out() == frozenset(), "there is only one whose they can be"
    Owners(tmp_path / "people.json").add("they", [theirs])
    assert left_out() == {mine, theirs}


def test_without_a_server_nothing_is_sent(qtbot: QtBot, tmp_path: Path, journal: Journal) -> None:
    link = Link(read_settings({"FAIRHOUR_HOME": str(tmp_path)}), journal.outbox, lambda: T0, 1)
    link.start()
    link.nudge()
    link.watch(None)
    link.flush(1)
    assert not link.signed_in
    link.stop()

"""The tracker's journal and uploader in front of the real marketplace: Other hours there and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from marketplace.accounts.provider import issue_refresh_token
from marketplace.foundation import clock
from marketplace.foundation.ids import new_id
from marketplace.jobs.models import Job
from marketplace.timesheets.models import OtherHours
from sync.client import MarketplaceClient
from sync.journal import Journal
from sync.secrets import Place, SecretStore
from sync.signin import SignIn
from sync.uploader import Listeners, Uploader
from tests.marketplace.support import WEEK
from tests.sync.journals import open_journal
from tracker_app.other_hours import HoursDesk


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = open_journal(tmp_path / "tracker")
    yield made
    made.close()


@pytest.fixture
def client(transactional_db: None, job: Job, live_server: LiveServer) -> Iterator[MarketplaceClient]:
    """A client that is signed in as the job's freelancer."""
    store = SecretStore()
    store.place = Place.MEMORY
    signin = SignIn(f"{live_server.url}/", "fairhour-tracker", store)
    signin.adopt(issue_refresh_token(user=job.freelancer))
    made = MarketplaceClient(signin)
    yield made
    made.close()


def test_what_is_entered_arrives_once_and_what_was_changed_in_the_browser_wins(
    journal: Journal, client: MarketplaceClient, job: Job
) -> None:
    listeners = Listeners(lambda _status: None, lambda _jobs: None, lambda _week: None)

    def send() -> None:
        # A new one each time: its first round also asks what the marketplace says of the week.
        uploader = Uploader(journal.outbox, client, listeners, now=clock.second)
        uploader.look_at({(job.pk, WEEK)})
        uploader.run_once()
        assert uploader.status.problem is None
        assert uploader.status.hours == 0

    desk = HoursDesk(journal.outbox.hours, clock.second, new_id, lambda: None)

    def stands() -> list[tuple[int, bool]]:
        return [(each.entry.seconds, each.waits) for each in desk.entries(job.pk, WEEK)]

    call, mail = desk.add(job.pk, WEEK, 3600, "Call"), desk.add(job.pk, WEEK, 60, "Mail")
    assert stands() == [(3600, True), (60, True)]
    send()
    assert stands() == [(3600, False), (60, False)]
    desk.remove(mail)
    desk.change(call, WEEK, 10, "Short")
    OtherHours.objects.filter(entry=call).update(seconds=11, revision=2)
    send()
    assert stands() == [(11, False)]
    assert [problem.code for problem in journal.outbox.problems()] == ["hours_overruled"]
    found = OtherHours.objects.order_by("pk").values_list("seconds", "removed", "revision")
    assert list(found) == [(11, False, 2), (60, True, 2)]

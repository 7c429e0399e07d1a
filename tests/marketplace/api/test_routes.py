"""The tracker's routes over HTTP."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from marketplace.accounts.models import User
from marketplace.api import jobs as jobs_routes
from marketplace.api import routes
from marketplace.foundation import clock, keys, storage
from marketplace.foundation.home import home
from marketplace.jobs.models import Job
from marketplace.workview.models import Picture
from marketplace.workview.selectors import openings_of
from marketplace.workview.services import hold, record_rejection
from tests.marketplace.conftest import People
from tests.marketplace.support import (
    DEVICE,
    SLOT,
    WEDNESDAY,
    WEEK,
    Api,
    batch,
    picture_id,
    record,
    reference,
    segment,
    webp,
)
from worktime import wire
from worktime.errors import Problem
from worktime.wire import NoPicture

pytestmark = pytest.mark.django_db


def problem(answer: Any, status: int) -> Problem:
    assert answer.status_code == status, answer.content
    return msgspec.json.decode(answer.content, type=Problem)


def test_health_needs_no_one(people: People) -> None:
    assert Client().get("/api/v1/health").json() == {"ok": True, "v": 1}


def test_a_batch_is_answered_with_receipts(people: People, job: Job) -> None:
    sent = segment(job)
    answer = Api(people.freelancer).post("/segments", batch(sent))
    receipt = wire.decode(answer.content, wire.BatchReceipt)
    assert receipt.now == WEDNESDAY
    assert [(one.outcome, one.digest) for one in receipt.receipts] == [("stored", wire.segment_digest(sent))]


def test_a_picture_follows_and_shows_in_the_week(people: People, job: Job) -> None:
    api, data = Api(people.freelancer), webp(1)
    assert problem(api.put_picture(job, 1, data), 409) == msgspec.structs.replace(
        problem(api.put_picture(job, 1, data), 409), code="segment_first", retryable=True
    )
    api.post("/segments", batch(segment(job, picture=reference(data, 1, SLOT))))
    receipt = wire.decode(api.put_picture(job, 1, data).content, wire.PictureReceipt)
    assert receipt.size == len(data)
    for viewer in (people.freelancer, people.client):
        view = wire.decode(Api(viewer).get(f"/jobs/{job.pk}/weeks/{WEEK}").content, wire.WeekView)
        assert (view.tracked_s, view.state, [tile.state for tile in view.tiles]) == (720, "open", ["picture"])
        assert view.amount_minor == 600


def test_a_freelancers_own_picture_comes_back_in_full_as_it_was_sent_and_is_logged(
    people: People, job: Job, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = record(people.freelancer, job, number=1)
    path, apis = f"/pictures/{picture_id(1)}", {name: Api(getattr(people, name)) for name in ("freelancer", "staff")}
    with transaction.atomic():
        record_rejection(segment=row, by=people.client, reason="Not this job", at=WEDNESDAY)
    answer = apis["freelancer"].get(path)
    assert (answer.status_code, answer.content) == (200, webp(1)), "what was rejected is still theirs to see"
    headers = {name: answer[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")}
    assert headers == {
        "Content-Type": "image/webp",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    hold(segment=row, held=True)
    for stranger in (apis["staff"], Api(people.client), Api(people.other)):
        assert problem(stranger.get(path), 404).code == "no_such_picture"
    assert [(one.viewer, one.at) for one in openings_of([picture_id(1)])] == [(people.freelancer, WEDNESDAY)]
    assert problem(apis["freelancer"].get(f"/pictures/{picture_id(9)}"), 404).code == "no_such_picture"
    record(people.freelancer, job, SLOT + 1, number=2)
    with django_capture_on_commit_callbacks(execute=True):
        record(people.freelancer, job, SLOT + 1, revision=2, spans=(), no_picture=NoPicture.DELETED)
    gone = problem(apis["freelancer"].get(f"/pictures/{picture_id(2)}"), 410)
    assert (gone.code, gone.retryable) == ("picture_erased", False)
    assert problem(Api(people.client).get(f"/pictures/{picture_id(2)}"), 404).code == "no_such_picture"
    storage.erase(Picture.objects.get(pk=picture_id(1)).file)
    assert problem(apis["freelancer"].get(path), 404).code == "no_such_picture"
    assert len(openings_of([picture_id(1)])) == 1, "nothing was opened"


def test_the_list_has_the_jobs_one_holds_with_terms_and_week(people: People, job: Job, other_job: Job) -> None:
    record(people.freelancer, job, number=1)
    found = wire.decode(Api(people.freelancer).get("/jobs").content, wire.JobList)
    (view,) = found.jobs
    assert (view.id, view.client, view.rate_minor, view.authorized_s) == (job.pk, "Sample client", 3000, 108_000)
    assert (view.week_start, view.week_tracked_s) == (WEEK, 720)
    assert (view.ready, bool(view.not_ready_reason)) == (False, True)  # the client has no payment method yet
    assert wire.decode(Api(people.client).get("/jobs").content, wire.JobList).jobs == ()


def test_an_ended_job_is_not_listed_and_its_weeks_can_be_seen(people: People, job: Job) -> None:
    Job.objects.update(ended_at=WEDNESDAY)
    api = Api(people.freelancer)
    assert wire.decode(api.get("/jobs").content, wire.JobList).jobs == ()
    assert api.get(f"/jobs/{job.pk}/weeks/{WEEK}").status_code == 200


@pytest.mark.parametrize("week", [WEEK + 1, 0, 10**15])
def test_a_second_at_which_no_week_begins_is_not_found(people: People, job: Job, week: int) -> None:
    assert problem(Api(people.freelancer).get(f"/jobs/{job.pk}/weeks/{week}"), 404).code == "unknown_week"


@pytest.mark.parametrize("role", ["other", "stranger", "staff"])
def test_weeks_of_others_are_not_there(people: People, job: Job, role: str) -> None:
    viewer: User = getattr(people, role)
    assert problem(Api(viewer).get(f"/jobs/{job.pk}/weeks/{WEEK}"), 404).code == "unknown_job"


def test_nobody_uploads_for_someone_else(people: People, job: Job) -> None:
    data = webp(1)
    Api(people.freelancer).post("/segments", batch(segment(job, picture=reference(data, 1, SLOT))))
    answer = Api(people.other).put_picture(job, 1, data)
    assert problem(answer, 409).code == "segment_first"


@pytest.mark.parametrize("path", ["/jobs", f"/jobs/{DEVICE}/weeks/{WEEK}"])
def test_no_token_no_answer(people: People, path: str) -> None:
    answer = Api(None).get(path)
    assert problem(answer, 401).retryable
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_does_not_open_the_api(people: People, job: Job) -> None:
    browser = Client()
    browser.force_login(people.freelancer)
    assert browser.get("/api/v1/jobs").status_code == 401


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'{"v":1}', b'{"v":1,"device":"x","segments":[]}', b"\xff\xfe", b"[" * 100_000, b'{"v":2}'],
)
def test_what_is_not_the_protocol_is_refused_and_never_a_fault(people: People, raw: bytes) -> None:
    assert problem(Api(people.freelancer).post("/segments", raw), 400).code in {"malformed", "version"}


def test_a_batch_that_is_too_large_is_refused_unread(people: People) -> None:
    answer = Api(people.freelancer).post("/segments", b" " * 2_100_000)
    assert problem(answer, 413).code == "too_large"


def test_pictures_are_bounded_before_they_are_read(people: People, job: Job) -> None:
    api = Api(people.freelancer)
    assert problem(api.put_picture(job, 1, b"x" * 10_000_001), 413).code == "too_large"
    path = f"/api/v1/pictures/{job.pk}?job={job.pk}&slot=1&device={job.pk}"
    answer = api.client.generic("PUT", path, headers={**api.headers, "X-Content-SHA256": "0" * 64})
    assert problem(answer, 411).code == "length_needed"


@pytest.mark.parametrize("sha256", ["", "XYZ", "0" * 63, "A" * 64])
def test_a_hash_that_is_none_is_refused(people: People, job: Job, sha256: str) -> None:
    answer = Api(people.freelancer).put_picture(job, 1, webp(1), sha256)
    assert problem(answer, 400).code == "malformed"


def test_a_fault_is_logged_and_tells_nothing(
    people: People, job: Job, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fault(*_: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr(jobs_routes, "figures", fault)
    told = problem(Api(people.freelancer).get("/jobs"), 500)
    assert (told.code, told.retryable) == ("server_error", True)
    assert "secret" not in told.message
    assert "the secret inside" in caplog.text


def test_more_than_an_account_may_send_is_put_off(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    api = Api(people.freelancer)
    monkeypatch.setattr(routes.api.throttle, "num_requests", 1)
    assert api.get("/jobs").status_code == 200
    refused = api.get("/jobs")
    assert problem(refused, 429).retryable
    assert 0 < int(refused["Retry-After"]) <= 60


class TestControl:
    """The route that steps the clock."""

    @pytest.fixture
    def key(self, settings: Settings) -> str:
        settings.SAMPLE = True
        keys.write_private(home() / keys.CONTROL_KEY_FILE, "the-control-key")
        return "the-control-key"

    def step(self, to: int, key: str) -> Any:
        body = json.dumps({"to": to})
        return Client().post(
            "/api/v1/control/clock", body, content_type="application/json", headers={"X-Control-Key": key}
        )

    def test_steps_forward_and_never_back(self, people: People, key: str) -> None:
        assert self.step(WEDNESDAY + 60, key).json() == {"now": WEDNESDAY + 60}
        assert self.step(WEDNESDAY, key).json() == {"now": WEDNESDAY + 60}
        assert clock.second() == WEDNESDAY + 60

    @pytest.mark.parametrize("given", ["", "wrong", "the-control-kéy"])
    def test_is_not_there_without_the_key(self, people: People, key: str, given: str) -> None:
        assert problem(self.step(WEDNESDAY + 60, given), 404).code == "not_found"
        assert clock.second() == WEDNESDAY

    def test_is_not_there_outside_the_sample_mode(self, people: People, key: str, settings: Settings) -> None:
        settings.SAMPLE = False
        assert self.step(WEDNESDAY + 60, key).status_code == 404

    def test_is_not_there_when_no_key_was_made(self, people: People, settings: Settings) -> None:
        settings.SAMPLE = True
        assert self.step(WEDNESDAY + 60, "").status_code == 404


def test_the_description_refers_to_the_committed_schema(people: People) -> None:
    described = Client().get("/api/v1/openapi.json").json()
    sent = described["paths"]["/api/v1/segments"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    name = sent["$ref"].removeprefix("schema.json#/$defs/")
    assert name in Client().get("/api/v1/schema.json").json()["$defs"]
    routes_of_pictures = described["paths"]["/api/v1/pictures/{picture_id}"]
    assert list(routes_of_pictures["get"]["responses"]["200"]["content"]) == ["image/webp"]


def test_a_job_without_terms_hides_no_other(people: People, job: Job) -> None:
    broken = Job.objects.create(
        title="No terms", client=people.client, freelancer=people.freelancer, currency="USD", started_at=WEEK
    )
    api = Api(people.freelancer)
    assert [listed["title"] for listed in api.get("/jobs").json()["jobs"]] == ["Website redesign"]
    assert api.get(f"/jobs/{broken.pk}/weeks/{WEEK}").status_code == 409

"""Who gets what at every address: the authorization matrix (docs/reliability.md, promise 7).

A row says what each of six roles gets; ``test_authorization`` fails for a route without a row and for a row without a
route. To add a page: one line in ``ROWS``, and what its address names in ``Scene`` if that is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from marketplace.accounts.models import User
from marketplace.accounts.provider import issue_refresh_token
from marketplace.disputes.assistance import ask
from marketplace.disputes.models import Case
from marketplace.foundation import clock
from marketplace.jobs.models import Job
from marketplace.timesheets.models import OtherHours
from marketplace.workview.models import Segment
from tests.marketplace.conftest import People
from tests.marketplace.support import SLOT, WEEK, Api, batch, picture_id, segment, webp
from worktime import wire

ROLES = ("anonymous", "stranger", "other", "freelancer", "client", "staff")
"""``other`` is another freelancer of the same client; freelancer and client are the two people of the scene's job."""

LOGIN = 302
"""Sent to sign in, or on to where a form leads."""


@dataclass(frozen=True)
class Scene:
    """What addresses name: the job of freelancer and client, a segment with its picture, and a case open on another."""

    people: People
    job: Job
    segment: Segment
    rejected: Segment
    case: Case
    address: EmailAddress

    def person(self, role: str) -> User | None:
        """Return the person of a role; None for anonymous."""
        return None if role == "anonymous" else getattr(self.people, role)


@dataclass(frozen=True)
class Row:
    """One request to one route, and the status for each role in the order of ``ROLES``."""

    route: str
    statuses: tuple[int, int, int, int, int, int]
    url: Callable[[Scene], str]
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    send: Callable[[Scene, Api], Any] | None = None

    @property
    def name(self) -> str:
        """What the test is called."""
        return f"{self.method} {self.route or '/'}"

    def status(self, scene: Scene, role: str) -> int:
        """Send the request as ``role`` and return the status."""
        person = scene.person(role)
        if self.send is not None:
            return int(self.send(scene, Api(person)).status_code)
        browser = Client()
        if person is not None:
            browser.force_login(person)
        sent = browser.generic if self.method not in ("GET", "POST") else None
        if sent is not None:
            return int(sent(self.method, self.url(scene)).status_code)
        call = browser.post if self.method == "POST" else browser.get
        return int(call(self.url(scene), self.data).status_code)


def page(
    route: str,
    statuses: tuple[int, int, int, int, int, int],
    method: str = "GET",
    url: Callable[[Scene], str] | None = None,
    **data: Any,
) -> Row:
    """Return a row of a page; ``data`` is the form of a POST, ``url`` needed where the route names something."""
    return Row(route, statuses, url or (lambda _scene: f"/{route}"), method, data)


def api(
    route: str, statuses: tuple[int, int, int, int, int, int], method: str, send: Callable[[Scene, Api], Any]
) -> Row:
    """Return a row of the API, sent with the role's own token."""
    return Row(route, statuses, lambda _scene: "", method, {}, send)


def routes() -> Iterator[str]:
    """Return every route of the site as the resolver writes it."""

    def walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield route
            else:
                yield from walk(entry, route)

    yield from walk(get_resolver(), "")


def everyone(status: int) -> tuple[int, int, int, int, int, int]:
    """Return the same status for every role."""
    return (status,) * 6


def signed_in(status: int) -> tuple[int, int, int, int, int, int]:
    """Return ``status`` for whoever is signed in; others are sent to sign in."""
    return (LOGIN, *(status,) * 5)


JOB_PAGE = (LOGIN, 404, 404, 200, 200, 404)
FREELANCER_PAGE = (LOGIN, 404, 404, 200, 409, 404)
FREELANCER_ACT = (LOGIN, 404, 404, 302, 409, 404)
STAFF_PAGE = (LOGIN, 403, 403, 403, 403, 200)
ADMIN_PAGE = (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, 200)
MODEL_PAGE = (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, 403)
"""Pages of a model: the scene's staff has no permission on any, as staff should have by default."""

ADMIN_ABSENT = (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, 404)

AUTOCOMPLETE = "app_label=jobs&model_name=job&field_name=client"


def _job(tail: str) -> Callable[[Scene], str]:
    return lambda scene: f"/jobs/{scene.job.pk}/{tail}"


def _sign_out(scene: Scene) -> str:
    issue_refresh_token(user=scene.people.freelancer)
    return f"/devices/{scene.people.freelancer.devices.get().pk}/sign-out"


def _segment(tail: str) -> Callable[[Scene], str]:
    return lambda scene: f"/segments/{scene.segment.pk}/{tail}"


def _rejected(tail: str) -> Callable[[Scene], str]:
    return lambda scene: f"/segments/{scene.rejected.pk}/{tail}"


def _assistance(scene: Scene) -> str:
    case = ask(segment=scene.rejected, by=scene.people.freelancer, reason="It is work", now=clock.second)
    return f"/staff/cases/{case.pk}/decide"


def _send_segments(scene: Scene, api: Api) -> Any:
    answer = api.post("/segments", batch(segment(scene.job, SLOT + 3)))
    if answer.status_code == 200:
        # Whoever is not the job's freelancer gets a receipt that refuses.
        (receipt,) = wire.decode(answer.content, wire.BatchReceipt).receipts
        answer.status_code = 200 if receipt.outcome is wire.Outcome.STORED else 403
    return answer


def _send_hours(scene: Scene, api: Api) -> Any:
    entry = wire.OtherHours(id=picture_id(77), job=scene.job.pk, week_start=WEEK, seconds=60, note="A call")
    answer = api.post("/other-hours", wire.encode(wire.OtherHoursBatch(v=1, entries=(entry,))))
    if answer.status_code == 200:
        (receipt,) = wire.decode(answer.content, wire.OtherHoursReceipts).receipts
        answer.status_code = 200 if receipt.outcome is wire.Outcome.STORED else 403
    return answer


def _entry(scene: Scene) -> str:
    OtherHours.objects.get_or_create(
        entry=picture_id(78), job=scene.job, week_start=WEEK, seconds=60, note="A call", entered_at=WEEK
    )
    return f"/other-hours/{picture_id(78)}/"


def _model(route: str, of: Callable[[Scene], object]) -> list[Row]:
    """Return the rows of a model's pages in the admin; ``of`` gives the key of one of its rows."""
    base = f"admin/{route}/"

    def one(tail: str) -> Callable[[Scene], str]:
        return lambda scene: f"/{base}{of(scene)}/{tail}"

    return [
        page(base, MODEL_PAGE),
        page(f"{base}add/", MODEL_PAGE),
        page(f"{base}<path:object_id>/history/", MODEL_PAGE, url=one("history/")),
        page(f"{base}<path:object_id>/delete/", MODEL_PAGE, url=one("delete/")),
        page(f"{base}<path:object_id>/change/", MODEL_PAGE, url=one("change/")),
        page(f"{base}<path:object_id>/", (LOGIN,) * 6, url=one("")),
    ]


OURS = [
    api("api/v1/health", everyone(200), "GET", lambda _, api: api.get("/health")),
    api("api/v1/schema.json", everyone(200), "GET", lambda _, api: api.get("/schema.json")),
    api("api/v1/openapi.json", everyone(200), "GET", lambda _, api: api.get("/openapi.json")),
    api("api/v1/", everyone(404), "GET", lambda _, api: api.get("/")),
    api("api/v1/segments", (401, 403, 403, 200, 403, 403), "POST", _send_segments),
    api(
        "api/v1/pictures/<uuidstr:picture_id>",
        (401, 409, 409, 200, 409, 409),
        "PUT",
        lambda scene, api: api.put_picture(scene.job, 1, webp(1)),
    ),
    # The freelancer's own alone: the client's is the page, and a case gives staff the page of its picture.
    api(
        "api/v1/pictures/<uuidstr:picture_id>",
        (401, 404, 404, 200, 404, 404),
        "GET",
        lambda _, api: api.get(f"/pictures/{picture_id(1)}"),
    ),
    api(
        "api/v1/pictures/<uuidstr:picture_id>",
        (401, 404, 404, 200, 404, 404),
        "GET",
        lambda _, api: api.get(f"/pictures/{picture_id(2)}"),
    ),
    api("api/v1/other-hours", (401, 403, 403, 200, 403, 403), "POST", _send_hours),
    api("api/v1/jobs", (401, 200, 200, 200, 200, 200), "GET", lambda _, api: api.get("/jobs")),
    api(
        "api/v1/jobs/<uuidstr:job_id>/weeks/<int:week_start>",
        (401, 404, 404, 200, 200, 404),
        "GET",
        lambda scene, api: api.get(f"/jobs/{scene.job.pk}/weeks/{WEEK}"),
    ),
    api("api/v1/control/clock", everyone(404), "POST", lambda _, api: api.post("/control/clock", b'{"to": 1}')),
    page("", signed_in(200)),
    page("jobs/<uuid:job_id>/work/", JOB_PAGE, url=_job("work/")),
    page("jobs/<uuid:job_id>/work/changes", JOB_PAGE, url=_job("work/changes?since=0")),
    page("jobs/<uuid:job_id>/room/", JOB_PAGE, url=_job("room/")),
    page("jobs/<uuid:job_id>/input-counts", (LOGIN, 404, 404, 409, 302, 404), "POST", _job("input-counts"), on="1"),
    page("jobs/<uuid:job_id>/redaction", (LOGIN, 404, 404, 409, 302, 404), "POST", _job("redaction"), on="1"),
    page("jobs/<uuid:job_id>/timesheets/", JOB_PAGE, url=_job("timesheets/")),
    page("jobs/<uuid:job_id>/other-hours", FREELANCER_PAGE, url=_job("other-hours")),
    page(
        "jobs/<uuid:job_id>/other-hours",
        FREELANCER_ACT,
        "POST",
        _job("other-hours"),
        week=WEEK,
        hours="1",
        note="A call",
    ),
    page("other-hours/<uuid:entry_id>/", FREELANCER_PAGE, url=_entry),
    page("other-hours/<uuid:entry_id>/", FREELANCER_ACT, "POST", _entry, revision="1", minutes="2", note="A call"),
    page("other-hours/<uuid:entry_id>/delete", FREELANCER_PAGE, url=lambda scene: _entry(scene) + "delete"),
    page(
        "other-hours/<uuid:entry_id>/delete",
        FREELANCER_ACT,
        "POST",
        lambda scene: _entry(scene) + "delete",
        revision="1",
    ),
    page("segments/<uuid:segment_id>/", JOB_PAGE, url=_segment("")),
    page(
        "segments/<uuid:segment_id>/reject",
        (LOGIN, 404, 404, 409, 302, 404),
        "POST",
        _segment("reject"),
        reason="Not it",
    ),
    page(
        "segments/<uuid:segment_id>/take-back",
        (LOGIN, 404, 404, 409, 302, 404),
        "POST",
        _rejected("take-back"),
    ),
    page("segments/<uuid:segment_id>/answer", FREELANCER_ACT, "POST", _rejected("answer"), text="It is the import"),
    page("segments/<uuid:segment_id>/assistance", FREELANCER_ACT, "POST", _rejected("assistance"), text="It is"),
    page("segments/<uuid:segment_id>/report", JOB_PAGE, url=_segment("report")),
    page("pictures/<uuid:picture_id>/<size:size>", JOB_PAGE, url=lambda _: f"/pictures/{picture_id(1)}/full"),
    page("pictures/<uuid:picture_id>/<size:size>", JOB_PAGE, url=lambda _: f"/pictures/{picture_id(1)}/thumb"),
    # The second picture is in a case, so staff may see it too.
    page(
        "pictures/<uuid:picture_id>/<size:size>",
        (LOGIN, 404, 404, 200, 200, 200),
        url=lambda _: f"/pictures/{picture_id(2)}/full",
    ),
    page("devices/", signed_in(200)),
    page("devices/<uuid:device_id>/sign-out", (LOGIN, 404, 404, 200, 404, 404), url=_sign_out),
    page("devices/<uuid:device_id>/sign-out", (LOGIN, 404, 404, 302, 404, 404), "POST", _sign_out),
    page("staff/cases/", STAFF_PAGE),
    page("staff/cases/<uuid:case_id>/", STAFF_PAGE, url=lambda scene: f"/staff/cases/{scene.case.pk}/"),
    page(
        "staff/cases/<uuid:case_id>/decide",
        (LOGIN, 403, 403, 403, 403, 302),
        "POST",
        _assistance,
        outcome="restored",
        decision="It is work.",
    ),
    page(
        "staff/cases/<uuid:case_id>/close",
        (LOGIN, 403, 403, 403, 403, 302),
        "POST",
        lambda scene: f"/staff/cases/{scene.case.pk}/close",
        decision="Upheld.",
    ),
]
IDENTITY = [
    page(".well-known/openid-configuration", everyone(200)),
    page(".well-known/jwks.json", everyone(200)),
    page("identity/o/authorize", signed_in(200)),
    page("identity/o/device", everyone(404)),
    page("identity/o/logout", signed_in(200)),
    page("identity/o/api/token", everyone(400), "POST"),
    page("identity/o/api/revoke", everyone(400), "POST"),
    page("identity/o/api/device/code", everyone(404), "POST"),
    page("identity/o/api/userinfo", everyone(401)),
]
ACCOUNTS = [
    page("accounts/login/", (200, 302, 302, 302, 302, 302)),
    page("accounts/logout/", signed_in(200)),
    page("accounts/inactive/", everyone(200)),
    page("accounts/signup/", (200, 302, 302, 302, 302, 302)),
    page("accounts/reauthenticate/", signed_in(403)),
    page("accounts/email/", signed_in(200)),
    page("accounts/confirm-email/", everyone(200)),
    page("accounts/password/change/", signed_in(302)),
    page("accounts/password/set/", signed_in(200)),
    page("accounts/password/reset/", everyone(200)),
    page("accounts/login/code/confirm/", everyone(302)),
    page(r"accounts/^confirm-email/(?P<key>[-:\w]+)/$", everyone(200), url=lambda _: "/accounts/confirm-email/x/"),
    page("accounts/password/reset/key/done/", everyone(200)),
    page(
        r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        everyone(200),
        url=lambda _: "/accounts/password/reset/key/1-x/",
    ),
    page("accounts/password/reset/done/", everyone(200)),
    page("accounts/2fa/", signed_in(200)),
    page("accounts/2fa/authenticate/", everyone(302)),
    page("accounts/2fa/reauthenticate/", signed_in(403)),
    page("accounts/2fa/totp/activate/", signed_in(200)),
    page("accounts/2fa/totp/deactivate/", signed_in(404)),
    page("accounts/2fa/recovery-codes/", signed_in(404)),
    page("accounts/2fa/recovery-codes/generate/", signed_in(200)),
    page("accounts/2fa/recovery-codes/download/", signed_in(404)),
    page("accounts/2fa/webauthn/", signed_in(200)),
    page("accounts/2fa/webauthn/add/", signed_in(200)),
    page("accounts/2fa/webauthn/reauthenticate/", signed_in(403)),
    page(
        "accounts/2fa/webauthn/keys/<int:pk>/remove/",
        signed_in(404),
        url=lambda _: "/accounts/2fa/webauthn/keys/1/remove/",
    ),
    page(
        "accounts/2fa/webauthn/keys/<int:pk>/edit/", signed_in(404), url=lambda _: "/accounts/2fa/webauthn/keys/1/edit/"
    ),
    page("accounts/2fa/webauthn/login/", everyone(302)),
    page("accounts/sessions/", signed_in(200)),
]
ADMIN = [
    page("admin/", ADMIN_PAGE),
    page("admin/login/", (LOGIN, 403, 403, 403, 403, 302)),
    page("admin/logout/", ADMIN_PAGE, "POST"),
    page("admin/password_change/", ADMIN_PAGE),
    page("admin/password_change/done/", ADMIN_PAGE),
    page("admin/autocomplete/", MODEL_PAGE, url=lambda _: "/admin/autocomplete/?" + AUTOCOMPLETE),
    page("admin/jsi18n/", ADMIN_PAGE),
    page(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        ADMIN_ABSENT,
        url=lambda _: "/admin/r/0/0/",
    ),
    page(r"admin/(?P<url>.*)$", ADMIN_ABSENT, url=lambda _: "/admin/nothing/"),
    page(
        r"admin/^(?P<app_label>accounts|jobs|account)/$",
        ADMIN_ABSENT,
        url=lambda _: "/admin/jobs/",
    ),
    page(
        r"admin/jobs/job/^([^/]+)/history/([^/]+)/$",
        MODEL_PAGE,
        url=lambda scene: f"/admin/jobs/job/{scene.job.pk}/history/{scene.job.history.latest().history_id}/",
    ),
    *_model("accounts/user", lambda scene: scene.people.client.pk),
    *_model("jobs/job", lambda scene: scene.job.pk),
    *_model("account/emailaddress", lambda scene: scene.address.pk),
]
ROWS = [*OURS, *IDENTITY, *ACCOUNTS, *ADMIN]

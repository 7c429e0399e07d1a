"""Nobody reads or changes what is not theirs: the matrix of every route and every role."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from marketplace.disputes.models import CaseKind
from marketplace.disputes.services import report
from marketplace.jobs.models import Job
from marketplace.workview.services import record_rejection
from tests.marketplace.conftest import People
from tests.marketplace.matrix import OURS, ROLES, ROWS, Row, Scene, routes
from tests.marketplace.support import SLOT, WEDNESDAY, record


@pytest.fixture
def scene(people: People, job: Job, other_job: Job, row: Row) -> Scene:
    """Three segments: one plain and one reported with pictures (where the row is ours), and one rejected."""
    pictures = (1, 2) if row in OURS else (None, None)
    plain = record(people.freelancer, job, number=pictures[0])
    reported = record(people.freelancer, job, SLOT + 1, number=pictures[1])
    rejected = record(people.freelancer, job, SLOT + 2)
    record_rejection(segment=rejected, by=people.client, reason="Not this job", at=WEDNESDAY)
    case = report(segment=reported, by=people.client, kind=CaseKind.SCREENSHOT, reason="Look", now=WEDNESDAY)
    address = EmailAddress.objects.create(user=people.client, email=people.client.email, verified=True, primary=True)
    return Scene(people, job, plain, rejected, case, address)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert sorted({row.route for row in ROWS}) == sorted(set(routes()))


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_role_gets_what_the_matrix_says(row: Row, scene: Scene) -> None:
    got = []
    for role in ROLES:
        # What one role did is not there for the next.
        with transaction.atomic():
            got.append(f"{role} {row.status(scene, role)}")
            transaction.set_rollback(True)
    assert got == [f"{role} {status}" for role, status in zip(ROLES, row.statuses, strict=True)]

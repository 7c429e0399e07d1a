"""What the tests of assistance begin with."""

from __future__ import annotations

import pytest

from marketplace.jobs.models import Job
from marketplace.jobs.services import set_terms
from marketplace.timesheets.services import open_weeks
from tests.marketplace.billing.support import card
from tests.marketplace.conftest import People
from tests.marketplace.support import WEDNESDAY, WEEK


@pytest.fixture
def paid(people: People, job: Job) -> Job:
    """The job at 49.99 USD an hour, which no 12 minutes divide, its client with a card, and its timesheets open."""
    set_terms(job=job, from_week=WEEK, rate_minor=4999, authorized_s=40 * 3600)
    card(people.client)
    open_weeks(WEDNESDAY)
    return job

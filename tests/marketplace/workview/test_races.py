"""The same thing sent at the same instant by several connections is stored once, on both engines."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from marketplace.foundation import storage
from marketplace.jobs.models import Job
from marketplace.workview.models import Picture, Segment
from marketplace.workview.services import Upload, ingest, store_picture
from tests.marketplace.conftest import People
from tests.marketplace.support import DEVICE, SLOT, WEDNESDAY, batch, picture_id, reference, segment, webp
from worktime.errors import FairhourError

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 4


def at_once(act: Callable[[], str]) -> Counter[str]:
    """Run ``act`` in several threads that start together; count what they return."""
    barrier = threading.Barrier(THREADS, timeout=30)
    results: list[str] = []

    def run() -> None:
        try:
            barrier.wait()
            results.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(results)


def test_one_segment_sent_at_once_is_one_row(people: People, job: Job) -> None:
    sent = batch(segment(job))

    def send() -> str:
        (receipt,) = ingest(person=people.freelancer, batch=sent, now=WEDNESDAY)
        return receipt.problem.code if receipt.problem else receipt.outcome.value

    outcomes = at_once(send)
    assert outcomes["stored"] == 1
    # On PostgreSQL the losers may collide; they are told to send again, and would find it known.
    assert outcomes["known"] + outcomes["collided"] == THREADS - 1
    assert Segment.objects.count() == 1
    assert send() == "known"


def test_revisions_that_cross_leave_the_newest(people: People, job: Job) -> None:
    numbers = iter(range(1, THREADS + 1))

    def send() -> str:
        sent = batch(segment(job, revision=next(numbers)))
        while True:
            (receipt,) = ingest(person=people.freelancer, batch=sent, now=WEDNESDAY)
            if receipt.problem is None:
                return receipt.outcome.value

    outcomes = at_once(send)
    assert outcomes["stored"] + outcomes["superseded"] == THREADS
    assert Segment.objects.get().revision == THREADS


def test_one_picture_sent_at_once_is_one_row_and_two_files(people: People, job: Job) -> None:
    data = webp(1)
    ingest(person=people.freelancer, batch=batch(segment(job, picture=reference(data, 1, SLOT))), now=WEDNESDAY)
    upload = Upload(picture_id(1), job.pk, SLOT, DEVICE, hashlib.sha256(data).hexdigest(), data)

    def send() -> str:
        try:
            return str(store_picture(person=people.freelancer, upload=upload, now=WEDNESDAY).size)
        except FairhourError as error:
            return error.problem.code

    outcomes = at_once(send)
    assert outcomes == {str(len(data)): THREADS}
    assert Picture.objects.count() == 1
    folder = Path(storage.pictures().path(""))
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2

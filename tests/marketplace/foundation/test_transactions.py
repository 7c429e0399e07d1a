"""The one write lock on SQLite, and serializable transactions on both engines."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, connections, transaction

from marketplace.accounts.models import User
from marketplace.foundation.sqlite import base
from marketplace.foundation.transactions import TRIES, serializable
from tests.marketplace.conftest import People

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the lock is SQLite's")


def lock_is_free() -> bool:
    """Try to take the lock in another thread, as an RLock lets its owner in again."""
    got: list[bool] = []

    def attempt() -> None:
        taken = base.WRITE_LOCK.acquire(blocking=False)
        got.append(taken)
        if taken:
            base.WRITE_LOCK.release()

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return got[0]


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@only_sqlite
@pytest.mark.django_db(transaction=True)
class TestLock:
    """Taken where a transaction begins, freed where it ends, however it ends."""

    def test_is_held_by_a_transaction_and_free_after_commit(self) -> None:
        with transaction.atomic():
            assert not lock_is_free()
            with transaction.atomic():
                assert not lock_is_free()
        assert lock_is_free()

    def test_is_free_after_a_rollback(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        assert lock_is_free()

    def test_is_free_after_a_connection_that_was_closed_in_its_transaction(self) -> None:
        def lose_it() -> None:
            with transaction.atomic():
                connection.close()
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            lose_it()
        assert lock_is_free()

    def test_is_free_when_the_transaction_could_not_begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        connection.ensure_connection()
        monkeypatch.setattr(connections["default"], "transaction_mode", "NONSENSE")
        with pytest.raises(OperationalError), transaction.atomic():
            pass
        monkeypatch.undo()
        assert lock_is_free()

    def test_is_free_while_callbacks_run_after_the_commit(self) -> None:
        seen: list[bool] = []
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append(lock_is_free()))
        assert seen == [True]

    def test_reading_takes_no_lock_and_a_single_write_waits_for_it(self) -> None:
        User.objects.create_user("a@example.test")
        written = threading.Event()

        def write() -> None:
            User.objects.filter(email="a@example.test").update(name="A")
            written.set()

        with transaction.atomic():
            assert User.objects.count() == 1
            thread = in_thread(write)
            assert not written.wait(0.1)
        thread.join(10)
        assert written.is_set()

    def test_the_database_is_set_as_measured(self) -> None:
        with connection.cursor() as cursor:
            values = {}
            for name in ("journal_mode", "synchronous", "foreign_keys"):
                cursor.execute(f"PRAGMA {name}")
                values[name] = cursor.fetchone()[0]
        assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.django_db(transaction=True)
def test_two_who_read_and_write_crosswise_do_not_both_win(people: People) -> None:
    """Each sets its own name unless the other's is set: under less than serializable both would."""
    barrier = threading.Barrier(2, timeout=20)
    first_try = threading.local()

    def attempt(mine: User, theirs: User) -> None:
        @serializable
        def act() -> None:
            taken = User.objects.get(pk=theirs.pk).name == "taken"
            if connection.vendor == "postgresql" and not hasattr(first_try, "done"):
                first_try.done = True
                barrier.wait()
            if not taken:
                User.objects.filter(pk=mine.pk).update(name="taken")

        act()

    pair = (people.client, people.freelancer)
    threads = [in_thread(lambda a=a, b=b: attempt(a, b)) for a, b in (pair, pair[::-1])]  # type: ignore[misc]
    for thread in threads:
        thread.join(30)
    assert User.objects.filter(name="taken").count() == 1


@pytest.mark.django_db(transaction=True)
def test_collisions_are_tried_again_and_other_errors_are_not() -> None:
    class CollisionError(Exception):
        sqlstate = "40001"

    calls: list[int] = []

    @serializable
    def collides(times: int) -> str:
        calls.append(1)
        if len(calls) <= times:
            raise OperationalError("collided") from CollisionError()
        return "done"

    assert collides(2) == "done"
    assert len(calls) == 3
    calls.clear()
    with pytest.raises(OperationalError):
        collides(99)
    assert len(calls) == TRIES
    calls.clear()

    @serializable
    def breaks() -> None:
        calls.append(1)
        raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        breaks()
    assert len(calls) == 1


@pytest.mark.django_db
def test_joins_the_callers_transaction() -> None:
    @serializable
    def act() -> bool:
        return connection.in_atomic_block

    assert act()

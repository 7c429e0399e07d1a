"""The process whose power is cut: a tracker's hours in little, written into a real journal, told on standard output.

Each line is a JSON object and means: this is kept, from here on. The journal's clock is turned by hand, so that its
barriers fall where they do in earnest, ten ticks apart.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sync import files, spool, tick
from sync.journal import Journal
from tests.sync.journals import JOB, OTHER_JOB, T0, FakeMonotonic, Scribe, open_journal, picture, receipt_for
from tracker_app.lease import LEASE_S
from worktime import observations
from worktime.slots import slot_end, slot_of
from worktime.tracking_values import Comment, Delete, Start, Stop, Tick
from worktime.wire import PictureReceipt, segment_digest

BEGIN = T0 + 690
"""Half a minute before a slot ends, so that one does."""
SECONDS = 150


def say(**what: object) -> None:
    """Tell what is kept."""
    os.write(1, json.dumps(what).encode() + b"\n")


class Driver:
    """One run. ``plan``: when what happens."""

    def __init__(self, home: Path, seed: int, plant: str | None) -> None:
        self.plan = random.Random(seed)
        self.clock = FakeMonotonic()
        if plant is not None:
            BEFORE.get(plant, lambda: None)()
        self.journal = open_journal(home, monotonic=self.clock)
        if plant in AFTER:
            AFTER[plant](self.journal)
        append, erase = self.journal.append, self.journal.erase

        def appended(seen: Any) -> None:
            kept = list(seen)
            append(kept)
            say(observed=[observations.encode(each).decode() for each in kept])

        def erased(number: Any) -> None:
            say(going=str(number))
            erase(number)

        self.journal.append = appended  # type: ignore[method-assign]
        self.journal.erase = erased  # type: ignore[method-assign, assignment]
        self.scribe = Scribe(self.journal)
        self.marks: tick.Marks | None = None
        self.noted = 0
        self.number = 0

    def run(self) -> None:
        """Record, with something else every few seconds."""
        say(device=str(self.journal.outbox.device))
        self.scribe.do(Start(JOB, BEGIN))
        acts = (self.comment, self.pause, self.take, self.take, self.send, self.send, self.delete)
        for second in range(BEGIN + 1, BEGIN + SECONDS):
            if self.marks is not None and self.marks.mark():
                self.noted += 1
            else:
                self.reckon(second - 1)
                self.scribe.work(second - 1, 1)
                self.take_lease(second)
            self.clock.now += 1.0
            if self.scribe.state.current is not None:
                say(tick=second)
            if self.plan.random() < 0.25:
                self.reckon(second)
                self.plan.choice(acts)(second)
        self.reckon(BEGIN + SECONDS - 1)
        self.scribe.do(Stop(BEGIN + SECONDS - 1))
        self.journal.close()

    def take_lease(self, second: int) -> None:
        """Let the next seconds of this slot be marked only, as the recorder does."""
        sure_s = slot_end(slot_of(second)) - 1 - second
        kept = self.journal._tick.latest
        if self.scribe.state.current is not None and kept is not None and kept.until == second and sure_s > 0:
            self.marks = self.journal.ahead(min(LEASE_S, sure_s))

    def reckon(self, second: int) -> None:
        """Count the seconds up to this one that were marked only."""
        if self.noted:
            self.scribe.do(Tick(second, second - 1))  # all of them at once, so that they are kept once
        self.marks, self.noted = None, 0

    def comment(self, second: int) -> None:
        """Write a comment, short or long."""
        self.scribe.do(Comment(f"At {second} " + "x" * self.plan.choice((0, 30, 900))))

    def pause(self, second: int) -> None:
        """Stop, and start again, perhaps on the other job."""
        self.scribe.do(Stop(second), Start(self.plan.choice((JOB, OTHER_JOB)), second))

    def take(self, second: int) -> None:
        """Take a picture; told or not yet told to the machine."""
        current = self.scribe.state.current
        if current is None:
            return
        self.number += 1
        taken, data = picture(
            slot_of(second),
            max(1, current.attempts),
            second,
            job=current.job,
            number=self.number,
            size=self.plan.choice((200, 5000, 20_000)),
        )
        self.journal.spooled(taken, data, b"small " * 50)
        say(picture=str(taken.picture.id), sha256=taken.picture.sha256, told=False)
        if self.plan.random() < 0.7:
            self.scribe.do(taken)

    def send(self, second: int) -> None:
        """Offer, and get receipts for most."""
        outbox = self.journal.outbox
        self.clock.now += 10.0 if self.plan.random() < 0.1 else 0.0
        for segment in outbox.pending_segments(second, 10):
            say(offered=[str(segment.job), segment.slot, segment.revision, segment_digest(segment)])
            if self.plan.random() < 0.8:
                outbox.segment_receipt(receipt_for(segment))
        for pending in outbox.pending_pictures(second + 1000, 1):
            say(going=str(pending.id))
            outbox.picture_receipt(PictureReceipt(id=pending.id, sha256=pending.sha256, size=pending.size))
            say(received=str(pending.id))

    def delete(self, second: int) -> None:
        """Delete the running segment, seldom."""
        current = self.scribe.state.current
        if current is not None and self.plan.random() < 0.2:
            self.scribe.do(Delete(current.job, current.slot, second))


# Planted bugs: the wrong designs that the harness has to find


def _normal(journal: Journal) -> None:
    """Commits are not synced."""
    with journal._db.read() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")


def _row_first(journal: Journal) -> None:
    """A picture gets its row before its file."""
    store = journal.spool.store
    later: list[Callable[[], None]] = []
    spooled = journal.spooled

    def put_off(*what: Any) -> None:
        later.append(lambda: store(*what))

    def row_first(*what: Any) -> None:
        spooled(*what)
        later.pop()()

    journal.spool.store = put_off  # type: ignore[method-assign, assignment]
    journal.spooled = row_first  # type: ignore[method-assign, assignment]


def _nothing(_what: object) -> None:
    """Instead of a sync."""


def _no_barrier() -> None:
    """The tick record is never forced to the disk."""
    tick._sync_data = _nothing


def _no_folder() -> None:
    """Names are not forced to the disk."""
    for module in (files, spool, tick):
        vars(module)["sync_folder"] = _nothing


def _certain_page(journal: Journal) -> None:
    """Marks are written into the page that is on the disk for certain."""
    record = journal._tick
    ahead = record.ahead

    def into_it(seconds: int) -> tick.Marks:
        forced, record._forced = record._forced, False
        try:
            return ahead(seconds)
        finally:
            record._forced = forced

    record.ahead = into_it  # type: ignore[method-assign]


BEFORE: dict[str, Callable[[], None]] = {"no-barrier": _no_barrier, "no-folder": _no_folder}
AFTER: dict[str, Callable[[Journal], None]] = {
    "normal": _normal,
    "row-first": _row_first,
    "certain-page": _certain_page,
}
PLANTS = (*AFTER, *BEFORE)


if __name__ == "__main__":
    Driver(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None).run()

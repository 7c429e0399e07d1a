"""What the product makes of an image, held against what had been acknowledged when the power was cut."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sync.journal import Journal
from tests.harness.power.trace import Said
from tests.sync.journals import Scribe, open_journal
from worktime.wire import segment_digest

NEW_DEVICE = UUID(int=999)
LATER = 10**10
Offer = tuple[str, int]


@dataclass
class Kept:
    """What was acknowledged up to a call."""

    device: str | None = None
    observed: list[str] = field(default_factory=list)
    tick: int = 0
    pictures: dict[str, str] = field(default_factory=dict)
    received: set[str] = field(default_factory=set)
    offered: dict[Offer, dict[int, str]] = field(default_factory=dict)

    def hear(self, said: Said) -> None:
        """Add a line of the driver."""
        what = json.loads(said.line)
        self.device = what.get("device", self.device)
        self.observed += what.get("observed", [])
        self.tick = what.get("tick", self.tick)
        if "picture" in what:
            self.pictures[what["picture"]] = what["sha256"]
        if "going" in what:
            self.pictures.pop(what["going"], None)
        if "received" in what:
            self.received.add(what["received"])
        if "offered" in what:
            job, slot, revision, digest = what["offered"]
            self.offered.setdefault((job, slot), {})[revision] = digest


@dataclass
class Tally:
    """What was found in all images."""

    images: int = 0
    acknowledged_lost: int = 0
    tick_loss_s_max: int = 0
    dangling: int = 0
    renumbered: int = 0
    damaged: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every promise was kept."""
        return self.images > 0 and self.tick_loss_s_max <= 10 and not self.examples

    def blame(self, what: str, count: int, image: str) -> int:
        """Note an example; returns the count."""
        if count and len(self.examples) < 5:
            self.examples.append(f"{image}: {count} {what}")
        return count

    def judge(self, home: Path, kept: Kept, image: str) -> None:
        """Open an image and compare."""
        self.images += 1
        dangling = self.blame("rows without their file", _dangling(home), image)
        self.dangling += dangling
        self.acknowledged_lost += dangling  # a row is the journal's word that the picture is kept
        journal = open_journal(home, device=NEW_DEVICE)
        try:
            self.damaged += self.blame("damaged", int(journal.problem is not None), image)
            self.acknowledged_lost += self.blame("acknowledged lost", sum(_lost(journal, kept)), image)
            self.tick_loss_s_max = max(self.tick_loss_s_max, kept.tick - _until(journal) if kept.tick else 0)
            self.renumbered += self.blame("revisions that name two contents", _renumbered(journal, kept), image)
        finally:
            journal.close()


def _dangling(home: Path) -> int:
    """Count the rows that claim a picture whose file is not there, or not whole, before anything is swept."""
    path = home / "journal.sqlite3"
    if not path.exists():
        return 0
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT sha256 FROM picture WHERE erased = 0 AND receipted = 0").fetchall()
    except sqlite3.DatabaseError:
        return 0  # no table yet; damage is found by who opens it in earnest
    finally:
        connection.close()
    return sum(not _whole(home / "pictures" / f"{sha256}.webp", sha256) for (sha256,) in rows)


def _whole(path: Path, sha256: str) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _lost(journal: Journal, kept: Kept) -> Iterable[int]:
    with journal._db.read() as cursor:
        there = [row[0].decode() for row in cursor.execute("SELECT body FROM observation ORDER BY seq")]
        received = {row[0] for row in cursor.execute("SELECT id FROM picture WHERE receipted = 1")}
    yield int(kept.device is not None and str(journal.outbox.device) != kept.device)
    yield sum(mine != theirs for mine, theirs in zip(kept.observed, there, strict=False))
    yield max(0, len(kept.observed) - len(there))
    yield len(kept.received - received)
    for number, sha256 in kept.pictures.items():
        where = journal.whereabouts(UUID(number))
        yield int(where is None or where.picture is None or not _whole(where.picture, sha256))


def _until(journal: Journal) -> int:
    """The last second that is known to have been recorded."""
    facts = [journal.facts(job, slot) for job, slot in journal.keys(0, LATER)]
    ends = [end for each in facts for end in (*(span.end for span in each.counted), *(gone[1] for gone in each.gone))]
    return max([*ends, *(each.stay.until for each in facts if each.stay)], default=0)


def _renumbered(journal: Journal, kept: Kept) -> int:
    """Count segments that are offered under a number that named something else, or under a lower one."""
    Scribe(journal).do(journal.recover(LATER))
    wrong = 0
    for segment in journal.outbox.pending_segments(LATER, 1000):
        before = kept.offered.get((str(segment.job), segment.slot), {})
        same = before.get(segment.revision) == segment_digest(segment)
        wrong += bool(before) and segment.revision <= max(before) and not (same and segment.revision == max(before))
    return wrong

"""What a victim said before it was killed, and whether its journal keeps every word of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from pathlib import Path
from uuid import UUID

from sync.journal import Journal
from worktime.derive import Facts
from worktime.intervals import total, union

DEVICE = UUID(int=9)
FAR = 1 << 40


@dataclass
class Tally:
    """The sums over all kills, by the names that the harness prints."""

    kills: int = 0
    kills_while_recording: int = 0
    kills_in_picture: int = 0
    kills_in_opening: int = 0
    pictures: int = 0
    seconds: int = 0
    lost_s_max: float = 0.0
    invented_s: int = 0
    lost_pictures: int = 0
    dangling: int = 0
    duplicates: int = 0
    unreadable: int = 0
    changed: int = 0
    left_open: int = 0

    def add(self, other: Tally) -> None:
        """Take another one's sums in."""
        lost_s_max = max(self.lost_s_max, other.lost_s_max)
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.lost_s_max = lost_s_max

    @property
    def good(self) -> bool:
        """Whether the promise was kept."""
        wrong = (self.lost_pictures, self.dangling, self.duplicates, self.invented_s)
        broken = (self.unreadable, self.changed, self.left_open)
        return self.lost_s_max <= 1.0 and not any(wrong) and not any(broken)


@dataclass
class Witness:
    """Listens to the victims of one home, one after the other. ``rate``: business seconds in a real one."""

    home: Path
    tally: Tally
    rate: int = 1
    hashes: dict[UUID, str] = field(default_factory=dict)
    slots: dict[UUID, int] = field(default_factory=dict)
    kept: set[UUID] = field(default_factory=set)
    gone: set[UUID] = field(default_factory=set)
    writing: UUID | None = None
    recording: bool = False
    began: int = 0
    until: int = 0

    def hear(self, line: str) -> None:
        """Take one line that a victim said to its end."""
        match line.split():
            case ["entered", second]:
                if not self.recording and int(second) != self.until:
                    self.began = int(second)
                self.recording, self.until = True, int(second)
            case ["left", second]:
                self.recording, self.until = False, int(second)
            case ["second", second]:
                self.tally.seconds += int(second) - self.until
                self.until = int(second)
            case ["begin", picture, sha256, slot]:
                self.writing = UUID(picture)
                self.hashes[self.writing] = sha256
                self.slots[self.writing] = int(slot)
            case ["picture", picture]:
                self.kept.add(UUID(picture))
                self.tally.pictures += 1
                self.writing = None
            case ["erase", picture]:
                self.gone.add(UUID(picture))

    def killed(self, *, until: int | None = None) -> None:
        """Judge the journal as the kill left it. ``until``: the second that had come by the harness's clock."""
        self.tally.kills += 1
        self.tally.kills_while_recording += self.recording
        self.tally.kills_in_picture += self.writing is not None
        journal = Journal(self.home, new_device=lambda: DEVICE)
        self.tally.unreadable += journal.problem is not None
        # Before any recovery: a row may never point at a file that is not there, whole.
        self.tally.dangling += sum(self._dangles(journal, picture) for picture in self.hashes.keys() - self.gone)
        facts = self._judge(journal)
        journal.close()
        if self.recording:
            self._judge_time(facts, self.until if until is None else until)
        self.recording, self.writing = False, None

    def recovered(self, erased: set[UUID]) -> None:
        """Judge the journal after the next start has recovered it, and has erased what others replaced.

        What was erased must have been replaced: a slot that keeps time, and had a picture, shows one.
        """
        self.gone |= erased
        journal = Journal(self.home, new_device=lambda: DEVICE)
        facts = self._judge(journal)
        journal.close()
        pictured = {self.slots[picture] for picture in self.kept}
        self.tally.lost_pictures += sum(
            each.picture is None and each.counted_s > 0 for each in facts if each.slot in pictured
        )

    def _judge(self, journal: Journal) -> list[Facts]:
        facts = [journal.facts(*key) for key in journal.keys(0, FAR)]
        kept = self.kept - self.gone
        self.tally.lost_pictures += sum(not whole(journal, picture, self.hashes[picture]) for picture in kept)
        self.tally.duplicates += _duplicates(facts)
        return facts

    def _judge_time(self, facts: list[Facts], until: int) -> None:
        end = max((span.end for each in facts for span in each.counted if span.end > self.began), default=self.began)
        self.tally.lost_s_max = max(self.tally.lost_s_max, round((until - end) / self.rate, 3))
        # What came last may have been written without a word about it: one tick of the grid, and no second more.
        self.tally.invented_s += max(0, end - max(until, self.until) - max(1, self.rate // 20))

    def _dangles(self, journal: Journal, picture: UUID) -> bool:
        return journal.whereabouts(picture) is not None and not whole(journal, picture, self.hashes[picture])


def whole(journal: Journal, picture: UUID, sha256: str) -> bool:
    """Tell whether a picture's bytes are here and its own."""
    found = journal.whereabouts(picture)
    if found is None or found.picture is None:
        return False
    return hashlib.sha256(found.picture.read_bytes()).hexdigest() == sha256


def _duplicates(facts: list[Facts]) -> int:
    """Seconds that are counted twice, and pictures that are shown twice."""
    spans = [(span.start, span.end) for each in facts for span in each.counted]
    pictures = [each.picture.picture.id for each in facts if each.picture is not None]
    return sum(end - start for start, end in spans) - total(union(spans)) + len(pictures) - len(set(pictures))

"""What rules.md says of tracking and idle time, one second at a time: the model that the machine is held against.

Deliberately simple-minded: one byte for every second of the desk's life, and no word of spans, slots' edges, stays or
observations. It imports nothing of the product, so that it can't share a mistake with it.
"""

from __future__ import annotations

from collections import Counter

IDLE = 24 * 60
SLOT = 12 * 60
NOTHING = 0
COUNTED, BLIND, IDLED, DELETED = 1, 3, 5, 7
"""What a second's byte says of job 0; of job 1 it is one more. ``BLIND``: counted with Work View off."""

Where = tuple[int, int]
"""(job, slot)."""


class Naive:
    """A person at a desk; ``first`` is the first second that there is. Jobs are 0 and 1."""

    def __init__(self, first: int, hole_s: int) -> None:
        self.first = first
        self.hole_s = hole_s
        self.seconds = bytearray()
        self.job: int | None = None
        self.paused: int | None = None
        self.why = ""
        self.work_view = True
        self.until = 0
        self.since = 0
        self.input = 0
        self.paused_at = 0
        self.away_from = 0
        self.private_until = 0
        self.may_ask = False
        self.asked: list[tuple[int, str, int, int]] = []
        self.active: Counter[Where] = Counter()
        self.keys: Counter[Where] = Counter()
        self.jumped: set[Where] = set()
        self.crashed: set[Where] = set()
        self.memos: dict[int, str] = {}
        self.comments: dict[Where, str] = {}
        self.watched: set[tuple[int, int]] = set()

    # What is known of a second

    def at(self, second: int) -> int:
        index = second - self.first
        return self.seconds[index] if index < len(self.seconds) else NOTHING

    def put(self, second: int, what: int) -> None:
        index = second - self.first
        self.seconds.extend(bytes(max(0, index + 1 - len(self.seconds))))
        self.seconds[index] = what

    # What happens

    def start(self, job: int, at: int, *, work_view: bool) -> None:
        self.pass_to(at)
        if self.job is None:
            self.begin(job, at, work_view=work_view)
        elif job != self.job:
            self.job, self.work_view = job, work_view
            self.enter()

    def begin(self, job: int, at: int, *, work_view: bool) -> None:
        self.until = max(self.until, at)
        self.since = self.input = self.until
        self.job, self.paused, self.work_view = job, None, work_view
        self.enter()

    def stop(self, at: int) -> None:
        self.pass_to(at)
        self.job = self.paused = None

    def resume(self, at: int) -> None:
        if self.paused is not None:
            self.begin(self.paused, at, work_view=self.work_view)

    def go_away(self, why: str, at: int) -> None:
        self.pass_to(at)
        if self.job is not None:
            self.pause(why, self.until)
        elif self.paused is not None and not self.may_ask:
            self.why, self.may_ask = why, True

    def want_privacy(self, at: int, seconds: int) -> None:
        self.pass_to(at)
        if self.job is not None:
            self.pause("private", max(at, self.until))
        elif self.paused is not None:
            self.why, self.away_from, self.may_ask, self.paused_at = "private", max(at, self.until), True, self.until
        self.private_until = at + seconds

    def unlock(self, at: int) -> None:
        if self.why != "private" or at >= self.private_until:
            self.come_back(at)

    def come_back(self, at: int) -> None:
        if self.paused is not None and self.may_ask:
            self.asked.append((self.paused, self.why, self.away_from, max(at, self.paused_at)))
            self.may_ask = False

    def set_work_view(self, on: bool, at: int) -> None:
        self.pass_and_ask(at)
        changes = self.work_view != on
        if self.job is not None or self.paused is not None:
            self.work_view = on
        if self.job is not None and changes:
            self.enter()

    def jump(self, at: int) -> None:
        self.pass_and_ask(at)
        if self.job is not None:
            self.jumped.add((self.job, self.until // SLOT))

    def tick(self, at: int, last_input: int | None, keys: int = 0) -> None:
        if self.paused is not None and self.why == "idle" and last_input is not None and last_input >= self.paused_at:
            self.come_back(at)
        if self.paused is not None and self.why == "private" and at >= self.private_until:
            self.come_back(at)
        self.pass_and_ask(at, last_input, seen=True, keys=keys)

    def delete(self, job: int, slot: int, at: int, *, has_picture: bool) -> None:
        self.pass_and_ask(at)
        if not has_picture:
            return
        for second in range(slot * SLOT, slot * SLOT + SLOT):
            if second >= self.first and self.at(second) in (COUNTED + job, BLIND + job):
                self.put(second, DELETED + job)
        self.active[job, slot] = self.keys[job, slot] = 0
        if self.job == job and self.until // SLOT == slot:
            self.enter()

    def comment(self, text: str, job: int | None = None) -> None:
        """On the running segment and those that follow."""
        here = self.job if self.job is not None else self.paused
        about = here if job is None else job
        if about is not None:
            self.memos[about] = text
            if self.job == about:
                self.comments[about, self.until // SLOT] = text

    def crash(self, at: int) -> None:
        """The program dies and is started again at ``at``."""
        self.memos = {}
        for job in (0, 1):
            slots = [slot for other, slot in self.comments if other == job]
            if slots and self.comments[job, max(slots)]:
                self.memos[job] = self.comments[job, max(slots)]
        if self.job is None:
            self.paused = None
            return
        self.crashed.add((self.job, self.until // SLOT))
        # The last ticks may be lost, but no picture: until a hole begins, it was watched.
        self.watched |= {(self.job, self.until + ahead) for ahead in range(self.hole_s + 1)}
        self.pause("crashed", self.until)
        self.come_back(at)

    # How it counts

    def enter(self) -> None:
        assert self.job is not None
        self.comments.setdefault((self.job, self.until // SLOT), self.memos.get(self.job, ""))
        self.watched.add((self.job, self.until))

    def pause(self, why: str, away_from: int) -> None:
        self.paused, self.job = self.job, None
        self.why, self.paused_at, self.away_from, self.may_ask = why, self.until, away_from, True

    def pass_and_ask(self, at: int, last_input: int | None = None, *, seen: bool = False, keys: int = 0) -> None:
        if self.pass_to(at, last_input, seen=seen, keys=keys):
            self.come_back(at)

    def pass_to(self, at: int, last_input: int | None = None, *, seen: bool = False, keys: int = 0) -> bool:
        """Count up to ``at``; True where nobody had watched for too long."""
        if self.job is None or at < self.until:
            return False
        if at - self.until > self.hole_s:
            self.jumped.add((self.job, self.until // SLOT))
            self.pause("hole", self.until)
            return True
        if seen:
            self.input = max(self.input, at if last_input is None else min(last_input, at))
        is_active = seen and last_input is not None and last_input >= self.until
        self.keys[self.job, self.until // SLOT] += keys
        quiet_from = max(self.input, self.since)
        while self.until < at and self.until - quiet_from < IDLE:
            self.count_one(is_active)
        if self.until - quiet_from >= IDLE:
            for second in range(quiet_from, self.until):
                for job in (0, 1):
                    if self.at(second) in (COUNTED + job, BLIND + job):
                        self.put(second, IDLED + job)
            self.pause("idle", quiet_from)
        elif self.until % SLOT == 0:
            self.enter()
        return False

    def count_one(self, is_active: bool) -> None:
        assert self.job is not None
        if self.until % SLOT == 0:
            self.enter()
        self.put(self.until, self.job + (COUNTED if self.work_view else BLIND))
        self.active[self.job, self.until // SLOT] += is_active
        self.watched |= {(self.job, self.until), (self.job, self.until + 1)}
        self.until += 1

"""A person's weeks, drawn at random: what devices recorded and sent, in which order, and what people did about it.

Draws plain values only, so that both sides get the same and a list of acts can be shrunk. No rule decides here: many
acts come too late, name what is not there, or come twice, and have to be refused alike. Imports no rule of worktime.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.harness.weeks import walked
from tests.harness.weeks.seconds import COUNTED, DELETED, IDLE, NOTHING, OFF, ON, SLOT, cut

MINUTE, HOUR = 60, 3600
JOBS, DEVICES = (1, 2), (1, 2)
RATES = (50, 50, 150, 250, 1800, 2500, 3333, 4550, 7, 0)


@dataclass(frozen=True)
class Act:
    """Something that happens at a second: the name of a method of both sides, and its arguments."""

    at: int
    name: str
    args: dict[str, Any]

    def __str__(self) -> str:
        args = ", ".join(f"{key}={value}" for key, value in self.args.items())
        return f"{self.at} {walked.clock(self.at):%a %d %b %H:%M:%S} {self.name}({args})"


@dataclass(frozen=True)
class Plan:
    """A person: fees' threshold, jobs as (number, began, terms, ways to pay), and acts in their order."""

    seed: int
    threshold: int
    jobs: tuple[tuple[int, int, tuple[int, int], tuple[Any, Any, bool]], ...]
    acts: tuple[Act, ...]
    weeks: tuple[int, ...]
    job_weeks: int


CARD = ("card", True, False, None)
GOOD = (CARD, None, False)


@dataclass
class Drawn:
    """A segment as its device knows it, and how often it was sent."""

    job: int
    slot: int
    device: int
    did: bytearray = field(default_factory=lambda: bytearray(SLOT))
    revision: int = 0
    protects: bool = True
    arrived: bool = True
    sent_at: int = 0


class Writer:
    """Draws one person."""

    def __init__(self, seed: int, weeks: int, load: float, bustle: float) -> None:
        self.seed = seed
        self.draw = Random(seed)
        self.load = load
        self.acts: list[tuple[int, Act]] = []
        self.drawn: dict[tuple[int, int, int], Drawn] = {}
        self.ended: dict[int, int] = {}
        self.offline: dict[int, int] = {}
        self.others = 0
        first = self._first_monday(weeks)
        self.weeks = [walked.midnight(first + timedelta(days=7 * number)) for number in range(weeks)]
        self.tail = [walked.midnight(first + timedelta(days=7 * (weeks + number))) for number in range(3)]
        self.jobs = JOBS if self.draw.random() < 0.5 else JOBS[:1]
        self.busy: dict[int, list[tuple[int, int]]] = {device: [] for device in DEVICES}
        self.likes = {
            name: self.draw.random() < share * bustle
            for name, share in {
                "late": 0.4,
                "revise": 0.6,
                "judge": 0.5,
                "money": 0.5,
                "dispute": 0.3,
                "others": 0.5,
                "fail": 0.3,
                "twice": 0.4,
                "early": 0.3,
                "terms": 0.4,
            }.items()
        }

    def _first_monday(self, weeks: int) -> date:
        """Return a Monday in 2025 to 2029, so that the clocks change in the person's weeks more often than not."""
        year = self.draw.randint(2025, 2029)
        if self.draw.random() < 0.6:
            month = self.draw.choice((3, 11))
            day = date(year, month, 1)
            sundays = [day + timedelta(days=each) for each in range(14) if (day + timedelta(days=each)).weekday() == 6]
            change = sundays[1] if month == 3 else sundays[0]
            return change - timedelta(days=6 + 7 * self.draw.randrange(weeks))
        day = date(year, 1, 1) + timedelta(days=self.draw.randrange(330))
        return day - timedelta(days=day.weekday())

    def act(self, at: int, name: str, **args: Any) -> None:
        """Add an act; those of one second keep a drawn order."""
        self.acts.append((self.draw.randrange(8), Act(at, name, args)))

    def plan(self) -> Plan:
        """Return the person."""
        jobs = []
        for job in self.jobs:
            began = self.weeks[0] + (self.draw.randrange(3 * 24) * HOUR if self.draw.random() < 0.3 else 0)
            jobs.append((job, began, self._terms(), GOOD if self.draw.random() < 0.85 else self._ways()))
            if self.draw.random() < 0.3:
                week = self.draw.choice(self.weeks[1:] or self.weeks)
                self.ended[job] = week + self.draw.randrange(1, 6 * 24) * HOUR
                self.act(self.ended[job], "end_job", job=job)
        began_at = {job: began for job, began, _, _ in jobs}
        for week in self.weeks:
            self._record(week, began_at)
        self._send()
        for week in (*self.weeks, self.tail[0]):
            for job in self.jobs:
                self._office(job, week)
        self._looks()
        self._again()
        self._second_rejections()
        self._beyond(began_at)
        acts = sorted(self.acts, key=lambda pair: (pair[1].at, pair[0]))
        worked = {(drawn.job, walked.monday(drawn.slot * SLOT)) for drawn in self.drawn.values()}
        first = min(began_at.values())
        return Plan(
            self.seed,
            self.draw.choice((50, 333, 1500, 20_000, 1_000_000)),
            tuple(jobs),
            tuple(act for _, act in acts if act.at >= first),
            (*self.weeks, *self.tail),
            len(worked),
        )

    def _terms(self) -> tuple[int, int]:
        authorized = int(self.load * HOUR * self.draw.choice((0, 0.3, 0.6, 1, 2, 40)))
        return self.draw.choice(RATES), authorized - authorized % self.draw.choice((1, 12, 36))

    def _ways(self) -> tuple[Any, Any, bool]:
        until = self.draw.choice(self.weeks) + self.draw.randrange(7 * 24) * HOUR
        ways = (
            None,
            CARD,
            ("card", False, False, None),
            ("card", True, True, None),
            ("paypal", True, False, until),
            ("balance", True, False, None),
        )
        return self.draw.choice(ways), self.draw.choice(ways), self.draw.random() < 0.3

    # What devices record ----------------------------------------------------------------------------

    def _record(self, week: int, began: dict[int, int]) -> None:
        hours = self.load * self.draw.choice((0.1, 0.4, 0.7, 1, 1, 1.5))
        end = walked.after(week, 7)
        left = int(hours * HOUR)
        at = week + self.draw.randrange(48) * HOUR
        if self.draw.random() < 0.25:
            at = week - self.draw.choice((0, 5, 30)) * MINUTE  # an interval that runs through midnight
        if self.draw.random() < 0.3:
            at = end - left - self.draw.choice((-30 * MINUTE, 0, 3 * HOUR))
        while left > 0 and at < end + HOUR:
            at += self._grain(self.draw.choice((0, 0, 600, 5 * HOUR, 20 * HOUR)))
            length = self._grain(self.draw.choice((300, 1500, 4000, 9000)))
            job = self.draw.choice(self.jobs)
            self._session(1, job, at, at + length, began)
            if self.draw.random() < 0.04:
                # No tracker does this, and the rules say all the same whose second it is.
                self._session(1, self.draw.choice(self.jobs), at, at + self._grain(1500), began, broken=True)
            if self.draw.random() < 0.3:
                low = at + self._grain(length)
                if self.draw.random() < 0.5:
                    low = at - self.draw.choice((0, 0, 12, 600, 1200))
                other = self.draw.choice(self.jobs)
                high = low + self._grain(2400)
                self._session(2, other, low, high, began)
                if self.likes["late"] and self.draw.random() < 0.4:
                    # The other machine was offline: what it has is known when the first one's time may be judged.
                    there = max(low, high) + self.draw.choice((12, 30, 100, 200)) * HOUR
                    self.offline.update(dict.fromkeys(range(low // SLOT, high // SLOT + 1), there))
            at += length
            left -= length

    def _grain(self, most: int) -> int:
        value = self.draw.randrange(most + 1)
        return value - value % self.draw.choice((1, 12, 36, 60, 720))

    def _session(
        self, device: int, job: int, start: int, end: int, began: dict[int, int], broken: bool = False
    ) -> None:
        """Record a stretch; a device is on one job at a time, unless it is ``broken``."""
        start = max(start, began[job])
        end = min(end, self.ended.get(job, end))
        if start >= end or (not broken and any(low < end and start < high for low, high in self.busy[device])):
            return
        self.busy[device].append((start, end))
        work_view = self.draw.random() < 0.85
        fine = self.draw.random() < 0.9
        for slot in range(start // SLOT, (end - 1) // SLOT + 1):
            drawn = self.drawn.setdefault((job, slot, device), Drawn(job, slot, device))
            if self.draw.random() < 0.02:
                work_view = not work_view
            low, high = max(start, slot * SLOT), min(end, slot * SLOT + SLOT)
            drawn.did[low - slot * SLOT : high - slot * SLOT] = bytes([ON if work_view else OFF]) * (high - low)
            drawn.protects = fine and self.draw.random() < 0.95

    # What devices send ------------------------------------------------------------------------------

    def _send(self) -> None:
        away = dict.fromkeys(DEVICES, 0)
        for key in sorted(self.drawn, key=lambda key: (key[1], key[2], key[0])):
            drawn = self.drawn[key]
            end = drawn.slot * SLOT + SLOT
            if self.likes["late"] and self.draw.random() < 0.04:
                away[drawn.device] = end + self.draw.choice((HOUR, 24 * HOUR, 80 * HOUR, 200 * HOUR, 400 * HOUR))
            at = max(end + self.draw.choice((0, 1, 60, 290)), away[drawn.device])
            if drawn.device == 2:
                at = max(at, self.offline.get(drawn.slot, at))
            if self.draw.random() < 0.01:
                at = self._moment(end)
            self._first(drawn, at)
            if self.likes["revise"] and self.draw.random() < 0.15:
                self._later(drawn, at)
            if self.likes["judge"] and self.draw.random() < (0.4 if drawn.slot in self.offline else 0.12):
                self._judge(drawn, at)

    def _moment(self, after: int) -> int:
        """Return a second after one given, on the edge of a deadline more often than chance would have it."""
        week = walked.monday(after) if self.draw.random() < 0.6 else walked.after(walked.monday(after), 7)
        edge = self.draw.choice((walked.seven(week), walked.saturday(week), walked.after(week, 7)))
        at = edge + self.draw.choice((-1, 0, 0, 1, -HOUR, HOUR))
        if self.draw.random() < 0.4:
            at = after + self.draw.randrange(20 * 24 * HOUR)
        return max(at, after)

    def _in_review(self, second: int) -> int:
        """Return a second in which the timesheet of a second is in review, mostly."""
        week = walked.monday(second)
        if self.draw.random() < 0.3:
            return self._moment(second)
        return max(second, self.draw.randrange(walked.seven(week), walked.saturday(week)))

    def _first(self, drawn: Drawn, at: int) -> None:
        choice = self.draw.random()
        if choice < 0.1:
            # The time streams ahead of the picture.
            self._receive(drawn, at, arrived=False)
            self._receive(drawn, at + self.draw.choice((120, 24 * HOUR, 100 * HOUR)))
        elif choice < 0.2:
            # Two revisions that overtake each other.
            whole, cut_at = bytes(drawn.did), self.draw.randrange(SLOT)
            drawn.did[cut_at:] = bytes(SLOT - cut_at)
            late = at + self.draw.choice((0, 30, 90 * HOUR))
            self._receive(drawn, late)
            drawn.did[:] = whole
            self._receive(drawn, at if self.draw.random() < 0.7 else late)
        elif choice < 0.97:
            self._receive(drawn, at)
        # else: it never comes

    def _receive(self, drawn: Drawn, at: int, arrived: bool = True) -> None:
        drawn.revision += 1
        found: dict[int, list[tuple[int, int]]] = {OFF: [], ON: [], DELETED: [], IDLE: []}
        for low, high, (did,) in cut([bytes(drawn.did)], drawn.slot * SLOT):
            if did:
                found[did].append((low, high))
        spans = sorted(
            [(low, high, True) for low, high in found[ON]] + [(low, high, False) for low, high in found[OFF]]
        )
        values = {
            "job": drawn.job,
            "slot": drawn.slot,
            "device": drawn.device,
            "revision": drawn.revision,
            "spans": spans,
            "idle": found[IDLE],
            "deleted": found[DELETED],
            "protects": drawn.protects and arrived,
            "arrived": arrived,
        }
        self.act(at, "receive", **values)
        if self.likes["twice"] and self.draw.random() < 0.05:
            self.act(at + self.draw.choice((0, 5, 70 * HOUR)), "receive", **values)

    def _later(self, drawn: Drawn, at: int) -> None:
        for _ in range(self.draw.choice((1, 1, 2))):
            at = self._moment(at + 1)
            self._revise(drawn, at)

    def _revise(self, drawn: Drawn, at: int) -> None:
        """Revise a segment: idle found, deleted offline, cut, more of it, or what was taken away is there again."""
        low = self._grain(SLOT - 1)
        high = min(SLOT, low + self.draw.choice((12, 100, 360, SLOT)))
        if self.draw.random() < 0.3:
            low, high = 0, SLOT
        kind = self.draw.choice((IDLE, IDLE, DELETED, NOTHING, ON, OFF, None))
        if kind is None:
            self.act(at, "delete", job=drawn.job, slot=drawn.slot, device=drawn.device)
            self._free_of_idle(drawn)
            drawn.protects = self.draw.random() < 0.5
            return
        elsewhere = any(other != drawn.job and (other, drawn.slot, drawn.device) in self.drawn for other in self.jobs)
        for second in range(low, high):
            if kind in COUNTED:
                drawn.did[second] = drawn.did[second] if elsewhere else kind
            elif drawn.did[second] in COUNTED:
                drawn.did[second] = kind
        self._receive(drawn, at)

    def _free_of_idle(self, drawn: Drawn) -> None:
        """What was deleted for good is never idle later."""
        for second in range(SLOT):
            if drawn.did[second] in COUNTED:
                drawn.did[second] = DELETED

    # What people do ---------------------------------------------------------------------------------

    def _judge(self, drawn: Drawn, at: int) -> None:
        names = {"job": drawn.job, "slot": drawn.slot, "device": drawn.device}
        for _ in range(self.draw.choice((1, 1, 2))):
            at = self._in_review(drawn.slot * SLOT)
            if self.draw.random() < 0.4:
                at = drawn.slot * SLOT + SLOT + self.draw.randrange(12 * HOUR)
            self.act(at, "reject", **names)
            if self.draw.random() < 0.3:
                self._revise(drawn, at + self.draw.choice((1, HOUR, 30 * HOUR, 150 * HOUR)))
            if self.draw.random() < 0.4:
                self.act(max(at, self._in_review(drawn.slot * SLOT)), "take_back", **names)
        if self.draw.random() < 0.5:
            self.act(self._moment(at), self.draw.choice(("restore", "restore", "uphold")), **names)

    def _office(self, job: int, week: int) -> None:
        """What client, freelancer and staff do about one job's week, whether it goes or not."""
        draw, likes = self.draw, self.likes
        if likes["others"] and draw.random() < 0.5:
            for _ in range(draw.choice((1, 2))):
                self._other_hours(job, week)
        if likes["terms"] and draw.random() < 0.4:
            rate, authorized = self._terms()
            named = walked.after(week, 7 if draw.random() < 0.9 else 14)
            at = week + draw.randrange(7 * 24) * HOUR
            self.act(at, "change_terms", job=job, week=named, rate=rate, authorized=authorized)
        if likes["early"] and draw.random() < 0.3:
            self.act(week + draw.randrange(4 * 24, 7 * 24 + 12) * HOUR, "submit", job=job, week=week)
        if likes["fail"] and draw.random() < 0.4:
            end = walked.saturday(week)
            self.act(end - draw.choice((0, 1, HOUR)), "change_methods", job=job, ways=self._ways())
            later = draw.choice((1, 2 * HOUR, 7 * 24 * HOUR, 12 * 24 * HOUR))
            self.act(end + later, "change_methods", job=job, ways=GOOD)
            if draw.random() < 0.3:
                self._pay(job, week, end + draw.randrange(later + 1))
        if likes["money"] and draw.random() < 0.3:
            self._pay(job, week, self._in_review(week))
        if likes["money"] and draw.random() < 0.4:
            self.act(self._moment(walked.after(week, 10)), "pay_above", job=job, week=week)
        if likes["money"] and draw.random() < 0.5:
            for _ in range(draw.choice((1, 2, 3))):
                kind = draw.choice(("automatic", "automatic", "hand", "above"))
                at = walked.saturday(week) + draw.randrange(9 * 24) * HOUR
                self.act(at, "refund", job=job, week=week, kind=kind, amount=draw.choice((1, 7, 33, 500, 2000)))
        if likes["dispute"] and draw.random() < 0.5:
            self._dispute(job, week)

    def _pay(self, job: int, week: int, at: int) -> None:
        self.act(at, "pay", job=job, week=week, include_above=self.draw.random() < 0.4)

    def _other_hours(self, job: int, week: int) -> None:
        draw = self.draw
        self.others += 1
        number, seconds = self.others, self._grain(3 * HOUR) + 36
        at = week + draw.randrange(7 * 24) * HOUR
        if draw.random() < 0.3:
            at = self._moment(walked.after(week, 7))
        self.act(at, "add_other", job=job, number=number, week=week, seconds=seconds)
        if draw.random() < 0.4:
            change = draw.choice((None, 0, 36, 1800, 5000))
            later = at + draw.randrange(3 * 24 * HOUR) if draw.random() < 0.6 else self._moment(at)
            self.act(later, "change_other", job=job, number=number, seconds=change)

    def _dispute(self, job: int, week: int) -> None:
        draw = self.draw
        at = self._in_review(week)
        mine = sorted(slot for each, slot, _ in self.drawn if each == job and week <= slot * SLOT < at)
        named = []
        if mine:
            start = draw.choice(mine) * SLOT + draw.choice((0, 0, 100))
            named.append((start, start + draw.choice((36, 500, 1440, 5000))))
        others = [number for number in range(1, self.others + 1) if draw.random() < 0.2]
        self.act(at, "dispute", job=job, week=week, intervals=named, others=others)
        off = [(low + draw.choice((0, 60, -60)), high) for low, high in named] if draw.random() < 0.8 else []
        off = [(low, high) for low, high in off if low < high]
        kept = [number for number in others if draw.random() < 0.7]
        until = at + draw.choice((HOUR, 60 * HOUR, 120 * HOUR, 250 * HOUR))
        self.act(until, "resolve", job=job, week=week, intervals=off, others=kept)

    def _again(self) -> None:
        """Ask, decide, dispute and submit once more; by draws of its own, so that it changes nothing before it."""
        draw = Random(self.seed ^ 0xA6A1)
        delays = (0, 1, HOUR, 30 * HOUR, 7 * 24 * HOUR, 7 * 24 * HOUR + 1)
        for _, act in tuple(self.acts):
            if act.name not in ("reject", "restore", "uphold", "dispute", "submit") or draw.random() < 0.5:
                continue
            at, name, args = act.at + draw.choice(delays), act.name, act.args
            if name == "reject":
                name = "ask"
            elif name == "submit":
                # A week that has begun while the one before it is still open.
                week = walked.after(args["week"], 7)
                at, args = week + draw.randrange(8) * HOUR, {**args, "week": week}
            elif name != "dispute":
                name = draw.choice(("ask", "restore", "uphold"))
            self.acts.append((draw.randrange(8), Act(at, name, args)))

    def _second_rejections(self) -> None:
        """Take back what staff upheld, reject it again and ask about it; by draws of its own too."""
        draw = Random(self.seed ^ 0x2EC7)
        for _, act in tuple(self.acts):
            if act.name == "uphold" and draw.random() < 0.5:
                at = act.at
                for name in ("take_back", "reject", draw.choice(("ask", "restore", "uphold"))):
                    at += draw.choice((0, 1, HOUR, 30 * HOUR))
                    self.acts.append((8, Act(at, name, act.args)))

    def _beyond(self, began: dict[int, int]) -> None:
        """Send seconds that the job has not, and type in more than a week has; by draws of its own as well."""
        draw = Random(self.seed ^ 0xB07D)
        for job, edge, ended in [(job, at, False) for job, at in began.items()] + [
            (job, at, True) for job, at in self.ended.items()
        ]:
            if draw.random() < 0.5:
                slot = (edge - (not ended)) // SLOT
                low = max(slot * SLOT, edge - draw.choice((1, 12)))
                high = edge + draw.choice((0, 0, 1))
                if ended:
                    low, high = max(slot * SLOT, edge - draw.choice((0, 1, 12))), edge + 1
                part = (low, min(high, slot * SLOT + SLOT))
                kind = draw.choice(("spans", "spans", "idle", "deleted"))
                parts = {"spans": [], "idle": [], "deleted": [], kind: [(*part, True) if kind == "spans" else part]}
                args = {"job": job, "slot": slot, "device": draw.choice(DEVICES), "revision": 1000, **parts}
                at = max(edge, part[1]) + draw.choice((1, HOUR, 100 * HOUR))
                self.acts.append((8, Act(at, "receive", {**args, "protects": True, "arrived": True})))
        for _, act in tuple(self.acts):
            if act.name == "add_other" and draw.random() < 0.3:
                self.others += 1
                whole = walked.after(act.args["week"], 7) - act.args["week"]
                seconds = whole + draw.choice((0, 1, 1, 10 * HOUR))
                self.acts.append((8, Act(act.at, "add_other", {**act.args, "number": self.others, "seconds": seconds})))
            elif act.name == "change_other" and draw.random() < 0.2:
                self.acts.append((8, Act(act.at, "change_other", {**act.args, "seconds": 10**6})))

    def _looks(self) -> None:
        """Ticks on deadlines, mostly, and one look at everything a week."""
        for week in (*self.weeks, *self.tail):
            for edge in (walked.seven(week), walked.saturday(week)):
                if self.draw.random() < 0.8:
                    self.act(edge, "tick")
            at = week + self.draw.randrange(6 * 24 * HOUR)
            if self.draw.random() < 0.4:
                at = self.draw.choice((walked.seven(week), walked.saturday(week))) + self.draw.choice((-1, 0, 1))
            self.act(at, "look")
        self.act(walked.after(self.tail[-1], 14), "look")


def write(seed: int, eventful: bool | None = None) -> Plan:
    """Draw the person of a seed: three to seven weeks, most of them of a few hours, one person in sixteen of 40.

    ``eventful``: a few hours at most, and of everything that can happen something: every second person (by default),
    and those on whom planted bugs are tried.
    """
    draw = Random(seed ^ 0x5EED)
    if seed % 2 == 0 if eventful is None else eventful:
        return Writer(seed, draw.randint(3, 4), float(draw.choice((1, 2))), 3.0).plan()
    return Writer(seed, draw.randint(3, 7), float(draw.choice((1, 2, 2, 4, 4, 8, 16, 40))), 1.0).plan()

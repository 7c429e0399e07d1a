"""One random day: what happens to the machine, the real recorder and journal under it, and the truth beside them.

Everything happens in whole seconds of the machine, so that the truth is a whole number and must be met exactly; within
its second, whatever comes and goes does so at any moment.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from idle import SessionEvent
from sync.journal import Journal
from tests.harness.clock.machine import NS, Machine
from tests.tracker_app.fakes import JOB, FakeCamera, FakeProbe
from tracker_app.clock import TrackerClock
from tracker_app.ports import Input
from tracker_app.recorder import Recorder
from tracker_app.session import tell
from worktime.derive import Facts
from worktime.intervals import total, union
from worktime.slots import slot_of
from worktime.tracking_values import Announce, AskReturn
from worktime.wire import Flag

HOUR_S, YEAR_S = 3600, 365 * 86_400
JUMPS_S = (HOUR_S, -HOUR_S, YEAR_S, -YEAR_S, 3, -3)
SUMMER_BEGINS, SUMMER_ENDS = 1_772_953_200, 1_793_512_800
"""2026-03-08T07:00Z and 2026-11-01T06:00Z: New York changes its clocks."""
SLEW_S, SLEW_NS = 100, 10_000_000
"""The wall clock is corrected by 10 ms in each of 100 seconds: by one second."""
DEVICE = UUID(int=9)
US = 1000
"""The business clock counts microseconds: the machine's moments do, too, so that a second begins in both at once."""


class Asked:
    """Counts the questions to the user."""

    def __init__(self) -> None:
        self.times = 0

    def announced(self, announce: Announce) -> None:
        """Nobody is told."""

    def asked(self, question: AskReturn) -> None:
        """Count."""
        self.times += 1

    def touched(self, facts: Facts) -> None:
        """Nothing is shown."""

    def recorded(self) -> None:
        """Nothing is sent."""


class Day:
    """``run()`` it once. ``found`` then counts what happened (``did_...``) and what went wrong."""

    def __init__(self, folder: Path, seed: int, make_clock: Callable[[Machine], TrackerClock]) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._make_clock = make_clock
        self._changes = self._random.choice((SUMMER_BEGINS, SUMMER_ENDS))
        self.machine = Machine(self._changes - self._random.randrange(1, 1500))
        self.found: Counter[str] = Counter()
        self.truth_s = 0
        self._recording = False
        self._began = self._lived = 0
        self._late_ns = 0
        self._switch_on()

    def run(self, acts: int) -> None:
        """Let ``acts`` things happen, then add up."""
        self._start()
        choices = (self._work, self._jump, self._slew, self._sleep, self._reboot, self._stop, self._summer)
        for act in self._random.choices(choices, weights=(6, 4, 1, 4, 1, 2, 1), k=acts):
            act()
            if not self._recording and self._random.random() < 0.8:
                self._start()
            self._work()
        self._end_stretch()
        self._switch_off()
        self._add_up()

    # What happens

    def _work(self) -> None:
        self._live(self._random.choice((self._random.randrange(1, 30), self._random.randrange(1, 900))))

    def _jump(self) -> None:
        self._wait()
        self._set_clock(self._random.choice(JUMPS_S))
        self.found["did_jump"] += 1

    def _slew(self) -> None:
        flagged = self._flagged()
        self._live(SLEW_S, slewed_ns=self._random.choice((SLEW_NS, -SLEW_NS)))
        self.found["did_slew"] += 1
        self.found["flagged_for_nothing"] += self._flagged() > flagged

    def _summer(self) -> None:
        """New York's clocks change. A machine whose clock runs in local time takes its wall clock with them."""
        self._set_clock(self._changes - 20 - self.machine.wall_ns // NS)
        self._live(40)
        if self._random.random() < 0.5:
            self._set_clock(HOUR_S if self._changes == SUMMER_BEGINS else -HOUR_S)
        self.found["did_summer_time"] += 1

    def _sleep(self) -> None:
        self._wait()
        was_recording, asked = self._recording, self._listener.times
        self._end_stretch()
        announced = self._random.random() < 0.4
        if announced:
            tell(self._recorder, SessionEvent.SUSPEND)
        self.machine.sleep(self._random.choice((1, 2, 5, 9, 60, 8 * HOUR_S)) * NS)
        if self._random.random() < 0.3:
            self.machine.jump(self._random.choice(JUMPS_S))
        events = self._random.choice(((), (SessionEvent.WAKE,), (SessionEvent.LOCK, SessionEvent.UNLOCK)))
        for event in events:
            tell(self._recorder, event)
        self._live(3)
        self.found["did_sleep"] += 1
        if was_recording:
            times = self._listener.times - asked
            self.found["unasked"] += times == 0
            # Who locks the screen after waking is asked once more on coming back.
            self.found["asked_again"] += times > 1 + (SessionEvent.LOCK in events)
            self.found["resumed_by_itself"] += self._recorder.running is not None

    def _reboot(self) -> None:
        self._wait()
        self._end_stretch()
        self._switch_off()
        self.machine.reboot(self._random.randrange(5, 600))
        if self._random.random() < 0.5:
            self.machine.jump(self._random.choice(JUMPS_S))
        self._switch_on()
        self.found["did_reboot"] += 1
        self.found["resumed_by_itself"] += self._recorder.running is not None

    def _stop(self) -> None:
        self._wait()
        self._end_stretch()
        self._recorder.stop()

    # The truth

    def _start(self) -> None:
        """Start, or go on, as a second begins: counting may begin at the end of an earlier record, which is whole."""
        self.machine.live(NS - self._late_ns)
        self._late_ns = 0
        self._tick()
        if self._recorder.paused is not None and self._random.random() < 0.5:
            self._recorder.resume()
        else:
            self._recorder.start(JOB, work_view=False)
        self._recording, self._began, self._lived = True, self._recorder.state.until, 0

    def _end_stretch(self) -> None:
        """What was recorded in one piece lies in one piece, as long as it took."""
        if self._recording:
            self._recording = False
            self.truth_s += self._lived
            self.found["moved"] += self._recorder.state.until != self._began + self._lived

    def _live(self, seconds: int, *, slewed_ns: int = 0) -> None:
        """Live on through so many seconds; each tick comes late by any part of its second."""
        for _ in range(seconds):
            self._late(NS, 0, slewed_ns)
            self._lived += 1
            self._tick()

    def _wait(self) -> None:
        """Let something happen anywhere in the second."""
        self._late(0, self._late_ns)

    def _late(self, ns: int, at_least_ns: int, slewed_ns: int = 0) -> None:
        """Live on for ``ns`` from the beginning of this second, and then into the second that has come."""
        late_ns = self._random.choice((at_least_ns, self._random.randrange(at_least_ns, NS, US)))
        self.machine.live(ns + late_ns - self._late_ns, slewed_ns=slewed_ns)
        self._late_ns = late_ns

    def _tick(self) -> None:
        self._probe.seen = Input(self._clock.tick_second())
        self._recorder.tick()

    def _flagged(self) -> int:
        """How many of the segments of late say that the clock jumped."""
        return sum(Flag.CLOCK_JUMP in facts.flags for facts in self._recorder.state.facts.values())

    def _set_clock(self, jump_s: int) -> None:
        """Set the wall clock; the segment that is recorded just then says so, from the next tick on."""
        current = self._recorder.state.current
        self.machine.jump(jump_s)
        self._live(1)
        if self._recording and current is not None:
            self.found["unflagged"] += Flag.CLOCK_JUMP not in self._recorder.known(*current.key).flags

    # The program

    def _switch_on(self) -> None:
        self._clock = self._make_clock(self.machine)
        self._journal = Journal(self._folder, new_device=lambda: DEVICE)
        self._probe = FakeProbe()
        self._listener = Asked()
        self._recorder = Recorder(
            clock=self._clock,
            record=self._journal,
            probe=self._probe,
            camera=FakeCamera(),
            listener=self._listener,
            randbelow=self._random.randrange,
        )
        self._recorder.recover()

    def _switch_off(self) -> None:
        self._journal.close()

    def _add_up(self) -> None:
        journal = Journal(self._folder, new_device=lambda: DEVICE)
        keys = journal.keys(0, slot_of(self._changes + 100 * YEAR_S))
        spans = [(span.start, span.end) for key in keys for span in journal.facts(*key).counted]
        journal.close()
        paid_s = sum(end - start for start, end in spans)
        self.found["did_pay_s"] = paid_s
        self.found["did_work_s"] = self.truth_s
        self.found["wrong_s"] = abs(paid_s - self.truth_s)
        self.found["twice_s"] = paid_s - total(union(spans))

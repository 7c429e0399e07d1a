"""What the tracker costs, beside a bare PySide6 tray icon and a Chromium app window with one page.

    python -m benchmarks.footprint                two whole slots of 12 minutes: about 25 minutes
    python -m benchmarks.footprint --minutes 1    slots of one real minute, to try the benchmark itself

On a virtual desktop of its own (Xvfb, window manager, tray) the real tracker records, signed in at a small marketplace
to which it sends everything: one slot in which nobody touches anything, then one in which xdotool moves the mouse and
types. The other two programs run beside it, from the same second to the same second. Before that each start of the
tracker and of the bare icon is timed to the window in the tray, by turns.

A fourth, "pulse", is the bare icon with a timer that looks for the last input each second: the floor of CPU on this
machine, whatever a wake-up costs here. What the tracker takes without input is told in so many pulses, too: machines
differ by twice in what they take for the same, and one machine from hour to hour by half.

Memory is PSS, the mean of a reading each five seconds over the program and all its children; both run on
copies of Qt, so that neither is billed half of what another process maps. CPU is the time that the program's and its
children's threads have run. Written is write_bytes, less the files of the pictures. Wake-ups are voluntary context
switches. The business clock begins at a slot, so that nobody waits for one; with ``--minutes`` below 12 it runs faster,
with as many ticks, so that CPU is no figure of the product then. It is a given clock, which looks for no sleep: a tick
is 0.03 ms cheaper by that, 0.003 % of a core. The last line is JSON; more than the targets exits 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.footprint.meter import EVERY_S, Cost, Meter, Watch
from benchmarks.footprint.programs import (
    ROOT,
    Home,
    bare_command,
    chromium_command,
    private_libraries,
    pulse_command,
    running,
    somebody_working,
    start_times,
    tracker_command,
)
from devtools.desktop import virtual_desktop
from tests.tracker_app.fakes import T0
from tests.tracker_app.small_marketplace import SmallMarketplace
from worktime.business_clock import ClockOrigin
from worktime.slots import SLOT_S, slot_of, slot_start

TARGETS = {
    "pss_ratio_bare": 1.6,
    "pss_ratio_chromium": 0.22,
    "cpu_idle_pct": 0.06,
    "cpu_busy_pct": 0.12,
    "written_mb_h": 5.0,
    "tray_start_ratio": 1.6,
}
STARTS = 9
FIRST = slot_of(T0) + 2
"""The slot without input; the next one is with. The tracker starts long enough before it to be at rest."""
SETTLE_S = 30.0
"""Real seconds from the start of the programs to the first slot."""
AT_REST_S = 3
"""Real seconds at least from the tracker's first answer to the first slot."""
ON_ITS_WAY_S = 15.0
"""Real seconds in which a picture that was taken lies in the spool, on a machine with other work to do, too."""
_PAGE = 4096


@dataclass(frozen=True)
class Slots:
    """What both slots cost, by program, and what was recorded in them."""

    idle: Mapping[str, Cost]
    busy: Mapping[str, Cost]
    pictures: tuple[int, int]
    picture_bytes: int
    segments_sent: int
    pictures_sent: int


@dataclass(frozen=True)
class Taken:
    """Pictures, and the bytes that they and their thumbnails take on a disk."""

    count: int
    size: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 when the tracker costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=12, choices=(1, 2, 3, 4, 6, 12), help="real minutes of a slot")
    parser.add_argument("--starts", type=int, default=STARTS, help="how often each program is started for its time")
    parser.add_argument("--folder", type=Path, default=ROOT / "build", help="on the disk to measure; not a tmpfs")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = run(Path(folder), 12 // options.minutes, options.starts, SETTLE_S)
    too_much = [name for name, most in TARGETS.items() if figures[name] > most]
    if figures["pictures_idle"] != 1 or figures["pictures_busy"] != 1:
        too_much.append("pictures")
    print(f"over the target: {', '.join(too_much)}" if too_much else "all targets are met")
    print(json.dumps(figures))
    return 1 if too_much else 0


def run(folder: Path, rate: int, starts: int, settle_s: float) -> dict[str, float]:
    """Measure everything; prints a table and returns the figures of the last line."""
    with virtual_desktop() as desktop:
        bare_env = {**desktop.env, **private_libraries(folder / "bare")}
        own_env = {**desktop.env, **private_libraries(folder / "own")}
        pulse_env = {**desktop.env, **private_libraries(folder / "pulse")}
        said = folder / "said"
        with SmallMarketplace() as market:
            early = folder / "starts"
            early.mkdir()
            home = Home(early, market, _clock(1, 0.0))
            programs = {
                "tracker": (tracker_command(), {**own_env, **home.env()}),
                "bare": (bare_command(), bare_env),
            }
            times = start_times(programs, starts, said)
        clock = _clock(rate, settle_s)
        with SmallMarketplace(now=lambda: clock.second_at(time.monotonic_ns())) as market:
            home = Home(folder, market, clock)
            with contextlib.ExitStack() as stack:
                commands = {
                    "chromium": (chromium_command(folder), dict(desktop.env)),
                    "bare": (bare_command(), bare_env),
                    "pulse": (pulse_command(), pulse_env),
                    "tracker": (tracker_command(), {**own_env, **home.env()}),
                }
                pids = {
                    name: stack.enter_context(running(command, env, said)).pid
                    for name, (command, env) in commands.items()
                }
                slots = _two_slots(home, market, clock, {name: Meter(pid) for name, pid in pids.items()}, desktop.env)
    _table(slots, times)
    return _figures(slots, times, rate)


def _clock(rate: int, settle_s: float) -> ClockOrigin:
    """A business clock that reaches the first slot in ``settle_s`` real seconds."""
    return ClockOrigin(round((slot_start(FIRST) - settle_s * rate) * 1_000_000), time.monotonic_ns(), rate)


def _two_slots(
    home: Home, market: SmallMarketplace, clock: ClockOrigin, meters: Mapping[str, Meter], env: Mapping[str, str]
) -> Slots:
    home.ask("status")
    # FIRST, unless the programs took longer to start than they were given.
    first = max(FIRST, slot_of(clock.second_at(time.monotonic_ns()) + AT_REST_S * clock.rate) + 1)
    home.record(slot_start(first))
    costs, taken = [], [Taken(0, 0)]
    before = len(market.segments), len(market.pictures)
    for slot, doing in ((first, contextlib.nullcontext()), (first + 1, somebody_working(env))):
        # A second into the slot, so that a picture of its last second is billed to it.
        _wait_until(clock, slot_start(slot) + 1)
        watch = Watch(meters, EVERY_S / clock.rate)
        watch.begin()
        with doing:
            _wait_until(clock, slot_start(slot + 1))
        _wait_until(clock, slot_start(slot + 1) + 1)
        costs.append(watch.end())
        taken.append(_with_one_more(home, market, taken[-1].count))
    sent = len(market.segments) - before[0], len(market.pictures) - before[1]
    home.ask("quit")
    return Slots(
        idle=costs[0],
        busy=costs[1],
        pictures=(taken[1].count, taken[2].count - taken[1].count),
        picture_bytes=taken[2].size,
        segments_sent=sent[0],
        pictures_sent=sent[1],
    )


def _with_one_more(home: Home, market: SmallMarketplace, before: int) -> Taken:
    """Return what was taken so far. A picture of the slot's last moment may still be on its way into the spool."""
    give_up = time.monotonic() + ON_ITS_WAY_S
    while (seen := pictures(home, market)).count <= before and time.monotonic() < give_up:
        time.sleep(0.02)
    return seen


def pictures(home: Home, market: SmallMarketplace) -> Taken:
    """Return what was taken so far: what lies in the spool, and what the marketplace has."""
    sent = {name: len(data) for name, data in market.files.items()}
    here = {path.name: path.stat().st_size for path in (home.folder / "pictures").iterdir()}
    full = {name.removesuffix(".webp") for name in here if name.endswith(".webp")} | set(sent)
    thumbnails = sum(_on_disk(size) for name, size in here.items() if name.endswith(".jpg"))
    sizes = sent | {name.removesuffix(".webp"): size for name, size in here.items() if name.endswith(".webp")}
    return Taken(len(full), thumbnails + sum(map(_on_disk, sizes.values())))


def _wait_until(clock: ClockOrigin, second: float) -> None:
    while (left := (clock.mono_ns_of(round(second)) - time.monotonic_ns()) / 1e9) > 0:
        time.sleep(min(left, 1.0))


def _on_disk(size: int) -> int:
    return -(-size // _PAGE) * _PAGE


def _table(slots: Slots, times: Mapping[str, float]) -> None:
    print(
        f"{'':9} {'slot':5} {'PSS':>8} {'peak':>8} {'CPU s':>8} {'CPU %':>7} {'written':>9} {'wakes/s':>8} {'icon':>7}"
    )
    for slot, costs in (("idle", slots.idle), ("busy", slots.busy)):
        for name, cost in costs.items():
            after = f"{times[name] * 1000:4.0f} ms" if name in times else ""
            print(
                f"{name:9} {slot:5} {cost.pss_mb:5.1f} MB {cost.peak_mb:5.1f} MB {cost.cpu_s:8.3f} {cost.cpu_pct:7.4f} "
                f"{cost.written / 1e6:6.2f} MB {cost.wakes / cost.seconds:8.2f} {after:>7}"
            )


def _figures(slots: Slots, times: Mapping[str, float], rate: int) -> dict[str, float]:
    both = (slots.idle, slots.busy)
    pss = {name: sum(costs[name].pss_mb for costs in both) / 2 for name in slots.idle}
    written = sum(costs["tracker"].written for costs in both) - slots.picture_bytes
    hours = sum(costs["tracker"].seconds for costs in both) / 3600
    return {
        "pss_ratio_bare": round(pss["tracker"] / pss["bare"], 3),
        "pss_ratio_chromium": round(pss["tracker"] / pss["chromium"], 3),
        "cpu_idle_pct": round(slots.idle["tracker"].cpu_pct, 4),
        "cpu_busy_pct": round(slots.busy["tracker"].cpu_pct, 4),
        "cpu_pulse_pct": round(slots.idle["pulse"].cpu_pct, 4),
        "cpu_idle_pulses": round(slots.idle["tracker"].cpu_s / slots.idle["pulse"].cpu_s, 2),
        "written_mb_h": round(written / 1e6 / hours, 2),
        "tray_start_ratio": round(times["tracker"] / times["bare"], 2),
        "pss_mb": round(pss["tracker"], 1),
        "pss_peak_mb": round(max(costs["tracker"].peak_mb for costs in both), 1),
        "pss_bare_mb": round(pss["bare"], 1),
        "pss_chromium_mb": round(pss["chromium"], 1),
        "wakes_s": round(slots.idle["tracker"].wakes / slots.idle["tracker"].seconds, 2),
        "pictures_idle": slots.pictures[0],
        "pictures_busy": slots.pictures[1],
        "picture_kb": round(slots.picture_bytes / 1000 / max(1, sum(slots.pictures)), 1),
        "segments_sent": slots.segments_sent,
        "pictures_sent": slots.pictures_sent,
        "slot_s": SLOT_S / rate,
    }


if __name__ == "__main__":
    sys.exit(main())

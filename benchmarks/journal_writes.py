"""What an hour of recording writes to the disk, pictures apart.

    python -m benchmarks.journal_writes --minutes 12        the real tracker on a virtual desktop, rate 1
    python -m benchmarks.journal_writes --drive             the real journal, an hour of ticks as fast as they go

Both read write_bytes of /proc/PID/io, which counts every page that a process makes dirty, and take off what the
pictures' files hold. ``--drive`` turns only the journal's clock by hand: every barrier, commit and offer of the hour is
carried out. The floor is the least that a barrier each ten seconds can cost: one page. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from devtools.desktop import virtual_desktop
from sync.tick import BARRIER_S
from tests.sync.journals import (
    JOB,
    T0,
    FakeMonotonic,
    Scribe,
    open_journal,
    picture_receipt_for,
    receipt_for,
)
from tests.tracker_app import fakes
from tests.tracker_app.samples import job_list
from tests.tracker_app.small_marketplace import SmallMarketplace
from tracker_app.control import request
from tracker_app.jobs_file import save_jobs
from worktime.errors import FairhourError
from worktime.slots import SLOT_S, slot_of
from worktime.tracking_values import Comment, Start, Stop
from worktime.wire import PictureRef

ROOT = Path(__file__).parents[1]
HOUR_S = 3600
PAGE = 4096
FLOOR_MB = HOUR_S / BARRIER_S * PAGE / 1e6
START_S = 30.0
LIMIT_MB = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return 1 when the hour costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=12, help="how long the real tracker is watched")
    parser.add_argument("--drive", action="store_true", help="drive the journal instead")
    parser.add_argument("--folder", type=Path, default=ROOT / "build", help="on the disk to measure; not a tmpfs")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        figures = drive(Path(folder)) if options.drive else watch(Path(folder), options.minutes)
    figures |= {"floor_mb_per_hour": round(FLOOR_MB, 2), "limit_mb_per_hour": LIMIT_MB}
    print(json.dumps(figures))
    if figures["mb_per_hour"] < FLOOR_MB / 2:
        print("Too little to be true: is the folder on a tmpfs?", file=sys.stderr)
        return 1
    return 0 if figures["mb_per_hour"] <= LIMIT_MB else 1


def drive(folder: Path) -> dict[str, float]:
    """An hour: in each slot a comment, a pause, a picture; a round of the uploader each second, every receipt given."""
    clock = FakeMonotonic()
    journal = open_journal(folder / "home", monotonic=clock)
    scribe = Scribe(journal)
    before, pictures = written(os.getpid()), 0
    scribe.do(Start(JOB, T0))
    for second in range(T0, T0 + HOUR_S):
        into = second % SLOT_S
        if into == 100:
            scribe.do(Comment(f"What slot {slot_of(second)} was for"))
        elif into == 200:
            scribe.do(Stop(second))
        elif into == 205:
            scribe.do(Start(JOB, second))
        elif into == 400:
            taken = scribe.take(slot_of(second), scribe.state.current.attempts if scribe.state.current else 1, second)
            pictures += _on_disk(journal.spool.picture(taken.picture.sha256))
            pictures += _on_disk(journal.spool.thumbnail(taken.picture.sha256))
        scribe.work(second, 1)
        clock.now += 1.0
        for segment in journal.outbox.pending_segments(second, 100):
            journal.outbox.segment_receipt(receipt_for(segment))
        for pending in journal.outbox.pending_pictures(second, 1):
            reference = PictureRef(
                id=pending.id, sha256=pending.sha256, size=pending.size, width=8, height=8, monitors=1, taken_at=second
            )
            journal.outbox.picture_receipt(picture_receipt_for(reference))
    scribe.do(Stop(T0 + HOUR_S))
    journal.close()
    return {"mb_per_hour": round((written(os.getpid()) - before - pictures) / 1e6, 2), "driven_s": HOUR_S}


def watch(folder: Path, minutes: int) -> dict[str, float]:
    """Record with the real tracker for some minutes, and extrapolate. Nobody moves the mouse: 20 minutes at most."""
    if not 1 <= minutes <= 20:
        raise SystemExit("1 to 20 minutes: after 24 the tracker takes the idle time back.")
    home = folder / "home"
    home.mkdir()
    save_jobs(home / "jobs.json", job_list())
    token = folder / "token.json"
    with SmallMarketplace() as market, virtual_desktop() as desktop:
        token.write_text(json.dumps({"server": market.address, "client_id": "fairhour-tracker", "refresh_token": "r1"}))
        token.chmod(0o600)
        plain = {name: value for name, value in os.environ.items() if not name.startswith("FAIRHOUR_")}
        env = plain | dict(desktop.env) | {"FAIRHOUR_HOME": str(home), "FAIRHOUR_TOKEN_FILE": str(token)}
        process = subprocess.Popen([sys.executable, "-m", "tracker_app"], env=env, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            ask(home, process, {"do": "start", "job": str(fakes.JOB)})
            before, began = written(process.pid), time.monotonic()
            while time.monotonic() - began < minutes * 60:
                # A process that has ended ends the benchmark, not the wait.
                process.poll()
                if process.returncode is not None:
                    raise SystemExit("The tracker has ended.")
                time.sleep(1.0)
            after, took = written(process.pid), time.monotonic() - began
            ask(home, process, {"do": "quit"})
            process.wait(20)
        finally:
            process.kill()
            process.wait()
        sent = len(market.segments)
    pictures = sum(_on_disk(path) for path in (home / "pictures").iterdir())
    gone = sum(-(-size // PAGE) * PAGE for size in market.pictures)
    each_hour = HOUR_S / took
    return {
        "mb_per_hour": round((after - before - pictures - gone) / 1e6 * each_hour, 2),
        "minutes": minutes,
        "pictures_mb_per_hour": round((pictures + gone) / 1e6 * each_hour, 2),
        "segments_sent": sent,
    }


def ask(home: Path, process: subprocess.Popen[bytes], message: dict[str, str]) -> None:
    """Ask the tracker, once it listens."""
    limit = time.monotonic() + START_S
    while True:
        try:
            request(home, dict(message))
            return
        except FairhourError:
            if time.monotonic() > limit or process.poll() is not None:
                raise
            time.sleep(0.1)


def written(pid: int) -> int:
    """Bytes that the process has caused to be written to disks."""
    lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["write_bytes"])


def _on_disk(path: Path) -> int:
    return -(-path.stat().st_size // PAGE) * PAGE


if __name__ == "__main__":
    sys.exit(main())

"""A writer of the journal is killed with SIGKILL: at most a second is lost, and no picture that was acknowledged."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sync.journals import JOB, T0, Scribe, open_journal
from worktime.derive import content
from worktime.slots import slot_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
def test_a_kill_loses_at_most_a_second_and_no_picture(tmp_path: Path, seed: int) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.journal_child", str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert child.stdout is not None
    lines = []
    # The instant is uniform in what the child has acknowledged, and falls anywhere in the work that follows.
    wanted = random.Random(seed).randint(1, 400)
    for line in child.stdout:
        lines.append(line)
        if len(lines) == wanted:
            child.send_signal(signal.SIGKILL)
    child.wait(10)
    child.stdout.close()
    seconds = [int(line.split()[1]) for line in lines if line.startswith("second") and line.endswith("\n")]
    pictures = [int(line.split()[1]) for line in lines if line.startswith("picture") and line.endswith("\n")]

    journal = open_journal(tmp_path)
    Scribe(journal).do(journal.recover(T0 + 200_000))
    assert journal.problem is None
    segments = [content(journal.facts(job, slot), 1) for job, slot in journal.keys(slot_of(T0), slot_of(T0) + 200)]
    tracked = sum(segment.tracked_s for segment in segments if segment)
    acknowledged = seconds[-1] - T0 if seconds else 0
    assert acknowledged <= tracked <= acknowledged + 1
    shown = {segment.slot: segment.picture for segment in segments if segment and segment.picture}
    for taken_at in pictures:
        assert shown[slot_of(taken_at)].taken_at >= taken_at, "an acknowledged picture, or a newer one, is there"
    for reference in shown.values():
        data = journal.spool.picture(reference.sha256).read_bytes()
        assert hashlib.sha256(data).hexdigest() == reference.sha256
    files = {path.stem for path in (tmp_path / "pictures").glob("*.webp")}
    assert files == {reference.sha256 for reference in shown.values()}, "no file without a row, none dangling"
    assert {segment.job for segment in segments if segment} <= {JOB}
    journal.close()

"""What an hour of recording writes to the disk: bounded, and the bound is tight enough to be broken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.journal_writes import LIMIT_MB, drive
from sync import growth

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux counts what a process writes")


def test_an_hour_of_recording_writes_no_more_than_5_mb_beside_its_pictures(tmp_path: Path) -> None:
    assert drive(tmp_path)["mb_per_hour"] <= LIMIT_MB


def test_a_transaction_for_each_growth_would_write_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "RESERVED", 0)
    written = drive(tmp_path)["mb_per_hour"]
    assert written > LIMIT_MB or written == 0, "0: a file system in memory"

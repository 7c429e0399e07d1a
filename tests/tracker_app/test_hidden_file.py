"""What is to be hidden outlives the program, is nobody else's to read, and hides everything when it is damaged."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from capture.hidden import Area, Hidden, OnlyMonitor, WindowRule
from capture.rects import Rect
from tracker_app.hidden_file import FILE, HiddenFile
from worktime.errors import FairhourError, Problem

SCREENS = (Rect(0, 0, 1920, 1080), Rect(-1280, 0, 0, 1024))
ALL = Hidden(
    windows=(WindowRule("vault"), WindowRule(title="Bänk")),
    areas=(Area(Rect(0, 0, 10, 20), SCREENS),),
    only=OnlyMonitor(1, SCREENS),
    blur=True,
)


def test_without_a_file_nothing_is_hidden(tmp_path: Path) -> None:
    kept = HiddenFile(tmp_path)
    assert kept.now() == kept.rules == Hidden()
    assert kept.problem is None
    assert Hidden().nothing


def test_what_is_kept_is_there_after_a_start_for_the_owner_alone(tmp_path: Path) -> None:
    HiddenFile(tmp_path).keep(ALL)
    assert HiddenFile(tmp_path).now() == ALL
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"blur": 1}',
        b'{"unknown": true}',
        b'{"windows": [{}]}',
        b'{"areas": [{"rect": [0, 0, 0, 0], "screens": []}]}',
        b'{"only": {"number": 3, "screens": []}}',
    ],
)
def test_a_damaged_file_is_a_problem_until_it_is_written_anew(
    tmp_path: Path, raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_bytes(raw)
    kept = HiddenFile(tmp_path)
    assert isinstance(kept.now(), Problem)
    assert (kept.problem is not None, kept.rules) == (True, Hidden())
    kept.keep(ALL)
    assert (kept.now(), kept.problem) == (ALL, None)


def test_the_log_does_not_say_what_is_private(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE).write_bytes(b'{"windows": [{"title": "my secret", "oops": 1}]}')
    HiddenFile(tmp_path)
    assert "hidden.json" in caplog.text
    assert "secret" not in caplog.text


def test_a_disk_that_does_not_take_it_is_told_and_the_rules_hold(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    kept = HiddenFile(gone)
    with pytest.raises(FairhourError, match="hiding_unsaved"):
        kept.keep(ALL)
    assert kept.now() == ALL

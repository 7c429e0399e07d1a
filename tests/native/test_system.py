"""The system's own answers. Not yet seen running: what the vendors' documentation says stands in their place elsewhere.

A runner has a desktop of its own on both systems. Whether it lets pictures be taken differs, so a refusal is an answer
here as long as it is one of our words; that a picture is one is asked where it came.
"""

from __future__ import annotations

import sys

import pytest

import capture
import idle

pytestmark = pytest.mark.skipif(sys.platform not in ("win32", "darwin"), reason="Linux has desktops of its own tests")
NAME = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "")


def test_the_age_of_the_last_input_is_a_time() -> None:
    source = idle.open_source()
    assert source.name == NAME
    first = source.idle_ms()
    assert 0 <= first < 50 * 24 * 3600 * 1000
    assert source.idle_ms() >= 0
    source.close()


def test_a_picture_comes_or_a_reason() -> None:
    source = capture.open_source()
    assert source.name == NAME
    name, problem = capture.examine()
    assert name == NAME
    if problem is not None:
        assert problem.code in ("capture_permission", "capture_failed")
        return
    raw = capture.grab(source)
    assert raw.width >= 640
    assert raw.monitors >= 1
    assert capture.encode(raw).data[8:12] == b"WEBP"


def test_the_session_watch_opens(qapp: object) -> None:
    watch = idle.open_session_watch(lambda _event: None)
    assert (watch.name, watch.problem) == (NAME, None)
    watch.close()
    watch.close()

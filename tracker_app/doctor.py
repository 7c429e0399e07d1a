"""``fairhour doctor``: what is used on this computer for each of the tracker's senses, and what is missing.

Looks for itself, with the environment that it was started in, so it needs no running tracker. Nothing is recorded, kept
or sent. The words are in ``cli_doctor``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker_app.doctor_packages import install_command
from worktime.errors import FairhourError, Problem


class Part(StrEnum):
    """What is looked at."""

    SCREEN = "screen"
    INPUT = "input"
    SESSION = "session"
    COUNTS = "counts"
    ACCESSIBILITY = "accessibility"
    KEYRING = "keyring"
    TRAY = "tray"


NEEDED = frozenset({Part.SCREEN, Part.INPUT})
"""Without these, time is not protected, or idle time is counted; the others are conveniences."""

Found = tuple[str, Problem | None]


@dataclass(frozen=True)
class Finding:
    """One part: the back end's short name (``none``: nothing), what is wrong, and the command that installs it."""

    part: Part
    back_end: str
    problem: Problem | None = None
    install: str | None = None


def examine(env: Mapping[str, str] | None = None, system: str = sys.platform) -> tuple[Finding, ...]:
    """Look at every part. ``env`` defaults to the process's environment, ``system`` is a ``sys.platform``."""
    env = os.environ if env is None else env
    return tuple(_finding(part, look, env, system) for part, look in _looks(env, system).items())


def _finding(part: Part, look: Callable[[], Found], env: Mapping[str, str], system: str) -> Finding:
    back_end, problem = look()
    return Finding(part, back_end, problem, install_command(part, problem, env, system) if problem else None)


def _looks(env: Mapping[str, str], system: str) -> dict[Part, Callable[[], Found]]:
    import capture
    import idle
    from idle.macos_trust import examine_accessibility
    from sync.keyring_check import examine_keyring
    from tracker_app.tray_check import examine_tray

    looks: dict[Part, Callable[[], Found]] = {
        Part.SCREEN: lambda: capture.examine(env=env, system=system),
        Part.INPUT: lambda: _input(env, system),
        Part.SESSION: lambda: _session(env, system),
        Part.COUNTS: lambda: idle.examine_counts(env=env, system=system),
        Part.ACCESSIBILITY: examine_accessibility,
        Part.KEYRING: examine_keyring,
        Part.TRAY: examine_tray,
    }
    if system != "darwin":
        del looks[Part.ACCESSIBILITY]
    return looks


def _input(env: Mapping[str, str], system: str) -> Found:
    import idle

    source = idle.open_source(env=env, system=system)
    try:
        source.idle_ms()
    except FairhourError as error:
        return source.name, error.problem
    else:
        return source.name, None
    finally:
        source.close()


def _session(env: Mapping[str, str], system: str) -> Found:
    import idle

    watch = idle.open_session_watch(lambda _event: None, env=env, system=system)
    try:
        return watch.name, watch.problem
    finally:
        watch.close()

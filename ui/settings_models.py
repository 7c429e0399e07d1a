"""What the settings window shows, and what it says the user wants. The composition root fills it; no rule is here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import msgspec

from worktime.errors import Problem

CHOICES = {"notice": ("always", "quiet", "none"), "theme": ("system", "light", "dark")}
"""The words that stand for a choice, in the order in which they are offered."""


class JobSetting(msgspec.Struct, frozen=True, kw_only=True):
    """A job and whether it is recorded with Work View. ``offered``: the job has Work View at all."""

    id: UUID
    name: str
    on: bool = True
    offered: bool = True


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Something that takes its time (an export). ``share``: per cent, None when it is over or has not begun.

    ``file``: where what was made lies; ``problem``: why it was not made.
    """

    share: int | None = None
    file: Path | None = None
    problem: Problem | None = None


class SettingsView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be set, as it is now. Values are those of the preferences, checked already.

    ``fixed``: by setting the environment's variable that is stronger; ``problems``: by setting why it does not hold.
    ``languages``: what can be chosen, as Qt names languages; ``restart``: some of it holds after the next start.
    ``start_stop``, ``private``: hotkeys, "" for none; ``hotkeys_problem``: why this system allows none at all.
    ``folder_bytes``: None while it is being counted; ``stays``: why the folder can't be moved, None when it can.
    """

    notice: str = "always"
    hold_minutes: int = 2
    keep_days: int = 0
    picture_scale: int = 100
    reminder: bool = False
    quiet_from: int = 1320
    quiet_to: int = 420
    language: str = ""
    languages: tuple[str, ...] = ("en",)
    theme: str = "system"
    proxy: str = "system"
    autostart: bool = False
    start_stop: str = ""
    private: str = ""
    hotkeys_problem: Problem | None = None
    jobs: tuple[JobSetting, ...] = ()
    folder: Path = msgspec.field(default_factory=Path)
    folder_bytes: int | None = None
    stays: Problem | None = None
    export: Task = msgspec.field(default_factory=Task)
    diagnostics: Task = msgspec.field(default_factory=Task)
    restart: bool = False
    fixed: Mapping[str, str] = msgspec.field(default_factory=dict)
    problems: Mapping[str, Problem] = msgspec.field(default_factory=dict)

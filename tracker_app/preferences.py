"""What the user has chosen: frozen values, the file in the data folder that keeps them, and who is told of a change.

No Qt here: the command line reads them too. What the environment says is stronger than the file (``settings``), and is
never written into it. What is hidden in screenshots has a file of its own (``hidden_file``).
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from sync.files import write_whole
from sync.proxy import NONE, SYSTEM
from tracker_app.addresses import proxy_address
from worktime.errors import FairhourError, Problem, failure, make_problem
from worktime.tracking_values import HOLD_MAX_S, HOLD_S, KEEP_DAYS_MAX

log = logging.getLogger(__name__)

FILE = "preferences.json"
THEMES = ("system", "light", "dark")
"""The names of ui.theme.Choice; the command line reads preferences too, and has no use for Qt's widgets."""
SCALE_LEAST, SCALE_MOST = 50, 100
"""Per cent. Below half of its width a screenshot shows hardly more than that there was a screen."""
MINUTES_OF_DAY = 1440
LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_[A-Z]{2})?)?")
"""A language as Qt names it: "de", "pt_BR", "zh_Hant_TW"; "" for the system's."""
_KEYS = re.compile(r"(?=.*(?:Ctrl|Alt|Meta)\+)(?:(?:Ctrl|Alt|Shift|Meta)\+){1,4}(?:[A-Z0-9]|F[1-9]|F1[0-2])")
"""Shift alone would take a capital letter away from every program."""


class Notice(StrEnum):
    """How a screenshot is told: ALWAYS with a window of its own, QUIET by the tray icon alone, NONE not at all."""

    ALWAYS = "always"
    QUIET = "quiet"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Hotkeys:
    """Keys that work in every program, as "Ctrl+Alt+R"; "" for none. A key always has a modifier with it."""

    start_stop: str = ""
    private: str = ""


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """What the user has chosen. Every value can be meant: whoever reads them need not look again.

    ``hold_s``: seconds a screenshot stays before it may be sent; ``keep_days``: days that it stays here afterwards;
    ``picture_scale``: per cent of a screenshot's width and height that are kept. ``reminder``: remind of activity that
    is not recorded, but not from ``quiet_from`` to ``quiet_to`` (minutes of the local day). ``language``: "" for the
    system's. ``proxy``: "system", "none" or an address. ``autostart``: wished; what the system does about it is asked
    of the system. ``work_view_off``: the ids of jobs that are recorded without screenshots.
    """

    notice: Notice = Notice.ALWAYS
    hold_s: int = HOLD_S
    keep_days: int = 0
    picture_scale: int = SCALE_MOST
    reminder: bool = False
    quiet_from: int = 22 * 60
    quiet_to: int = 7 * 60
    language: str = ""
    theme: str = "system"
    proxy: str = SYSTEM
    autostart: bool = False
    work_view_off: tuple[str, ...] = ()
    hotkeys: Hotkeys = field(default_factory=Hotkeys)

    def is_quiet(self, minute: int) -> bool:
        """Return whether a minute of the local day lies in the quiet hours, which may reach over midnight."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= minute < self.quiet_to
        return minute >= self.quiet_from or minute < self.quiet_to


Listener = Callable[[Preferences], None]


class PreferencesFile:
    """The preferences of one data folder, on one thread. ``fixed``: what the environment says, by field."""

    def __init__(self, home: Path, fixed: Mapping[str, object] = MappingProxyType({})) -> None:
        self._path = home / FILE
        self._raw: dict[str, Any] = {}
        self._listeners: list[Listener] = []
        self.fixed = dict(fixed)
        self.problem: Problem | None = None
        self.kept = self._load()
        self.now = replace(self.kept, **self._fixed())

    def listen(self, listener: Listener) -> None:
        """Have ``listener`` told of the preferences that hold after each change."""
        self._listeners.append(listener)

    def change(self, **what: object) -> None:
        """Choose otherwise, durable on return; what can't be meant becomes the nearest that can.

        It holds even when the disk does not take it. Raises FairhourError then: it is lost with the program's end.
        """
        if strange := what.keys() - {each.name for each in fields(Preferences)}:
            raise TypeError(f"no such preferences: {strange}")
        values, _ = _understood({**_plain(self.kept), **{name: _builtin(value) for name, value in what.items()}})
        self.kept = Preferences(**values)
        self.now = replace(self.kept, **self._fixed())
        self.problem = None
        try:
            self._save()
        except FairhourError as error:
            self.problem = error.problem
            raise
        finally:
            for listener in tuple(self._listeners):
                listener(self.now)

    def _fixed(self) -> dict[str, Any]:
        return dict(self.fixed)

    def _save(self) -> None:
        # What a newer version wrote is kept for its return.
        self._raw = _merged(self._raw, _plain(self.kept))
        try:
            write_whole(self._path, msgspec.json.format(msgspec.json.encode(self._raw), indent=2) + b"\n")
        except OSError as error:
            raise failure(
                "preferences_unsaved",
                "Your settings could not be kept",
                "{file} can't be written ({detail}). They hold until Fairhour ends.",
                "Make room on the disk, then change a setting again.",
                retryable=True,
                file=self._path,
                detail=error.strerror or error,
            ) from error

    def _load(self) -> Preferences:
        try:
            self._raw = msgspec.json.decode(self._path.read_bytes(), type=dict[str, Any])
        except FileNotFoundError:
            return Preferences()
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            log.warning("%s can't be read: %s", self._path, type(error).__name__)
            self.problem = make_problem(
                "preferences_damaged",
                "Your settings can't be read",
                "The file was damaged, and lies here now: {file}. Fairhour works as it does without it.",
                "Choose anew under “Settings”.",
                file=_put_aside(self._path),
            )
            return Preferences()
        values, odd = _understood(self._raw)
        if odd:
            self.problem = make_problem(
                "preferences_odd",
                "Some settings can't be meant",
                "In {file} these were taken for the nearest that can: {names}.",
                "Look through “Settings”; the next change there puts the file right.",
                file=self._path,
                names=", ".join(odd),
            )
        return Preferences(**values)


def language_of(home: Path) -> str:
    """Return the language that is chosen, before anything else is read: "" for the system's, also when in doubt."""
    with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raw = msgspec.json.decode((home / FILE).read_bytes(), type=dict[str, Any])
        return str(_understood(raw)[0].get("language", ""))
    return ""


def _put_aside(path: Path) -> Path:
    """Move a damaged file to a name that is free; returns where it lies now."""
    number = 1
    while (aside := path.with_name(f"preferences-damaged-{number}.json")).exists():
        number += 1
    try:
        path.replace(aside)
    except OSError as error:
        log.warning("%s could not be put aside: %s", path, error)
        return path
    return aside


def _plain(preferences: Preferences) -> dict[str, Any]:
    return dict(msgspec.to_builtins(preferences))


def _builtin(value: object) -> object:
    return msgspec.to_builtins(value)


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``old`` with ``new`` over it, also inside of what has parts of its own (one level deep)."""
    merged = dict(old)
    for name, value in new.items():
        before = old.get(name)
        merged[name] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return merged


def _understood(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the values that can be meant, and the names of those that were taken for something else."""
    values: dict[str, Any] = {}
    odd: list[str] = []
    for each in fields(Preferences):
        if each.name in raw:
            value, is_meant = _READ[each.name](raw[each.name])
            if value is not None:
                values[each.name] = value
            if not is_meant:
                odd.append(each.name)
    return values, odd


Read = Callable[[Any], tuple[Any, bool]]
"""Returns the value (None: the usual one), and whether it is the one that was given."""


def _whole(least: int, most: int) -> Read:
    def read(raw: Any) -> tuple[Any, bool]:
        # True is an int, too.
        if type(raw) is not int:
            return None, False
        near = max(least, min(most, raw))
        return near, near == raw

    return read


def _flag(raw: Any) -> tuple[Any, bool]:
    return (raw, True) if isinstance(raw, bool) else (None, False)


def _notice(raw: Any) -> tuple[Any, bool]:
    return (Notice(raw), True) if raw in tuple(Notice) else (None, False)


def _theme(raw: Any) -> tuple[Any, bool]:
    return (raw, True) if raw in THEMES else (None, False)


def _language(raw: Any) -> tuple[Any, bool]:
    return (raw, True) if isinstance(raw, str) and LANGUAGE.fullmatch(raw) else (None, False)


def _proxy(raw: Any) -> tuple[Any, bool]:
    if raw in (SYSTEM, NONE):
        return raw, True
    try:
        return proxy_address(raw) if isinstance(raw, str) else None, isinstance(raw, str)
    except FairhourError:
        return None, False


def _jobs(raw: Any) -> tuple[Any, bool]:
    if not isinstance(raw, list | tuple):
        return None, False
    meant = tuple(each for each in raw if isinstance(each, str))
    return meant, len(meant) == len(raw)


def _hotkeys(raw: Any) -> tuple[Any, bool]:
    if not isinstance(raw, Mapping):
        return None, False
    names = [each.name for each in fields(Hotkeys)]
    given = {name: raw[name] for name in names if name in raw}
    meant = {
        name: keys for name, keys in given.items() if isinstance(keys, str) and (not keys or _KEYS.fullmatch(keys))
    }
    # The same keys for two things would do one of them, by chance.
    used = [keys for keys in meant.values() if keys]
    if len(set(used)) != len(used):
        return Hotkeys(start_stop=meant["start_stop"]), False
    return Hotkeys(**meant), meant == given


_READ: dict[str, Read] = {
    "notice": _notice,
    "hold_s": _whole(0, HOLD_MAX_S),
    "keep_days": _whole(0, KEEP_DAYS_MAX),
    "picture_scale": _whole(SCALE_LEAST, SCALE_MOST),
    "reminder": _flag,
    "quiet_from": _whole(0, MINUTES_OF_DAY - 1),
    "quiet_to": _whole(0, MINUTES_OF_DAY - 1),
    "language": _language,
    "theme": _theme,
    "proxy": _proxy,
    "autostart": _flag,
    "work_view_off": _jobs,
    "hotkeys": _hotkeys,
}

"""macOS: sleep, log-out and user switch from NSWorkspace, lock and unlock from the distributed notifications.

https://developer.apple.com/documentation/appkit/nsworkspace (the five notifications),
.../foundation/distributednotificationcenter/suspensionbehavior. The two names of the screen lock are not documented by
Apple; every macOS since 10.7 posts them. Both centers deliver on the main thread, whose loop Qt runs, and the machine
waits for the observers of the sleep notification.
"""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable
from typing import Any

from idle import problems
from idle.session import Callback, NullWatch, SessionEvent, SessionWatch
from worktime.errors import Problem

GOING = {
    "NSWorkspaceWillSleepNotification": SessionEvent.SUSPEND,
    "NSWorkspaceDidWakeNotification": SessionEvent.WAKE,
    "NSWorkspaceWillPowerOffNotification": SessionEvent.SESSION_END,
}
SWITCHED = {
    "NSWorkspaceSessionDidResignActiveNotification": True,
    "NSWorkspaceSessionDidBecomeActiveNotification": False,
}
LOCKED = {"com.apple.screenIsLocked": True, "com.apple.screenIsUnlocked": False}
DELIVER_IMMEDIATELY = 4
"""NSNotificationSuspensionBehaviorDeliverImmediately: else nothing comes while another program is in front."""

_numbers = itertools.count()


def open_macos_watch(callback: Callback, *, load: Callable[[str], Any] = importlib.import_module) -> SessionWatch:
    """Return a running watch, or one that says why there is none. ``load`` imports PyObjC's modules."""
    try:
        return MacWatch(callback, load("AppKit"), load("Foundation"))
    except (ImportError, AttributeError) as error:
        return NullWatch(
            problems.session_unavailable("macOS did not let Fairhour listen ({detail}).", detail=error).problem
        )


class MacWatch:
    """Observes both notification centers until ``close()``."""

    name = "macos"
    problem: Problem | None = None

    def __init__(self, callback: Callback, app_kit: Any, foundation: Any) -> None:
        self._callback = callback
        self._away: set[str] = set()
        self._workspace = app_kit.NSWorkspace.sharedWorkspace().notificationCenter()
        self._distributed = foundation.NSDistributedNotificationCenter.defaultCenter()
        self._observer: Any = _observer(foundation, self._told)
        for name in (*GOING, *SWITCHED):
            self._workspace.addObserver_selector_name_object_(self._observer, "told:", name, None)
        for name in LOCKED:
            self._distributed.addObserver_selector_name_object_suspensionBehavior_(
                self._observer, "told:", name, None, DELIVER_IMMEDIATELY
            )

    def close(self) -> None:
        """Stop watching; no event comes afterwards. May be called twice."""
        observer, self._observer = self._observer, None
        if observer is not None:
            self._workspace.removeObserver_(observer)
            self._distributed.removeObserver_(observer)

    def _told(self, name: str) -> None:
        if self._observer is None:
            return
        if name in GOING:
            self._callback(GOING[name])
        elif name in SWITCHED:
            self._set_away("switched", away=SWITCHED[name])
        elif name in LOCKED:
            self._set_away("locked", away=LOCKED[name])

    def _set_away(self, reason: str, *, away: bool) -> None:
        """Coming back from another user's desktop may still lead to the lock screen: back is back from all."""
        before = bool(self._away)
        (self._away.add if away else self._away.discard)(reason)
        if before != bool(self._away):
            self._callback(SessionEvent.LOCK if self._away else SessionEvent.UNLOCK)


def _observer(foundation: Any, told: Callable[[str], None]) -> Any:
    """An Objective-C object with the method ``told:``. Such classes live for good, each with a name of its own."""

    def told_(_self: Any, notification: Any) -> None:
        told(str(notification.name()))

    kind: Any = type(f"FairhourSession{next(_numbers)}", (foundation.NSObject,), {"told_": told_})
    return kind.alloc().init()

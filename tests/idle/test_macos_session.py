"""Notifications of macOS against stand-ins made from Apple's documentation; not yet seen on macOS.

NSWorkspace's names, the distributed center and its suspension: developer.apple.com/documentation/appkit/nsworkspace,
.../foundation/distributednotificationcenter. The lock screen's two names are those that every macOS posts.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from idle import SessionEvent, open_session_watch
from idle.macos_session import open_macos_watch

LOCK, UNLOCK = SessionEvent.LOCK, SessionEvent.UNLOCK
SLEEPS, WOKE = "NSWorkspaceWillSleepNotification", "NSWorkspaceDidWakeNotification"
GOES_DOWN = "NSWorkspaceWillPowerOffNotification"
LEFT, BACK = "NSWorkspaceSessionDidResignActiveNotification", "NSWorkspaceSessionDidBecomeActiveNotification"
LOCKED, UNLOCKED = "com.apple.screenIsLocked", "com.apple.screenIsUnlocked"


class NSObject:
    """PyObjC's: an object is allocated, then initialised."""

    @classmethod
    def alloc(cls) -> Any:
        return cls()

    def init(self) -> Any:
        return self


class Center:
    """A notification center; ``suspended`` as it is while another program is in front."""

    def __init__(self, *, suspended: bool = False) -> None:
        self.observers: list[tuple[Any, str, str, bool]] = []
        self.suspended = suspended

    def addObserver_selector_name_object_(self, observer: Any, selector: str, name: str, _sender: None) -> None:
        self.observers.append((observer, selector, name, False))

    def addObserver_selector_name_object_suspensionBehavior_(
        self, observer: Any, selector: str, name: str, _sender: None, behaviour: int
    ) -> None:
        self.observers.append((observer, selector, name, behaviour == 4))

    def removeObserver_(self, observer: Any) -> None:
        self.observers = [each for each in self.observers if each[0] is not observer]

    def post(self, wanted: str) -> None:
        for observer, selector, name, at_once in list(self.observers):
            if name == wanted and (at_once or not self.suspended):
                getattr(observer, selector.replace(":", "_"))(SimpleNamespace(name=lambda: wanted))


class Mac:
    """AppKit and Foundation in one, with a watch on them."""

    def __init__(self) -> None:
        self.workspace, self.distributed = Center(), Center(suspended=True)
        shared = SimpleNamespace(notificationCenter=lambda: self.workspace)
        modules = {
            "AppKit": SimpleNamespace(NSWorkspace=SimpleNamespace(sharedWorkspace=lambda: shared)),
            "Foundation": SimpleNamespace(
                NSObject=NSObject,
                NSDistributedNotificationCenter=SimpleNamespace(defaultCenter=lambda: self.distributed),
            ),
        }
        self.events: list[SessionEvent] = []
        self.watch = open_macos_watch(self.events.append, load=modules.__getitem__)

    def post(self, *names: str) -> None:
        for name in names:
            (self.distributed if name.startswith("com.") else self.workspace).post(name)


@pytest.mark.parametrize(
    ("names", "events"),
    [
        ([SLEEPS, WOKE], [SessionEvent.SUSPEND, SessionEvent.WAKE]),
        ([GOES_DOWN], [SessionEvent.SESSION_END]),
        ([LOCKED, UNLOCKED], [LOCK, UNLOCK]),
        ([LEFT, BACK], [LOCK, UNLOCK]),
        ([LEFT, LOCKED, BACK, UNLOCKED], [LOCK, UNLOCK]),
        ([LOCKED, SLEEPS, WOKE, UNLOCKED], [LOCK, SessionEvent.SUSPEND, SessionEvent.WAKE, UNLOCK]),
        ([UNLOCKED, BACK], []),
        (["NSWorkspaceScreensDidSleepNotification"], []),
    ],
)
def test_notifications_become_events_while_another_program_is_in_front(
    names: list[str], events: list[SessionEvent]
) -> None:
    mac = Mac()
    assert (mac.watch.name, mac.watch.problem) == ("macos", None)
    mac.post(*names)
    assert mac.events == events
    mac.watch.close()


def test_nothing_is_told_after_close() -> None:
    mac = Mac()
    observer = mac.workspace.observers[0][0]
    mac.watch.close()
    mac.watch.close()
    mac.post(SLEEPS, LOCKED)
    # One that was on its way already.
    observer.told_(SimpleNamespace(name=lambda: SLEEPS))
    assert mac.events == []
    assert mac.workspace.observers == mac.distributed.observers == []


def test_two_watches_have_classes_of_their_own() -> None:
    first, second = Mac(), Mac()
    assert type(first.workspace.observers[0][0]).__name__ != type(second.workspace.observers[0][0]).__name__


def test_elsewhere_the_libraries_are_missing() -> None:
    watch = open_session_watch(lambda _event: None, env={}, system="darwin")
    assert watch.name == "none"
    assert watch.problem is not None
    assert watch.problem.code == "session_unavailable"

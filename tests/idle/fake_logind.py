"""Plays org.freedesktop.login1: ``python -m tests.idle.fake_logind ADDRESS [BEHAVIOUR]``.

Orders: ``lock``, ``unlock``, ``hint 0|1``, ``active 0|1``, ``sleep 0|1``, ``shutdown 0|1``, ``stranger`` (another
session is locked). Says ``inhibited WHAT MODE`` and ``released``. BEHAVIOUR: ``ok``, ``no_session``, ``no_inhibitor``.
"""

import os
import sys

from jeepney import Message

from tests.support.bus import ErrorReplyError, Reply, Service

MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
MANAGER_PATH = "/org/freedesktop/login1"
OURS = "/org/freedesktop/login1/session/_37"
ANOTHER = "/org/freedesktop/login1/session/_38"


def main(address: str, behaviour: str = "ok") -> None:
    """Serve until the input closes."""
    service = Service(address, "org.freedesktop.login1")
    properties = {"LockedHint": False, "Active": True, "PreparingForSleep": False}

    def get_session(message: Message) -> Reply:
        if behaviour == "no_session" or message.body[0] not in ("7", "auto"):
            raise ErrorReplyError("org.freedesktop.login1.NoSuchSession")
        return "o", (OURS,)

    def get(message: Message) -> Reply:
        return "v", (("b", properties[message.body[1]]),)

    def inhibit(message: Message) -> Reply:
        if behaviour == "no_inhibitor":
            raise ErrorReplyError("org.freedesktop.DBus.Error.AccessDenied")
        what, _who, _why, mode = message.body
        reading, writing = os.pipe()
        service.watched[reading] = lambda: released(reading)
        service.sent_descriptors.append(writing)
        service.say(f"inhibited {what} {mode}")
        return "h", (writing,)

    def released(reading: int) -> None:
        os.close(reading)
        service.say("released")

    def change(name: str, text: str) -> None:
        properties[name] = text == "1"
        changed = {name: ("b", properties[name])}
        service.emit(OURS, PROPERTIES, "PropertiesChanged", "sa{sv}as", (SESSION, changed, []))

    def prepare(signal: str, text: str) -> None:
        service.emit(MANAGER_PATH, MANAGER, signal, "b", (text == "1",))

    service.methods[MANAGER, "GetSession"] = get_session
    service.methods[MANAGER, "Inhibit"] = inhibit
    service.methods[PROPERTIES, "Get"] = get
    service.orders["lock"] = lambda _: service.emit(OURS, SESSION, "Lock")
    service.orders["unlock"] = lambda _: service.emit(OURS, SESSION, "Unlock")
    service.orders["stranger"] = lambda _: service.emit(ANOTHER, SESSION, "Lock")
    service.orders["hint"] = lambda text: change("LockedHint", text)
    service.orders["active"] = lambda text: change("Active", text)
    service.orders["sleep"] = lambda text: prepare("PrepareForSleep", text)
    service.orders["shutdown"] = lambda text: prepare("PrepareForShutdown", text)
    service.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Plays org.gnome.Mutter.IdleMonitor: ``python -m tests.idle.fake_mutter ADDRESS [BEHAVIOUR]``.

Orders: ``age MS``. BEHAVIOUR: ``ok``, ``silent``, ``refuses``, ``absent`` (the name without the interface).
"""

import sys

from jeepney import Message

from tests.support.bus import ErrorReplyError, Reply, Service

MONITOR = "org.gnome.Mutter.IdleMonitor"


def main(address: str, behaviour: str = "ok") -> None:
    """Serve until the input closes."""
    service = Service(address, MONITOR)
    ages = [0]

    def idle_time(_message: Message) -> Reply | None:
        if behaviour == "refuses":
            raise ErrorReplyError("org.freedesktop.DBus.Error.AccessDenied")
        return None if behaviour == "silent" else ("t", (ages[-1],))

    if behaviour != "absent":
        service.methods[MONITOR, "GetIdletime"] = idle_time
    service.orders["age"] = lambda text: ages.append(int(text))
    service.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

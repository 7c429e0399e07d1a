"""Plays the panel of KDE and others: ``python -m tests.ui.fake_status_notifier ADDRESS``.

It owns org.kde.StatusNotifierWatcher, says ``registered`` when an icon asks for a place, and obeys ``describe FILE``
(what the icon and its menu tell, as JSON), ``activate`` (a click) and ``choose WORDS`` (the menu's line of that name).
https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
"""

import json
import sys
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.support.bus import Reply, Service

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
DESCRIPTION = f"""<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierHostRegistered"/>
</interface></node>"""


class Panel:
    """Asks the icon on a connection of its own: what comes on the other one meanwhile must not be lost."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)
        self.owner = ""

    def ask(self, path: str, interface: str, member: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        address = DBusAddress(path, bus_name=self.owner, interface=interface)
        call = new_method_call(address, member, signature or None, body)
        return unwrap_msg(self._connection.send_and_get_reply(call, timeout=10))

    def about_item(self) -> dict[str, Any]:
        (told,) = self.ask("/StatusNotifierItem", PROPERTIES, "GetAll", "s", (ITEM,))
        return {name: value for name, (_, value) in told.items()}

    def lines(self) -> dict[str, int]:
        """Return the menu's visible lines and their numbers."""
        menu = self.about_item()["Menu"]
        _, (_, _, children) = self.ask(menu, MENU, "GetLayout", "iias", (0, -1, []))
        told = [(number, {name: value for name, (_, value) in values.items()}) for _, (number, values, _) in children]
        return {values["label"]: number for number, values in told if values.get("label") and values.get("visible", 1)}

    def choose(self, words: str) -> None:
        menu, number = self.about_item()["Menu"], self.lines()[words]
        self.ask(menu, MENU, "Event", "isvu", (number, "clicked", ("s", ""), 0))

    def describe(self, file: str) -> None:
        item = self.about_item()
        sizes = [(width, height, len(bytes(pixels))) for width, height, pixels in item["IconPixmap"]]
        _, _, title, text = item["ToolTip"]
        told = {"title": item["Title"], "status": item["Status"], "sizes": sizes, "tip": [title, text]}
        Path(file).write_text(json.dumps(told | {"lines": list(self.lines())}), encoding="utf-8")


def main(address: str) -> None:
    """Serve until the input closes."""
    service, panel = Service(address, WATCHER), Panel(address)
    properties = {"IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}

    def register(message: Message) -> Reply:
        panel.owner = message.header.fields[HeaderFields.sender]
        service.say("registered")
        return "", ()

    service.methods["org.freedesktop.DBus.Introspectable", "Introspect"] = lambda _: ("s", (DESCRIPTION,))
    service.methods[PROPERTIES, "Get"] = lambda message: ("v", (properties[message.body[1]],))
    service.methods[PROPERTIES, "GetAll"] = lambda _: ("a{sv}", (properties,))
    service.methods[WATCHER, "RegisterStatusNotifierItem"] = register
    service.orders["describe"] = panel.describe
    service.orders["activate"] = lambda _: panel.ask("/StatusNotifierItem", ITEM, "Activate", "ii", (0, 0))
    service.orders["choose"] = panel.choose
    service.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

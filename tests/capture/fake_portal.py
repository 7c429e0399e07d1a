"""Plays org.freedesktop.portal.Desktop: ``python -m tests.capture.fake_portal ADDRESS BEHAVIOUR [PICTURE]``.

BEHAVIOUR: ``ok``, ``cancelled``, ``denied`` (response 2 and a "no" in the permission store), ``broken`` (response 2
alone), ``no_file``, ``silent``, ``no_interface`` (as Hyprland's), ``unknown_interface`` (the same in
GLib's words), ``refuses`` (an error on the call). The order ``tell`` does nothing.
"""

import sys
from pathlib import Path

from jeepney import HeaderFields, Message, new_error

from tests.support.bus import ErrorReplyError, Reply, Service

PORTAL = "org.freedesktop.portal.Desktop"
STORE = "org.freedesktop.impl.portal.PermissionStore"
STATUS = {"cancelled": 1, "denied": 2, "broken": 2}


def main(address: str, behaviour: str, picture: str = "") -> None:
    """Serve until the input closes."""
    service = Service(address, PORTAL, STORE)

    def register(message: Message) -> Reply:
        service.say(f"registered {message.body[0]}")
        return "", ()

    def screenshot(message: Message) -> Reply | None:
        _parent, options = message.body
        if behaviour == "refuses":
            raise ErrorReplyError("org.freedesktop.portal.Error.NotAllowed")
        sender = message.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
        handle = f"/org/freedesktop/portal/desktop/request/{sender}/{options['handle_token'][1]}"
        if behaviour != "silent":
            # A stranger's request first: only the path tells whose response it is.
            respond(handle + "x", 1, "")
            respond(handle, STATUS.get(behaviour, 0), "" if behaviour == "no_file" else Path(picture).as_uri())
        service.say(f"asked interactive={options['interactive'][1]}")
        return "o", (handle,)

    def respond(handle: str, status: int, uri: str) -> None:
        results = {"uri": ("s", uri)} if uri and status == 0 else {}
        service.emit(handle, "org.freedesktop.portal.Request", "Response", "ua{sv}", (status, results))

    def version(_message: Message) -> Reply | None:
        if behaviour == "refuses":
            raise ErrorReplyError("org.freedesktop.portal.Error.NotAllowed")
        return None if behaviour == "silent" else ("v", (("u", 2),))

    def no_such_interface(message: Message) -> None:
        said = (f"No such interface “{message.body[0]}”",)
        service.connection.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs", "s", said))

    def lookup(_message: Message) -> Reply:
        if behaviour != "denied":
            raise ErrorReplyError("org.freedesktop.portal.Error.NotFound")
        return "a{sas}v", ({"": ["no"]}, ("y", 0))

    service.methods[STORE, "Lookup"] = lookup
    service.methods["org.freedesktop.host.portal.Registry", "Register"] = register
    service.orders["tell"] = lambda _rest: None
    if behaviour == "unknown_interface":
        service.methods["org.freedesktop.DBus.Properties", "Get"] = no_such_interface
    elif behaviour != "no_interface":
        service.methods["org.freedesktop.portal.Screenshot", "Screenshot"] = screenshot
        service.methods["org.freedesktop.DBus.Properties", "Get"] = version
    service.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

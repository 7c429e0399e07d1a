"""Which way HTTP goes: through the system's proxy, none, or one of the user's. Says it as httpx's clients want it."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

SYSTEM, NONE = "system", "none"


def client_options(proxy: str, server: str) -> dict[str, Any]:
    """Return the options of a client for ``server``. ``proxy``: SYSTEM, NONE or an address.

    Where the environment's proxies are not wanted it is not read at all: one that httpx does not understand fails
    before it could be left out. The certificates that it names (SSL_CERT_FILE) hold all the same.
    """
    if proxy == SYSTEM:
        return {"trust_env": True}
    import httpx

    options: dict[str, Any] = {"trust_env": False, "verify": httpx.create_ssl_context()}
    if proxy != NONE and not is_here(server):
        options["proxy"] = proxy
    return options


def is_here(server: str) -> bool:
    """Tell whether a server is on this machine: no proxy can reach that."""
    host = urlsplit(server).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

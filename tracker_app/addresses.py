"""Addresses that a person types: of a marketplace, and of a proxy on the way there."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from worktime.errors import failure


def server_address(text: str) -> str:
    """Return a marketplace's address from what somebody typed; https:// where nothing is said. Raises FairhourError."""
    address = text.strip()
    if "://" not in address:
        address = ("http://" if _is_loopback(f"http://{address}") else "https://") + address
    try:
        parts = urlsplit(address)
        understood = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        understood = understood and parts.username is None and parts.port != 0
    except ValueError:
        understood = False
    if not understood:
        raise failure(
            "server_address",
            "Server address not understood",
            "'{server}' is no address of a marketplace; one looks like https://fairhour.example.",
            "Correct it and try again.",
            server=text,
        )
    if address.startswith("http://") and not _is_loopback(address):
        raise failure(
            "server_not_private",
            "Server address not safe",
            "The address is '{server}': everybody on the way could read the sign-in and the screenshots.",
            "Use the marketplace's https:// address.",
            server=address,
        )
    return address.rstrip("/")


def proxy_address(text: str) -> str:
    """Return a proxy's address from what somebody typed; http:// where nothing is said. Raises FairhourError.

    No name and password in it: they would lie in a file that is no place for secrets.
    """
    address = text.strip()
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        understood = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        understood = understood and not (parts.query or parts.fragment or parts.path.strip("/")) and " " not in address
        secret = parts.username is not None or parts.password is not None
    except ValueError:
        understood, secret = False, False
    if secret:
        raise failure(
            "proxy_secret",
            "No password here",
            "A name and a password in the proxy's address would lie open in a file.",
            "Put the whole address into HTTPS_PROXY in your environment, and choose the system's proxy.",
        )
    if not understood:
        raise failure(
            "proxy_address",
            "Proxy not understood",
            "'{proxy}' is no address of a proxy; one looks like http://proxy.example:3128.",
            "Correct it and try again.",
            proxy=text,
        )
    return address.rstrip("/")


def _is_loopback(address: str) -> bool:
    """Tell whether an address is of this machine, so that nobody is on the way."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""The HTTP/1.1 of every day, written and read without a state machine: a third of what a request costs otherwise.

A request of ours, and an answer that tells its length and keeps the connection. Whatever is not exactly that is for
h11, from its first byte on (``http``): this module says no, and never what is wrong. No I/O here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

HEAD_BYTES = 16_384
"""A head that is longer is h11's business, which has the same bound."""
_METHODS = frozenset({"GET", "POST", "PUT"})
_BEGIN = b"HTTP/1.1 "
_END = re.compile(rb"\n\r?\n")
_ASKED = re.compile(r"[A-Z]+ [!-~]+ HTTP/1\.1\r\n(?:[0-9A-Za-z-]+: [!-~](?:[ -~]*[!-~])?\r\n)+\r\n")
_ANSWERED = re.compile(rb"HTTP/1\.1 ([2-5][0-9][0-9]) [ -~]*\r\n((?:[0-9A-Za-z_-]+:[\t -~]*\r\n)*)\r\n")
_LENGTH = re.compile(r"[0-9]{1,15}")
_BODILESS = (204, 304)


class Head(NamedTuple):
    """The head of an answer. ``headers`` have names in lower case; the body has ``length`` bytes, from ``begin`` on."""

    status: int
    headers: dict[str, str]
    length: int
    begin: int


def request_head(method: str, target: str, headers: Mapping[str, str]) -> bytes | None:
    """Return what a request begins with; None where there is something in it that is not plain."""
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
    head = f"{method} {target} HTTP/1.1\r\n{lines}\r\n"
    # Counted, too: a value with a line end in it would be read as two headers.
    if method not in _METHODS or head.count("\r\n") != len(headers) + 2 or _ASKED.fullmatch(head) is None:
        return None
    return head.encode("ascii")


def may_be_plain(received: bytes) -> bool:
    """Tell whether more bytes could make a plain answer's head of these."""
    begins = received[: len(_BEGIN)] == _BEGIN[: len(received)]
    return begins and len(received) < HEAD_BYTES and _END.search(received) is None


def answer_head(received: bytes) -> Head | None:
    """Return the head that these bytes begin with; None where there is none, or it is not plain."""
    found = _ANSWERED.match(received)
    if found is None or found.end() > HEAD_BYTES:
        return None
    headers: dict[str, str] = {}
    for line in found[2].decode("ascii").split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        name = name.lower()
        if name in headers and name == "content-length":
            return None
        headers[name] = value.strip(" \t")
    status, length = int(found[1]), headers.get("content-length", "")
    kept = headers.get("connection", "keep-alive").lower() == "keep-alive"
    if not kept or "transfer-encoding" in headers or status in _BODILESS or _LENGTH.fullmatch(length) is None:
        return None
    return Head(status, headers, int(length), found.end())

"""The few words of Wayland's wire protocol that asking for idle notices takes, so that no library is needed for it.

https://wayland.freedesktop.org/docs/html/ch04.html#sect-Protocol-Wire-Format: a message is an object's number, its own
size and its opcode, then its arguments in words of 32 bits, in the machine's order. No file descriptors come to us.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEAD = struct.Struct("=II")
_WORD = struct.Struct("=I")

DISPLAY, REGISTRY = 1, 2
MAX_BUFFERED = 1 << 20
"""Bytes of one unfinished message; the protocol's own limit is 64 KiB."""


def message(target: int, opcode: int, *arguments: int | str) -> bytes:
    """Return a request (or, for a compositor, an event): numbers are words, texts go with length, NUL and padding."""
    body = b"".join(_text(each) if isinstance(each, str) else _WORD.pack(each) for each in arguments)
    return _HEAD.pack(target, (_HEAD.size + len(body)) << 16 | opcode) + body


def _text(text: str) -> bytes:
    data = text.encode() + b"\0"
    return _WORD.pack(len(data)) + data + b"\0" * (-len(data) % 4)


def split(buffer: bytearray) -> Iterator[tuple[int, int, bytes]]:
    """Take whole messages off the front of ``buffer``: (object, opcode, arguments). Raises ValueError for nonsense."""
    while len(buffer) >= _HEAD.size:
        sender, word = _HEAD.unpack_from(buffer)
        size = word >> 16
        if size < _HEAD.size:
            raise ValueError(f"a message of {size} bytes")
        if len(buffer) < size:
            return
        body = bytes(buffer[_HEAD.size : size])
        del buffer[:size]
        yield sender, word & 0xFFFF, body


def words_and_text(body: bytes, words_before: int) -> tuple[tuple[int, ...], str, bytes]:
    """Return the words in front of a text, the text and what follows. Raises ValueError when it is cut short."""
    start = words_before * _WORD.size
    if len(body) < start + _WORD.size:
        raise ValueError("a message cut short")
    numbers = struct.unpack_from(f"={words_before}I", body)
    (length,) = _WORD.unpack_from(body, start)
    first = start + _WORD.size
    end = first + length
    if length < 1 or end > len(body):
        raise ValueError("a text cut short")
    return numbers, body[first : end - 1].decode(errors="replace"), body[end + (-length % 4) :]


def word(body: bytes) -> int:
    """Return the first word. Raises ValueError when there is none."""
    if len(body) < _WORD.size:
        raise ValueError("a message cut short")
    return int(_WORD.unpack_from(body)[0])

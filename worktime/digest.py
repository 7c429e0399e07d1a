"""The hash that receipts repeat and pictures are named by.

By the module that Python brings along: OpenSSL, which ``hashlib`` loads, takes 2 MB of memory to be faster at what a
tracker hashes in a millisecond. Where TLS is spoken it is loaded for that.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

Bytes = bytes | bytearray | memoryview


def _found() -> Callable[[Bytes], Any]:
    """Python 3.12 and newer have ``_sha2``, 3.11 has ``_sha256``, and one that was built without them has OpenSSL's."""
    for name in ("_sha2", "_sha256", "hashlib"):
        try:
            made: Callable[[Bytes], Any] = importlib.import_module(name).sha256
        except ImportError:
            continue
        return made
    raise ImportError("this Python has no SHA-256")


_sha256 = _found()


def sha256_of(data: Bytes) -> str:
    """Return the SHA-256 of ``data``, in hexadecimal digits."""
    return str(_sha256(data).hexdigest())

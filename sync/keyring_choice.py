"""Which keyrings count as one: what keeps secrets in plain text, and what keeps nothing, does not. No secret is read.

A plain file without anybody's yes is what the owner's file is only used for after one (``sync.secrets``).
"""

from __future__ import annotations

from typing import Any

_NOTHING = frozenset({"keyring.backends.fail", "keyring.backends.null"})
_SEVERAL = "keyring.backends.chainer"


def sound(back_end: Any) -> list[Any]:
    """Return what ``back_end`` consists of as far as it keeps secrets safely, the one that is asked first first."""
    kinds = type(back_end).__mro__
    if kinds[0].__module__ == _SEVERAL:
        return [each for part in back_end.backends for each in sound(part)]
    # keyrings.alt: a wrapper that cuts long secrets into parts for another back end.
    inner = getattr(back_end, "_keyring", None)
    if inner is not None and any(kind.__name__ == "MultipartKeyringWrapper" for kind in kinds):
        return [back_end] if sound(inner) else []
    plain = any("plaintext" in kind.__name__.lower() for kind in kinds)
    return [] if plain or kinds[0].__module__ in _NOTHING else [back_end]


def safe_keyring() -> Any:
    """Return the keyring to use. Raises ``keyring.errors.NoKeyringError`` where none keeps a secret safely."""
    import keyring
    from keyring.errors import NoKeyringError

    if found := sound(keyring.get_keyring()):
        return found[0]
    raise NoKeyringError("no back end that keeps secrets safely")

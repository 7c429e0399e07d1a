"""Which marketplace and account were used last, kept in a file: the next start needs no environment for it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import msgspec

log = logging.getLogger(__name__)


class Kept(msgspec.Struct, frozen=True):
    """``account`` is the account's id at the marketplace; the sign-in itself is where secrets are."""

    server: str = ""
    client_id: str = ""
    account: str = ""


def load_account(path: Path) -> Kept:
    """Return what was kept; nothing of use is nothing."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except FileNotFoundError:
        return Kept()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        log.info("the account that was used last is not known: %s", error)
        return Kept()


def save_account(path: Path, kept: Kept) -> None:
    """Keep it, whole or not at all. A disk that does not take it is no matter: the next sign-in does it again."""
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(msgspec.json.encode(kept))
        part.replace(path)
    except OSError as error:
        log.info("the account could not be kept: %s", error)

"""Doing the same for many, so that one that fails keeps no other from its turn. Used by what the tick calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


def one_by_one(
    items: Iterable[T], act: Callable[[T], int | None], failed: str, *, name: Callable[[T], object] = str
) -> int:
    """Call ``act`` for each item and return the sum of what it returns.

    An item that raises counts nothing; its traceback is logged with ``failed``, which has one %s for its name. The tick
    looks at state, so the item has its turn again with the next one.
    """
    done = 0
    for item in items:
        try:
            done += act(item) or 0
        except Exception:
            log.exception(failed, name(item))
    return done

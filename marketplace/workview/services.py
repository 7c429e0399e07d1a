"""The writes of Work View, for the rooms above."""

from __future__ import annotations

from marketplace.workview.erasure import erase_due, sweep_orphans
from marketplace.workview.ingest import ingest
from marketplace.workview.pictures import Opened, Upload, open_own_picture, open_picture, store_picture
from marketplace.workview.rejections import (
    freeze,
    hold,
    record_answer,
    record_rejection,
    record_restored,
    record_take_back,
)
from marketplace.workview.strays import find_strays, remove_strays

__all__ = [
    "Opened",
    "Upload",
    "erase_due",
    "find_strays",
    "freeze",
    "hold",
    "ingest",
    "open_own_picture",
    "open_picture",
    "record_answer",
    "record_rejection",
    "record_restored",
    "record_take_back",
    "remove_strays",
    "store_picture",
    "sweep_orphans",
]

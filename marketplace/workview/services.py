"""The writes of Work View, for the rooms above."""

from __future__ import annotations

from marketplace.workview.erasure import erase_due, sweep_orphans
from marketplace.workview.ingest import ingest
from marketplace.workview.pictures import Opened, Upload, open_picture, store_picture
from marketplace.workview.rejections import freeze, hold, record_rejection, record_take_back

__all__ = [
    "Opened",
    "Upload",
    "erase_due",
    "freeze",
    "hold",
    "ingest",
    "open_picture",
    "record_rejection",
    "record_take_back",
    "store_picture",
    "sweep_orphans",
]

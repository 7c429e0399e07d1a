"""``python -m tests.harness.network.holdings SECOND [--sweep]``: what a marketplace holds, as one JSON line.

Runs with the marketplace's environment. Every stored picture is read, hashed and decoded; every file is looked for in
the rows; the freelancer's time is added up from the timesheets, as it is paid.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django


def holdings(now: int) -> dict[str, Any]:
    """Return segments, pictures, files without a row, and paid seconds by job at the second ``now``."""
    from django.core.files.storage import FileSystemStorage

    from marketplace.foundation import storage
    from marketplace.workview.models import Picture, Segment

    store = storage.pictures()
    pictures = list(Picture.objects.select_related("segment").order_by("pk"))
    named = {name for picture in pictures for name in (picture.file, picture.thumbnail) if name}
    files: set[str] = set()
    if isinstance(store, FileSystemStorage):
        root = Path(store.location)
        files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return {
        "segments": [
            {
                "job": str(row.job_id),
                "slot": row.slot,
                "device": str(row.device),
                "revision": row.revision,
                "spans": [span[:2] for span in row.spans],
                "picture": str(row.picture_id) if row.picture_id else None,
                "comment": row.comment,
                "running": row.running,
            }
            for row in Segment.objects.order_by("pk")
        ],
        "pictures": [
            {
                "id": str(picture.pk),
                "slot": picture.segment.slot,
                "device": str(picture.segment.device),
                "erased": picture.erased_at is not None,
                "sha256": _hash_if_whole(picture.file) if picture.erased_at is None else "",
            }
            for picture in pictures
        ],
        "stray_files": len(files - named),
        "lost_files": len(named - files) if files else 0,
        "paid_s": _paid(now),
    }


def _hash_if_whole(name: str) -> str:
    from PIL import Image

    from marketplace.foundation import storage

    try:
        data = storage.read(name)
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError):
        return "broken"
    return hashlib.sha256(data).hexdigest()


def _paid(now: int) -> dict[str, int]:
    from marketplace.jobs.models import Job
    from marketplace.timesheets.selectors import figures
    from worktime.weeks import next_week, week_of

    paid = {}
    for job in Job.objects.all():
        week, total = week_of(job.started_at), 0
        while week <= now:
            sheet = figures(job, week, now)
            total += sheet.tracked_s + sheet.late_s
            week = next_week(week)
        paid[str(job.pk)] = total
    return paid


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    django.setup()
    if "--sweep" in sys.argv:
        from marketplace.workview.services import sweep_orphans

        sweep_orphans(now=time.time() + 25 * 3600)
    print(json.dumps(holdings(int(sys.argv[1]))))

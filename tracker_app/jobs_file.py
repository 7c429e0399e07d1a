"""The last list of jobs, kept in a file: work can begin without the network (reliability.md, promise 10)."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import msgspec

from worktime.errors import FairhourError, failure
from worktime.wire import JobList, decode, encode

log = logging.getLogger(__name__)


def load_jobs(path: Path) -> JobList | None:
    """Return the list that was kept; None when there is none, or it is of no use."""
    try:
        return decode(path.read_bytes(), JobList)
    except FileNotFoundError:
        return None
    except (OSError, FairhourError) as error:
        log.info("the list of jobs that was kept is of no use: %s", error)
        return None


def save_jobs(path: Path, jobs: JobList) -> None:
    """Keep the list, whole or not at all, readable by the owner alone. A disk that does not take it is no matter.

    It comes several times a minute and seldom changes; the same one is not written again.
    """
    kept = load_jobs(path)
    if kept is not None and msgspec.structs.replace(kept, now=jobs.now) == jobs:
        return
    part = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(encode(jobs))
        part.replace(path)
    except OSError as error:
        log.info("the list of jobs could not be kept: %s", error)


def forget_jobs(path: Path) -> None:
    """Remove the list: another person's jobs are nobody's business."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.info("the list of jobs could not be removed: %s", error)


def unknown_job() -> FairhourError:
    """Return what is said of a job that the list does not have."""
    return failure(
        "no_job",
        "No such job",
        "The job is not one of yours, as far as this computer knows.",
        "Choose one of your jobs; a new one appears here within a minute.",
    )

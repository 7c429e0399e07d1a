"""Compares what was recorded with what the marketplace holds and pays."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from tests.harness.network.devices import Key, Truth
from worktime.intervals import Interval, subtract, total, union


class Recorded(NamedTuple):
    """What one installation recorded."""

    device: UUID
    truth: Mapping[Key, Truth]


class Verdict(NamedTuple):
    """``missing`` and ``duplicates`` count segments, pictures and seconds; ``notes`` say which."""

    missing: int
    duplicates: int
    notes: tuple[str, ...]


def judge(recorded: Iterable[Recorded], holdings: Mapping[str, Any]) -> Verdict:
    """Return what is missing and what is there more than once."""
    missing: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    expected = {
        (str(each.device), str(job), slot): truth for each in recorded for (job, slot), truth in each.truth.items()
    }
    seconds = _segments(expected, holdings, missing, twice)
    _pictures(expected, holdings, missing, twice)
    for job, intervals in seconds.items():
        due, paid = total(union(intervals)), holdings["paid_s"].get(job, 0)
        missing["unpaid_s"] += max(0, due - paid)
        twice["paid_twice_s"] += max(0, paid - due)
    notes = (*(f"missing {name}: {count}" for name, count in missing.items() if count),)
    notes += tuple(f"twice {name}: {count}" for name, count in twice.items() if count)
    return Verdict(sum(missing.values()), sum(twice.values()), notes)


def _segments(
    expected: Mapping[tuple[str, str, int], Truth],
    holdings: Mapping[str, Any],
    missing: Counter[str],
    twice: Counter[str],
) -> dict[str, list[Interval]]:
    """Compare segment by segment, say where they differ, and return the seconds that are due, by job."""
    seconds: dict[str, list[Interval]] = defaultdict(list)
    rows = {(row["device"], row["job"], row["slot"]): row for row in holdings["segments"]}
    twice["segments"] += len(holdings["segments"]) - len(rows) + len(rows.keys() - expected.keys())
    for key, truth in expected.items():
        span = [(truth.start, truth.end)] if truth.end > truth.start else []
        seconds[key[1]] += span
        row = rows.get(key)
        held = [(start, end) for start, end in row["spans"]] if row is not None else []
        missing["segments"] += row is None
        missing["seconds"] += total(subtract(span, held))
        twice["seconds"] += total(subtract(held, span))
        if row is None or held != span:
            print(f"slot {key[2]} of device {key[0]}: recorded {span}, held {row}", file=sys.stderr)
        missing["comments"] += row is not None and row["comment"] != truth.comment
    return seconds


def _pictures(
    expected: Mapping[tuple[str, str, int], Truth],
    holdings: Mapping[str, Any],
    missing: Counter[str],
    twice: Counter[str],
) -> None:
    due = {
        str(truth.picture): truth.sha256 for truth in expected.values() if truth.picture is not None and truth.sha256
    }
    gone = {str(truth.picture) for truth in expected.values() if truth.end == truth.start}
    shown = [picture for picture in holdings["pictures"] if not picture["erased"]]
    stored = {picture["id"]: picture["sha256"] for picture in shown}
    missing["pictures"] += sum(stored.get(picture) != sha256 for picture, sha256 in due.items())
    missing["files"] += holdings["lost_files"]
    hashes = Counter(stored.values())
    twice["pictures"] += sum(count - 1 for count in hashes.values()) + len(stored.keys() - due.keys() - gone)

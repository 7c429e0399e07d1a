"""The JSON schema of the wire contract: ``python -m worktime.schema > docs/wire.schema.json``.

The committed file is what others build against; a test fails when it and ``worktime.wire`` drift apart.
"""

from __future__ import annotations

import inspect
import json
import sys
from typing import Any

import msgspec

from worktime import wire
from worktime.errors import Problem

MESSAGES: tuple[type[msgspec.Struct], ...] = (
    wire.SegmentBatch,
    wire.BatchReceipt,
    wire.PictureReceipt,
    wire.OtherHoursBatch,
    wire.OtherHoursReceipts,
    wire.JobList,
    wire.WeekView,
    Problem,
)
"""The bodies that cross the wire; every other type of the schema is a part of one of them."""


def schema() -> dict[str, Any]:
    """Return the JSON schema (2020-12) of all messages and their parts, under ``$defs`` by name."""
    messages, components = msgspec.json.schema_components(MESSAGES, ref_template="#/$defs/{name}")
    for component in components.values():
        # Python before 3.13 keeps a docstring's indentation; the schema must not depend on which one made it. Each part
        # has a docstring: whoever reads the schema has nothing else.
        component["description"] = inspect.cleandoc(component["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fairhour wire contract",
        "description": f"Messages between tracker and marketplace, version {wire.VERSION}.",
        "anyOf": list(messages),
        "$defs": components,
    }


def render() -> str:
    """Return the schema as the text of the committed file."""
    return json.dumps(schema(), indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())

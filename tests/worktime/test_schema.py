"""The committed schema is the one that the wire contract has, and says what decoding enforces."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec

from worktime import schema, wire

COMMITTED = Path(__file__).parents[2] / "docs" / "wire.schema.json"


def test_the_committed_schema_has_not_drifted() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema.render(), (
        "the wire contract changed: run `python -m worktime.schema > docs/wire.schema.json`, and ask whether an old "
        "tracker still understands it"
    )


def test_the_module_prints_the_schema() -> None:
    done = subprocess.run([sys.executable, "-m", "worktime.schema"], capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout) == json.loads(schema.render())


def test_every_message_of_the_contract_is_in_it() -> None:
    structs = {
        name
        for name, kind in vars(wire).items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and not name.startswith("_")
    }
    assert structs <= set(schema.schema()["$defs"])


def test_all_but_the_problem_forbid_what_they_do_not_know() -> None:
    objects = {name: part for name, part in schema.schema()["$defs"].items() if "properties" in part}
    assert {name for name, part in objects.items() if part.get("additionalProperties") is not False} == {"Problem"}

"""The mutation harness's command line; what it does is in the package's docstring."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.harness.mutants.run import SURVIVED, MutmutError, prepare, run, show
from tests.harness.mutants.targets import TARGETS

PLANTS = ("blind",)


def figures(codes: dict[str, int]) -> dict[str, float]:
    """Count the mutants, those that a test noticed, and their share in per cent."""
    killed = sum(1 for code in codes.values() if code not in SURVIVED)
    return {"mutants": len(codes), "killed": killed, "killed_pct": round(100 * killed / max(1, len(codes)), 1)}


def main(arguments: list[str] | None = None) -> int:
    """Run the targets; 1 when one of them is under its floor, or mutmut gives no result."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.harness.mutants", description="Mutation testing of worktime."
    )
    parser.add_argument("targets", nargs="*", default=[], metavar="TARGET", help=f"of {', '.join(TARGETS)}; all")
    parser.add_argument("--children", type=int, default=2, help="processes at once")
    parser.add_argument("--show", action="store_true", help="print what each survivor changes")
    parser.add_argument("--plant", choices=PLANTS, help="take the tests away: must exit 1")
    options = parser.parse_args(arguments)
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no target {', '.join(sorted(unknown))}")

    everything: dict[str, int] = {}
    by_module: dict[str, dict[str, float]] = {}
    low = []
    for name in options.targets or TARGETS:
        target = TARGETS[name]
        with tempfile.TemporaryDirectory(prefix="fairhour-mutants-") as folder:
            scratch = Path(folder)
            prepare(target, scratch, blind=options.plant == "blind")
            try:
                codes = run(scratch, children=options.children)
            except MutmutError as error:
                print(error, file=sys.stderr)
                return 1
            for mutant, code in codes.items():
                if code in SURVIVED:
                    print(f"survived: {mutant}")
                    if options.show:
                        print(show(scratch, mutant), flush=True)
        everything.update(codes)
        by_module[name] = figures(codes)
        if by_module[name]["killed_pct"] < target.floor:
            low.append(name)
        print(f"{name}: {by_module[name]}", file=sys.stderr, flush=True)
    print(json.dumps({**figures(everything), "by_module": by_module, "under_floor": low}))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())

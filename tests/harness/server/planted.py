"""``python -m tests.harness.server.planted``: the marketplace's command line, with the receipt before the row."""

from __future__ import annotations

import sys
import threading
from typing import Any

from marketplace import __main__ as command
from worktime import wire
from worktime.wire import Outcome

LATE_S = 1.0


def _answer_first(real: Any) -> Any:
    def ingest(*, person: Any, batch: wire.SegmentBatch, now: int) -> tuple[wire.SegmentReceipt, ...]:
        later = threading.Timer(LATE_S, lambda: real(person=person, batch=batch, now=now))
        later.daemon = True
        later.start()
        return tuple(
            wire.SegmentReceipt(
                job=segment.job,
                slot=segment.slot,
                revision=segment.revision,
                outcome=Outcome.STORED,
                digest=wire.segment_digest(segment),
            )
            for segment in batch.segments
        )

    return ingest


def main() -> int:
    """Run the marketplace so."""
    from marketplace import serving

    real = serving.serve

    def serve(*arguments: Any) -> None:
        from marketplace.api import segments

        setattr(segments, "ingest", _answer_first(vars(segments)["ingest"]))  # noqa: B010 - a plant goes behind types
        real(*arguments)

    setattr(serving, "serve", serve)  # noqa: B010 - likewise
    return command.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

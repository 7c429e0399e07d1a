"""``python -m benchmarks.backlog``: sending a week that was recorded offline, against the floor of sending its bytes.

A real journal (200 segments, 200 screenshots of realistic size, 40 hours) is emptied by the real uploader into a real
marketplace on this machine. The floor is the same bytes in one stream to a sink on this machine, in the same run; a
second floor is what the marketplace has to do for them whoever sends: decoding each screenshot in a process of its own.
Prints one JSON line.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import random
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from marketplace.workview.decode import decode
from sync.client import MarketplaceClient
from sync.journal import Journal
from sync.uploader import Listeners, Uploader
from tests.harness.network.devices import StandingClock, Witness, sign_in
from tests.harness.network.market import BEGAN, NOW, Market
from worktime import wire
from worktime.ids import uuid7
from worktime.observations import Entered, Left, Pictured
from worktime.slots import slot_of, slot_start
from worktime.tracking_values import PictureTaken
from worktime.wire import PictureRef

SIZE = (1920, 1080)
SOUND_DECODES = 10


def screenshot(draw: random.Random) -> bytes:
    """Return a WebP of a screen of text and one photo: about 110 KB, as a real 1080p screenshot has."""
    image = Image.new("RGB", SIZE, (250, 250, 248))
    pen = ImageDraw.Draw(image)
    for y in range(20, 1060, 22):
        pen.text((20, y), "".join(draw.choice("abcdefghij klmnop (){}=") for _ in range(70)), fill=(30, 30, 40))
    noise = Image.frombytes("RGB", (40, 40), draw.randbytes(4800)).resize((600, 600), Image.Resampling.BICUBIC)
    image.paste(noise, (1200, 300))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=60, method=2)
    return out.getvalue()


def fill(journal: Journal, job: Any, slots: int) -> int:
    """Record ``slots`` slots with a screenshot each; returns the bytes of the screenshots."""
    draw, size = random.Random(1), 0
    variety = [screenshot(draw) for _ in range(10)]
    for number in range(slots):
        slot = slot_of(BEGAN) + number // 40 * 120 + number % 40
        data = _unlike(variety[number % len(variety)], number)
        reference = PictureRef(
            id=uuid7(slot * 720_000, draw.randbytes(10)),
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            width=SIZE[0],
            height=SIZE[1],
            monitors=1,
            taken_at=slot_start(slot) + 300,
        )
        journal.spooled(PictureTaken(job, slot, 1, False, False, reference), data, b"thumbnail")
        journal.append(
            [
                Entered(job=job, slot=slot, at=slot_start(slot), work_view=True, attempt=1, drawn=True),
                Pictured(job=job, slot=slot, attempt=1, leaving=False, flat=False, picture=reference),
                Left(job=job, slot=slot, at=slot_start(slot) + 720, active_s=500),
            ]
        )
        size += len(data)
    return size


def _unlike(data: bytes, number: int) -> bytes:
    """Return the same picture with other bytes: a chunk that no decoder reads."""
    chunk = b"XNUM" + (8).to_bytes(4, "little") + number.to_bytes(8, "little")
    return b"RIFF" + (len(data) - 8 + len(chunk)).to_bytes(4, "little") + data[8:] + chunk


def floor_s(size: int) -> float:
    """Return how long ``size`` bytes take in one stream to a sink that reads and forgets them."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drink() -> None:
            connection, _ = server.accept()
            with connection:
                while connection.recv(1 << 18):
                    pass
                connection.sendall(b".")

        reader = threading.Thread(target=drink)
        reader.start()
        began = time.perf_counter()
        with socket.create_connection(server.getsockname()) as stream:
            stream.sendall(bytes(size))
            stream.shutdown(socket.SHUT_WR)
            stream.recv(1)
        reader.join()
    return time.perf_counter() - began


def run(slots: int) -> dict[str, Any]:
    """Record, send and measure."""
    with tempfile.TemporaryDirectory(prefix="fairhour-backlog-") as folder:
        home = Path(folder)
        market = Market(home)
        market.prepare(trackers=1)
        market.start()
        now = StandingClock(NOW)
        journal = Journal(home / "tracker", new_device=lambda: uuid7(NOW * 1000, bytes(10)))
        client = MarketplaceClient(sign_in(market.handovers[0], market.stack.address))
        try:
            witness = _Counting(client)
            size = fill(journal, witness.jobs().jobs[0].id, slots)
            uploader = Uploader(
                journal.outbox,
                witness,
                Listeners(lambda _: None, lambda _: None, lambda _: None),
                now=lambda: int(now.at),
                monotonic=time.monotonic,
            )
            began, cpu = time.perf_counter(), time.process_time()
            while _waits(journal):
                uploader.run_once()
            took, cpu = time.perf_counter() - began, time.process_time() - cpu
        finally:
            client.close()
            journal.close()
            market.stop()
    data = screenshot(random.Random(2))
    began = time.perf_counter()
    for _ in range(SOUND_DECODES):
        decode(data)
    decoding_s = (time.perf_counter() - began) / SOUND_DECODES * slots
    floor = floor_s(size + witness.segment_bytes)
    return {
        "slots": slots,
        "picture_kb": round(size / slots / 1000, 1),
        "segment_bytes": witness.segment_bytes,
        "segment_gzip_bytes": witness.gzipped,
        "seconds": round(took, 2),
        "tracker_cpu_s": round(cpu, 2),
        "requests": witness.requests,
        "requests_an_item": round(witness.requests / (2 * slots), 3),
        "floor_stream_s": round(floor, 3),
        "times_the_stream": round(took / floor, 1),
        "floor_decoding_s": round(decoding_s, 2),
        "times_the_decoding": round(took / decoding_s, 2),
    }


def _waits(journal: Journal) -> bool:
    counts = journal.outbox.counts()
    if counts.quarantined:
        raise RuntimeError(f"refused: {journal.outbox.problems()}")
    return counts.segments + counts.pictures > 0


class _Counting(Witness):
    """Counts requests, and what compressing the batches would save."""

    def __init__(self, client: MarketplaceClient) -> None:
        super().__init__(client)
        self.requests = self.segment_bytes = self.gzipped = 0

    def post_segments(self, batch: wire.SegmentBatch) -> wire.BatchReceipt:
        raw = wire.encode(batch)
        self.requests += 1
        self.segment_bytes += len(raw)
        self.gzipped += len(gzip.compress(raw, 6))
        return super().post_segments(batch)

    def put_picture(self, *arguments: Any) -> wire.PictureReceipt:
        self.requests += 1
        return super().put_picture(*arguments)


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backlog")
    parser.add_argument("--slots", type=int, default=200, help="segments, each with a screenshot")
    print(json.dumps(run(parser.parse_args(arguments).slots)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

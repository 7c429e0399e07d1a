"""What a screenshot costs and keeps: ``python -m benchmarks.capture``.

Four desktops (``benchmarks.scenes``) on a real X server at three sizes, grabbed and encoded by ``capture`` in a process
of its own; beside each grab a copy of as many bytes, beside each encoding plain JPEG at quality 85. What is kept of the
picture is its structure (SSIM of the luma, Gaussian of 1.5 pixels) and the words that tesseract reads in it and read in
the original. Needs locks/benchmarks.txt and tesseract; nothing but figures is kept. The last line is JSON:

``mean_kb_1080p``: mean of the four. ``min_ssim``: the worst of all twelve. ``ocr_kept``: words of three letters and
more, over the three scenes of text at 1080p; ``ocr_ceiling``: the same for the original moved by one pixel.
``cpu_s_1080p``: the dearest scene, grab, encoding and thumbnail. ``settled_mb``: anonymous memory after the last
screenshot against that before the first. ``grab_x_memcpy``: CPU of grabs against copies at 1080p.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import capture
from benchmarks.scenes import SCENES
from capture.port import RawPicture
from tests.support.xserver import XServer, x_server

SIZES = {"1080p": (1920, 1080, 1.0), "1440p": (2560, 1440, 1.25), "4K": (3840, 2160, 1.5)}
TEXT_SCENES = ("code", "web", "sheet")
ROUNDS = 5
WORD_LETTERS = 3
OCR_SCALE = 2
TIMEOUT_S = 300.0


@dataclass(frozen=True)
class Cost:
    """Medians of one scene at one size: CPU seconds, and bytes."""

    size: str
    scene: str
    grab_s: float
    copy_s: float
    encode_s: float
    jpeg_s: float
    webp_bytes: int
    jpeg_bytes: int


@dataclass(frozen=True)
class Memory:
    """Anonymous memory of the measuring process, in MB."""

    size: str
    before: float
    peak: float
    settled: float


def cpu(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of the whole process that ``act`` took, and what it returned."""
    began = time.process_time()
    out = act()
    return time.process_time() - began, out


def picture_of(raw: RawPicture) -> Any:
    """Return the grabbed pixels as a Pillow image."""
    from PIL import Image

    return Image.frombuffer("RGB", (raw.width, raw.height), raw.pixels, "raw", raw.layout, 0, 1)


def anonymous_mb() -> float:
    """Return the anonymous resident memory of this process."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) / 1024


def measure(size: str, folder: Path, show: Callable[[str], None]) -> tuple[list[Cost], Memory]:
    """Measure every scene at the size of the running display; the pictures go to ``folder`` for the eyes of OCR."""
    source = capture.open_source()
    show("code")
    # What is loaded at first use is not the price of a screenshot.
    capture.encode(capture.grab(source))
    capture.give_memory_back()
    before, peak = anonymous_mb(), 0.0
    costs = []
    for scene in SCENES:
        show(scene)
        rounds = []
        for _ in range(ROUNDS):
            grab_s, raw = cpu(lambda: capture.grab(source))
            copy_s, _ = cpu(lambda raw=raw: bytearray(raw.pixels))  # type: ignore[misc]
            encode_s, shot = cpu(lambda raw=raw: capture.encode(raw))  # type: ignore[misc]
            peak = max(peak, anonymous_mb())
            assert not shot.flat, "the scene is on the screen"
            rounds.append((grab_s, copy_s, encode_s))
        grab_s, copy_s, encode_s = (statistics.median(column) for column in zip(*rounds, strict=True))
        (folder / f"{size}-{scene}.webp").write_bytes(shot.data)
        picture_of(raw).save(folder / f"{size}-{scene}.png", compress_level=1)
        buffer = BytesIO()
        jpeg_s, _ = cpu(lambda raw=raw, buffer=buffer: picture_of(raw).save(buffer, "JPEG", quality=85))  # type: ignore[misc]
        costs.append(Cost(size, scene, grab_s, copy_s, encode_s, jpeg_s, len(shot.data), buffer.tell()))
        del raw, shot, buffer
    # As after each screenshot of the tracker (tracker_app/camera.py).
    capture.give_memory_back()
    return costs, Memory(size, before, peak, anonymous_mb())


def words_in(file: Path, moved: int = 0) -> Counter[str]:
    """Return the words that tesseract reads in a picture, enlarged; ``moved``: pixels cut from its left and top."""
    from PIL import Image

    with Image.open(file) as picture:
        whole = picture.convert("L").crop((moved, moved, picture.width, picture.height))
    large = whole.resize((whole.width * OCR_SCALE, whole.height * OCR_SCALE), Image.Resampling.BICUBIC)
    buffer = BytesIO()
    large.save(buffer, "PNG", compress_level=1)
    read = subprocess.run(
        ["tesseract", "stdin", "stdout", "--psm", "11"],
        input=buffer.getvalue(),
        capture_output=True,
        check=True,
        timeout=TIMEOUT_S,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return Counter(word for word in read.stdout.decode().split() if sum(map(str.isalnum, word)) >= WORD_LETTERS)


def kept(folder: Path) -> tuple[float, float]:
    """Return the share of words kept over the scenes of text at 1080p, and that of the original moved by a pixel."""
    there = found = moved = 0
    for scene in TEXT_SCENES:
        original = words_in(folder / f"1080p-{scene}.png")
        there += original.total()
        found += (original & words_in(folder / f"1080p-{scene}.webp")).total()
        moved += (original & words_in(folder / f"1080p-{scene}.png", moved=1)).total()
    return found / there, moved / there


def ssim(folder: Path, name: str) -> float:
    """Return the structural similarity of what was kept to what was grabbed."""
    from PIL import Image

    # Typed only where it is installed, which development without benchmarks can do without.
    numpy: Any = import_module("numpy")
    metrics: Any = import_module("skimage.metrics")
    with Image.open(folder / f"{name}.png") as first, Image.open(folder / f"{name}.webp") as second:
        before, after = (numpy.asarray(each.convert("L")) for each in (first, second))
    options = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False, "data_range": 255}
    return float(metrics.structural_similarity(before, after, **options))


def run_size(size: str, folder: Path) -> tuple[list[Cost], Memory]:
    """Measure one size on a server of its own, in a process of its own, so that its memory is its own."""
    width, height, scale = SIZES[size]
    with (
        x_server(width, height) as server,
        _running("benchmarks.scenes", str(scale), server=server) as painter,
    ):
        _expect(painter, "ready")
        with _running("benchmarks.capture", "--measure", size, str(folder), server=server) as measurer:
            while (line := _line(measurer)).startswith("show "):
                name = line.removeprefix("show ").strip()
                _say(painter, name)
                _expect(painter, name)
                _say(measurer, "shown")
            found = json.loads(line)
    return [Cost(**cost) for cost in found["costs"]], Memory(**found["memory"])


@contextmanager
def _running(*arguments: str, server: XServer) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, **server.env, "QT_QPA_PLATFORM": "xcb"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit("A part of the benchmark ended early; what it said stands above.")
    return line


def _expect(process: subprocess.Popen[str], word: str) -> None:
    while _line(process).strip() != word:
        pass


def _say(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(word + "\n")
    process.stdin.flush()


def _measure_here(size: str, folder: Path) -> None:
    """The measuring process: asks for each scene on its output, and prints what it found."""

    def show(scene: str) -> None:
        print(f"show {scene}", flush=True)
        sys.stdin.readline()

    costs, memory = measure(size, folder, show)
    print(json.dumps({"costs": [asdict(cost) for cost in costs], "memory": asdict(memory)}), flush=True)


def report(costs: list[Cost], memories: list[Memory], folder: Path) -> dict[str, float]:
    """Print a table and return the figures of the last line."""
    print(
        f"{'size':6} {'scene':6} {'grab ms':>8} {'x copy':>7} {'encode ms':>10} {'x JPEG':>7} {'KB':>6} {'JPEG KB':>8}"
    )
    for cost in costs:
        print(
            f"{cost.size:6} {cost.scene:6} {cost.grab_s * 1000:8.1f} {cost.grab_s / cost.copy_s:7.1f} "
            f"{cost.encode_s * 1000:10.0f} {cost.encode_s / cost.jpeg_s:7.1f} {cost.webp_bytes / 1000:6.0f} "
            f"{cost.jpeg_bytes / 1000:8.0f}"
        )
    for memory in memories:
        print(f"{memory.size:6} before {memory.before:.0f} MB, peak {memory.peak:.0f}, settled {memory.settled:.0f}")
    full = [cost for cost in costs if cost.size == "1080p"]
    words, ceiling = kept(folder)
    alike = {(cost.size, cost.scene): ssim(folder, f"{cost.size}-{cost.scene}") for cost in costs}
    for size in SIZES:
        print(f"{size:6} SSIM " + ", ".join(f"{scene} {alike[size, scene]:.4f}" for scene in SCENES))
    return {
        "mean_kb_1080p": round(statistics.mean(cost.webp_bytes for cost in full) / 1000, 1),
        "jpeg_kb_1080p": round(statistics.mean(cost.jpeg_bytes for cost in full) / 1000, 1),
        "min_ssim": round(min(alike.values()), 4),
        "ocr_kept": round(words, 4),
        "ocr_ceiling": round(ceiling, 4),
        "cpu_s_1080p": round(max(cost.grab_s + cost.encode_s for cost in full), 3),
        "settled_mb": round(max(memory.settled - memory.before for memory in memories), 1),
        "grab_x_memcpy": round(sum(cost.grab_s for cost in full) / sum(cost.copy_s for cost in full), 2),
    }


def main(arguments: list[str]) -> int:
    """The command line."""
    if arguments[:1] == ["--measure"]:
        _measure_here(arguments[1], Path(arguments[2]))
        return 0
    if shutil.which("tesseract") is None or find_spec("skimage") is None:
        print(
            "Install what reads and compares pictures: apt install tesseract-ocr; "
            "pip install --no-deps --require-hashes -r locks/benchmarks.txt",
            file=sys.stderr,
        )
        return 2
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fairhour-benchmark-") as name:
        folder = Path(name)
        results = [run_size(size, folder) for size in SIZES]
        figures = report([cost for costs, _ in results for cost in costs], [memory for _, memory in results], folder)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

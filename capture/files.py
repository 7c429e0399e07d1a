"""Pictures that another program took (portal, grim, screencapture): read, and gone from the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from capture import problems
from capture.port import RawPicture

if TYPE_CHECKING:
    from PIL.Image import Image

log = logging.getLogger(__name__)

FORMATS = ("PNG", "JPEG", "PPM")
MAX_FILE_BYTES = 400_000_000
"""Bound on what is read, far above an uncompressed wall of 8K screens."""


def take_away(path: Path) -> bytes:
    """Return a file's bytes and delete it, also when reading fails. Raises FairhourError.

    The file is somebody else's copy of the user's screen, on some systems world-readable, so it goes in any case.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise problems.failed(
            "The picture that the system took can't be read ({detail}).", detail=error.strerror
        ) from error
    finally:
        _delete(path)
    if len(data) > MAX_FILE_BYTES:
        raise problems.failed("The picture that the system took is larger than any screen.")
    return data


def raw_picture(parts: Sequence[bytes], *, monitors: int, grabbed_ns: int | None = None) -> RawPicture:
    """Return one picture of the encoded ``parts``, side by side from the left, tops aligned. Raises FairhourError."""
    grabbed_ns = time.monotonic_ns() if grabbed_ns is None else grabbed_ns
    images = [_decode(part) for part in parts]
    whole = images[0] if len(images) == 1 else _side_by_side(images)
    return RawPicture(whole.tobytes(), whole.width, whole.height, "RGB", max(1, monitors), grabbed_ns)


def _decode(data: bytes) -> Image:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            return image.convert("RGB")
    # Pillow raises OSError for unknown and cut files, SyntaxError and ValueError for malformed chunks.
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise problems.failed(
            "The picture that the system took can't be understood ({detail}).", detail=error
        ) from error


def _side_by_side(images: Sequence[Image]) -> Image:
    from PIL import Image

    whole = Image.new("RGB", (sum(image.width for image in images), max(image.height for image in images)))
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width
    return whole


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("A picture of the screen stays behind: %s can't be deleted (%s).", path, error.strerror)

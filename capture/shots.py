"""The two halves of a screenshot, apart, so that the moment of the grab is precise whatever the encoding costs."""

from __future__ import annotations

from capture.port import RawPicture, ScreenSource, Shot


def grab(source: ScreenSource) -> RawPicture:
    """Return the pixels of all monitors now. Blocks; call it from a worker thread. Raises FairhourError."""
    return source.grab()


def encode(raw: RawPicture, scale: int = 100) -> Shot:
    """Return the screenshot as it is kept and sent, at ``scale`` per cent of its size. Raises FairhourError."""
    from capture import encoding

    return encoding.encode(raw, scale)


def develop(raw: RawPicture, scale: int = 100) -> Shot:
    """Return what ``encode`` does, made in a process of its own, or here where that fails. Raises FairhourError."""
    from capture import darkroom

    return darkroom.develop(raw, scale)


def take(source: ScreenSource) -> Shot:
    """Grab and encode. Raises FairhourError."""
    return encode(grab(source))

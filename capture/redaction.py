"""Hides what the freelancer chose, on the raw pixels, before anything is encoded, cut small or stored.

Where it can't be known what to hide (windows can't be listed, the screens stand in another way than when an area was
chosen, the rules can't be read), the whole picture is hidden: nothing is ever shown by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from capture import problems
from capture.hidden import Hidden, WindowRule, fits
from capture.listing import Window, WindowList
from capture.port import RawPicture, ScreenSource
from capture.rects import Rect, around, onto, visible
from worktime.errors import FairhourError, Problem

COLOUR = (100, 116, 139)
"""Red, green and blue of what is hidden: the look's "idle"."""

TRIES = 3
"""Grabs, until no window has moved while one was made."""

BLUR_PARTS = 24
"""How many blocks the shorter side is averaged into: 45 pixels at 1080p, three lines of text."""

BLUR_LEAST_PX = 40
"""Side of such a block at least: a small picture has letters of the same size."""

Parts = tuple[Rect, ...]
"""What one rule hides: rectangles that count as one area."""

Listed = tuple[Window, ...] | Problem


@dataclass(frozen=True)
class Redacted:
    """A picture as it may be kept; ``problem`` tells why all of it is hidden, where that was not the user's choice."""

    raw: RawPicture
    problem: Problem | None = None


class Redactor:
    """Grabs and hides in one go. ``hidden`` gives the rules of this moment, or the reason why they can't be known.

    ``screens`` gives the monitors where the picture does not tell them (Wayland). All are called where ``grab`` is.
    """

    def __init__(
        self,
        hidden: Callable[[], Hidden | Problem],
        windows: Callable[[], WindowList],
        screens: Callable[[], tuple[Rect, ...]] = tuple,
    ) -> None:
        self._hidden = hidden
        self._windows = windows
        self._screens = screens

    def grab(self, source: ScreenSource) -> Redacted:
        """Return a picture with everything hidden that the rules name. Raises FairhourError when none can be had."""
        hidden = self._hidden()
        if isinstance(hidden, Problem):
            return Redacted(covered(source.grab()), hidden)
        if hidden.nothing:
            return Redacted(self._placed(source.grab()))
        raw, before, after = self._watched(source, hidden)
        try:
            masks = [*window_masks(hidden.windows, before, after), *chosen_masks(hidden, raw.screens)]
            # Masked first: averages of what is hidden would shine through round its edges.
            raw = masked(raw, masks)
            return Redacted(blurred(raw) if hidden.blur else raw)
        except FairhourError as error:
            return Redacted(covered(raw), error.problem)

    def _watched(self, source: ScreenSource, hidden: Hidden) -> tuple[RawPicture, Listed, Listed]:
        """Return a picture, and the windows before and after it: they can move while it is made."""
        after = self._listed(hidden)
        for _ in range(TRIES):
            before, raw, after = after, self._placed(source.grab()), self._listed(hidden)
            if _settled(hidden.windows, before, after):
                break
        return raw, before, after

    def _placed(self, raw: RawPicture) -> RawPicture:
        return raw if raw.screens else replace(raw, screens=fitting(self._screens(), raw.width, raw.height))

    def _listed(self, hidden: Hidden) -> Listed:
        """Return the windows, where a rule asks for them, or why they can't be listed."""
        try:
            return self._windows().windows() if hidden.windows else ()
        except FairhourError as error:
            return error.problem


def fitting(screens: tuple[Rect, ...], width: int, height: int) -> tuple[Rect, ...]:
    """Return ``screens`` when a picture of this size can be of them, as large or larger in one measure; else none."""
    desktop = around(screens)
    skew = abs(width * desktop.height - height * desktop.width)
    return screens if screens and skew <= desktop.width + desktop.height else ()


def window_masks(rules: tuple[WindowRule, ...], before: Listed, after: Listed) -> list[Parts]:
    """Return what the rules for windows hide. Raises FairhourError when the windows are not known.

    Where windows stood still, what can be seen of each; else all that it was in before and after, and between.
    """
    if isinstance(before, Problem):
        raise FairhourError(before)
    if isinstance(after, Problem):
        raise FairhourError(after)
    if _settled(rules, before, after):
        meant = _meant(rules, after)
        return [
            visible(window.rect, (above.opaque for above in after[place + 1 :] if above.opaque is not None))
            for place, window in enumerate(after)
            if window.id in meant
        ]
    meant = _meant(rules, before) | _meant(rules, after)
    return [(around(each.rect for each in (*before, *after) if each.id == one),) for one in sorted(meant)]


def chosen_masks(hidden: Hidden, screens: tuple[Rect, ...]) -> list[Parts]:
    """Return what the chosen areas and the chosen monitor hide. Raises FairhourError with other screens than those.

    An area that was chosen with other screens hides nothing where there are areas for these.
    """
    areas = [area for area in hidden.areas if area.screens == screens]
    if (hidden.areas and not areas) or (hidden.only is not None and hidden.only.screens != screens):
        raise problems.layout_unknown()
    masks: list[Parts] = [(area.rect,) for area in areas]
    if hidden.only is not None:
        shown = screens[hidden.only.number]
        # A mirrored monitor shows the same pixels: they are not hidden.
        masks += [parts for screen in screens if (parts := visible(screen, [shown]))]
    return masks


def masked(raw: RawPicture, masks: list[Parts]) -> RawPicture:
    """Return the picture with each part of ``masks`` (desktop pixels) in one flat colour, and the areas counted.

    What lies outside the picture is not counted. Raises FairhourError when it is not known where the desktop lies in
    the picture.
    """
    if not masks:
        return raw
    if not raw.screens:
        raise problems.layout_unknown()
    desktop = around(raw.screens)
    placed = [[onto(part, desktop, raw.width, raw.height) for part in parts] for parts in masks]
    areas = [[part for part in parts if not part.empty] for parts in placed]
    return _filled(raw, [part for parts in areas for part in parts], sum(1 for parts in areas if parts))


def covered(raw: RawPicture) -> RawPicture:
    """Return the picture with every pixel hidden: one area."""
    return _filled(raw, [Rect(0, 0, raw.width, raw.height)], 1)


def blurred(raw: RawPicture) -> RawPicture:
    """Return the picture in blocks too large to read anything in, softened; it counts as one area.

    Averages of blocks and not a soft lens: what a lens does to text can be undone.
    """
    from PIL import Image

    size = (raw.width, raw.height)
    image = Image.frombuffer("RGB", size, raw.pixels, "raw", raw.layout, 0, 1)
    blocks = image.reduce(max(BLUR_LEAST_PX, min(size) // BLUR_PARTS))
    soft = blocks.resize(size, Image.Resampling.BILINEAR)
    return replace(raw, pixels=soft.tobytes(), layout="RGB", redacted=raw.redacted + 1)


def _filled(raw: RawPicture, parts: list[Rect], areas: int) -> RawPicture:
    if not areas:
        return raw
    pixels = raw.pixels if isinstance(raw.pixels, bytearray) else bytearray(raw.pixels)
    pixel = bytes(COLOUR) if raw.layout == "RGB" else bytes((*reversed(COLOUR), 0))
    for part in parts:
        line = pixel * part.width
        for row in range(part.top, part.bottom):
            start = (row * raw.width + part.left) * len(pixel)
            pixels[start : start + len(line)] = line
    return replace(raw, pixels=pixels, redacted=raw.redacted + areas)


def _settled(rules: tuple[WindowRule, ...], before: Listed, after: Listed) -> bool:
    """Tell whether nothing that matters for hiding has changed: a title that a rule does not look at does not."""
    if isinstance(before, Problem) or isinstance(after, Problem):
        return True
    return list(_shapes(rules, before)) == list(_shapes(rules, after))


def _shapes(rules: tuple[WindowRule, ...], windows: tuple[Window, ...]) -> Iterator[tuple[object, ...]]:
    meant = _meant(rules, windows)
    return ((each.id, each.rect, each.opaque, each.id in meant) for each in windows)


def _meant(rules: tuple[WindowRule, ...], windows: tuple[Window, ...]) -> frozenset[int]:
    """Return the windows that a rule fits, and those that belong to one of them, by id."""
    meant = {each.id for each in windows if any(fits(rule, each.program, each.title) for rule in rules)}
    owned = meant
    while owned:
        owned = {each.id for each in windows if each.owner in owned} - meant
        meant |= owned
    return frozenset(meant)

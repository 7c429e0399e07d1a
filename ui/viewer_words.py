"""The words of the viewer: what is looked at, why a picture is not here, and why it can't be changed any more."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ui import tiles, words
from ui.models import Delivery, Tile, TileKind, TrackerView
from worktime.book_review import ASSISTANCE_S
from worktime.slots import slot_start

translate = QCoreApplication.translate
_DAY_S = 86_400


def heading(tile: Tile, view: TrackerView) -> str:
    """Return "Tuesday, 17 March 2026, 11:15": the picture's moment, or its slot's where there is none."""
    second = tile.taken_at if tile.taken_at is not None else slot_start(tile.slot)
    date = words.local(second, view.zone).date()
    day = QLocale().toString(QDate(date.year, date.month, date.day), QLocale.FormatType.LongFormat)
    return translate("viewer", "{day}, {time}").format(day=day, time=words.clock_time(second, view.zone))


def name(tile: Tile, view: TrackerView) -> str:
    """Return what the window and its picture are called."""
    at = words.clock_time(tile.taken_at, view.zone) if tile.taken_at is not None else tiles.start_time(tile, view.zone)
    if tile.kind is TileKind.PICTURE:
        return translate("viewer", "Screenshot of {at}").format(at=at)
    return translate("viewer", "Slot of {at}").format(at=at)


def absent(tile: Tile, view: TrackerView) -> str:
    """Return why there is nothing to see, in the picture's place."""
    if tile.kind is not TileKind.PICTURE:
        return tiles.told(tile, view.zone)
    if tile.delivery is Delivery.DELIVERED:
        return translate(
            "viewer",
            "This picture is not on this computer any more. It was erased here after it had reached the marketplace, "
            "where you can open it.",
        )
    return translate("viewer", "This picture's file is missing on this computer, and it was not sent yet.")


def preview_only() -> str:
    """Return what is said below a small picture whose large one is gone."""
    return translate(
        "viewer",
        "Only this small preview is left on this computer. The picture itself was erased here after it had reached the "
        "marketplace, where you can open it.",
    )


def unreadable() -> str:
    """Return what is said where the file is here and can't be read."""
    return translate(
        "viewer",
        "This picture is on this computer, but can't be read. It is encrypted, and its key is in the system's keyring: "
        "unlock that, and open the picture again.",
    )


def fixed(tile: Tile) -> str:
    """Return why a picture can be neither commented nor deleted any more; nothing where it can, or there is none."""
    if tile.kind is not TileKind.PICTURE or tile.can_delete:
        return ""
    if tile.rejected:
        return translate("viewer", "What is rejected can't be deleted, nor its comment changed.")
    return translate("viewer", "Its timesheet was submitted: it can't be deleted any more, nor its comment changed.")


def elsewhere() -> str:
    """Return why a picture of another job, or day, can't be changed here."""
    return translate("viewer", "It is not of the job and day that the window shows now, so it can't be changed here.")


def delete_costs() -> str:
    """Return what deleting means, beside the button that says how much time it costs."""
    return translate("viewer", "Erased everywhere, for good. Your client sees that it was deleted, not what it showed.")


def assistance() -> str:
    """Return what asking for assistance means."""
    return translate(
        "viewer",
        "Opens this screenshot on the marketplace. Within {days} days of a rejection you can answer it there, or have "
        "the marketplace's staff look at it: they uphold it or restore the time.",
    ).format(days=ASSISTANCE_S // _DAY_S)


def position(at: int, count: int) -> str:
    """Return "3 of 12"."""
    return translate("viewer", "{at} of {count}").format(at=at + 1, count=count)

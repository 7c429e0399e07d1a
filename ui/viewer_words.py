"""The words of the viewer: what is looked at, why a picture is not here, and why it can't be changed any more."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ui import problem_words, tiles, words
from ui.models import Delivery, Tile, TileKind, TrackerView
from worktime.errors import Problem
from worktime.slots import slot_start
from worktime.weeks import ASSISTANCE_S

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


def fetching() -> str:
    """Return what is said while a picture comes from the marketplace."""
    return translate(
        "viewer", "The picture itself is not on this computer any more. It is being fetched from the marketplace…"
    )


def sign_in_to_fetch() -> str:
    """Return what is said where nobody is signed in who could fetch it."""
    return translate(
        "viewer", "The picture itself is not on this computer any more. Sign in to fetch it from the marketplace."
    )


def not_fetched(problem: Problem | None) -> str:
    """Return why the picture did not come from the marketplace, and what to do; None: it can't be shown."""
    code = problem.code if problem is not None else ""
    if code == "offline":
        return translate(
            "viewer",
            "The picture itself is not on this computer any more, and the marketplace can't be reached. Try again when "
            "this computer is online.",
        )
    if code == "signed_out":
        return sign_in_to_fetch()
    if code == "picture_erased":
        return translate(
            "viewer", "The picture itself was erased, here and at the marketplace. It can't be brought back."
        )
    if code == "no_such_picture":
        return translate(
            "viewer",
            "The picture itself is not on this computer any more, and the marketplace has none for the account that is "
            "signed in. If you use several accounts, sign in with the one that recorded it.",
        )
    if problem is None:
        why = translate("viewer", "Its format is not known.")
    elif code == "picture_broken":
        why = translate("viewer", "Something went wrong inside Fairhour.")
    else:
        why = problem_words.message(problem)
    return translate(
        "viewer", "The picture itself could not be fetched: {why} Try again, or open it on the marketplace."
    ).format(why=why)


def may_fetch_again(problem: Problem | None) -> bool:
    """Return whether another try can help."""
    return problem is None or problem.code not in ("signed_out", "picture_erased", "no_such_picture", "picture_other")


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
    """Return why a picture of another job, or of a week that is over, can't be changed here."""
    return translate("viewer", "It is not of the job and week that the window shows now, so it can't be changed here.")


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

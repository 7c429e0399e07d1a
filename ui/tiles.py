"""The words of a tile: what it shows in few words, and the whole story in a sentence."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from ui import words
from ui.models import Delivery, Tile, TileKind
from worktime.slots import slot_start
from worktime.wire import NoPicture

translate = QCoreApplication.translate


def start_time(tile: Tile, zone: tzinfo) -> str:
    """Return when the tile's slot starts, "10:24"."""
    return words.clock_time(slot_start(tile.slot), zone)


def short(tile: Tile) -> str:
    """Return what stands in the tile itself; nothing where the picture speaks."""
    if tile.rejected:
        return translate("tiles", "Rejected")
    if tile.kind is TileKind.PICTURE:
        return {
            Delivery.HELD: translate("tiles", "Only here yet"),
            Delivery.WAITING: translate("tiles", "Not sent yet"),
            Delivery.REFUSED: translate("tiles", "Refused"),
        }.get(tile.delivery or Delivery.DELIVERED, translate("tiles", "Redacted") if tile.redacted else "")
    return {
        TileKind.EMPTY: "",
        TileKind.RUNNING: translate("tiles", "Now"),
        TileKind.NO_PICTURE: translate("tiles", "No picture"),
        TileKind.IDLE: translate("tiles", "Idle"),
        TileKind.DELETED: translate("tiles", "Deleted"),
    }[tile.kind]


def why_none(tile: Tile) -> str:
    """Return in a word or two why a tile has no picture; nothing where that is known otherwise."""
    if tile.kind is not TileKind.NO_PICTURE or tile.no_picture is None:
        return ""
    return {
        NoPicture.PERMISSION: translate("tiles", "not permitted"),
        NoPicture.FAILED: translate("tiles", "failed"),
        NoPicture.LATE: translate("tiles", "too late"),
        NoPicture.LOCKED: translate("tiles", "locked"),
        NoPicture.SUSPENDED: translate("tiles", "asleep"),
        NoPicture.CRASHED: translate("tiles", "ended"),
        NoPicture.IDLE: translate("tiles", "no input"),
        NoPicture.DELETED: translate("tiles", "deleted"),
        NoPicture.WORK_VIEW_OFF: translate("tiles", "Work View off"),
        NoPicture.PRIVATE: translate("tiles", "private"),
    }[tile.no_picture]


def story(tile: Tile, zone: tzinfo) -> str:
    """Return what happened, to whom it matters and what it costs, in whole sentences, and the comment."""
    return f"{facts(tile, zone)} {commented(tile)}" if tile.comment else facts(tile, zone)


def facts(tile: Tile, zone: tzinfo) -> str:
    """Return the story without the comment, for where that stands beside it."""
    return f"{told(tile, zone)} {rejection(tile)}" if tile.rejected else told(tile, zone)


def told(tile: Tile, zone: tzinfo) -> str:
    """Return what was recorded, and where it is."""
    return " ".join(part for part in (_what(tile, zone), _delivery(tile, zone)) if part)


def rejection(tile: Tile) -> str:
    """Return who took its time off, why and how much; nothing where nobody did."""
    if not tile.rejected:
        return ""
    return translate("tiles", "Rejected by the client: “{reason}” {time} left the timesheet.").format(
        reason=tile.reject_reason, time=words.duration(tile.tracked_s)
    )


def commented(tile: Tile) -> str:
    """Return the comment with what it is."""
    return translate("tiles", "Comment: {text}").format(text=tile.comment)


def _what(tile: Tile, zone: tzinfo) -> str:
    at, time = start_time(tile, zone), words.duration(tile.tracked_s)
    if tile.kind is TileKind.PICTURE:
        taken = words.clock_time(tile.taken_at, zone) if tile.taken_at is not None else at
        told = translate("tiles", "Screenshot of {taken}, {time}.").format(taken=taken, time=time)
        return f"{told} {words.redacted(tile.redacted)}" if tile.redacted else told
    if tile.kind is TileKind.RUNNING:
        return translate("tiles", "{at}: {time} recorded so far. The screenshot comes at a random moment.").format(
            at=at, time=time
        )
    if tile.kind is TileKind.IDLE:
        return translate("tiles", "{at}: Computer Idle. No time recorded.").format(at=at)
    if tile.kind is TileKind.DELETED:
        return translate("tiles", "{at}: you deleted this screenshot, and its time with it.").format(at=at)
    if tile.kind is TileKind.EMPTY:
        return translate("tiles", "{at}: nothing recorded.").format(at=at)
    return translate("tiles", "No picture for {at}: {reason} The {time} count, but are not protected.").format(
        at=at, reason=_reason(tile.no_picture), time=time
    )


def _delivery(tile: Tile, zone: tzinfo) -> str:
    if tile.delivery is Delivery.HELD:
        if tile.held_until is None:
            return translate("tiles", "On this computer only.")
        return translate("tiles", "Leaves this computer at {until}.").format(
            until=words.clock_time(tile.held_until, zone)
        )
    if tile.delivery is Delivery.WAITING:
        return translate("tiles", "Waits to be sent.")
    if tile.delivery is Delivery.REFUSED:
        return translate("tiles", "The marketplace refused it; it is kept here.")
    return ""


def _reason(reason: NoPicture | None) -> str:
    if reason is None:
        return translate("tiles", "it was not taken.")
    return {
        NoPicture.PERMISSION: translate("tiles", "the system did not permit it."),
        NoPicture.FAILED: translate("tiles", "taking it failed."),
        NoPicture.LATE: translate("tiles", "its moment passed before it could be taken."),
        NoPicture.LOCKED: translate("tiles", "the screen was locked."),
        NoPicture.SUSPENDED: translate("tiles", "the computer slept."),
        NoPicture.CRASHED: translate("tiles", "Fairhour ended unexpectedly."),
        NoPicture.IDLE: translate("tiles", "there was no input."),
        NoPicture.DELETED: translate("tiles", "you deleted it."),
        NoPicture.WORK_VIEW_OFF: translate("tiles", "Work View was off."),
        NoPicture.PRIVATE: translate("tiles", "you paused for something private."),
    }[reason]


def delete_last(tile: Tile) -> str:
    """Return the menu's words for the newest: "Delete last screenshot and its 12 minutes"."""
    minutes = tile.tracked_s // 60
    if minutes == 1:
        return translate("tiles", "Delete last screenshot and its 1 minute")
    if minutes:
        return translate("tiles", "Delete last screenshot and its {n} minutes").format(n=minutes)
    return translate("tiles", "Delete last screenshot and its {n} seconds").format(n=tile.tracked_s)


def delete_button(tile: Tile) -> str:
    """Return the button's words with the real cost: "Delete picture and its 12 minutes"."""
    minutes = tile.tracked_s // 60
    if minutes == 1:
        return translate("tiles", "Delete picture and its 1 minute")
    if minutes:
        return translate("tiles", "Delete picture and its {n} minutes").format(n=minutes)
    return translate("tiles", "Delete picture and its {n} seconds").format(n=tile.tracked_s)

"""View models of every state of the tracker, and pictures to go with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from ui.models import (
    Account,
    Activity,
    Badge,
    DayBar,
    Delivery,
    Due,
    HourRow,
    IdleReturn,
    JobItem,
    Mark,
    NoticeView,
    Pause,
    Sector,
    SignInView,
    SyncView,
    Tile,
    TileKind,
    TrackerView,
    Unprotected,
)
from worktime.errors import FairhourError, Problem
from worktime.slots import slot_of, slot_start
from worktime.wire import NoPicture, PictureRef

BERLIN = ZoneInfo("Europe/Berlin")
NINE = 1_773_734_400  # Tuesday 2026-03-17 09:00 in Berlin
NOW = NINE + 2 * 3600 + 30 * 60 + 17
MONDAY_7_ET = 1_774_263_600  # Monday 2026-03-23 07:00 in New York
WEBSITE = JobItem(id=UUID(int=1), title="Website redesign", client="Sample client")
IMPORT = JobItem(id=UUID(int=2), title="Data import", client="Sample client")
LONG = JobItem(
    id=UUID(int=3),
    title="Rebuild of the customer portal & migration of the legacy ordering back end with all of its reports " * 2,
    client="Sample client with a long name & Partners",
)
GERMAN = JobItem(
    id=UUID(int=4),
    title="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesdatenbankumstellung",
    client="Donaudampfschifffahrtsgesellschaft",
)
FILLED, OPEN, NOTCH = Sector.FILLED, Sector.OPEN, Sector.NOTCH


def picture(folder: Path, at: int, *, large: bool = False) -> Path:
    """Write a picture of a made-up desktop, small or ``large``, and return its path."""
    file = folder / f"shot-{at % 7}{'-large' if large else ''}.jpg"
    if not file.exists():
        file.write_bytes(_encoded(at % 7, large))
    return file


@cache
def _encoded(at: int, large: bool) -> bytes:
    image = QImage(QSize(320, 180) * (6 if large else 1), QImage.Format.Format_RGB32)
    image.fill(QColor("#2b3a4a"))
    painter = QPainter(image)
    painter.scale(image.width() / 320, image.height() / 180)
    _paint_desktop(painter, at)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(80)
    assert writer.write(image)
    return bytes(buffer.data().data())


def _paint_desktop(painter: QPainter, at: int) -> None:
    shade = 30 * (at % 7)
    painter.fillRect(QRect(12, 10, 200, 150), QColor(250, 250, 250))
    painter.fillRect(QRect(12, 10, 200, 12), QColor(200, 205 - shade // 3, 210))
    painter.fillRect(QRect(150, 60, 158, 110), QColor(30, 34, 40))
    for line in range(9):
        painter.fillRect(
            QRect(22, 30 + line * 9, 60 + (line * 37 + at * 13) % 110, 4), QColor(150, 160, 170 - shade // 2)
        )
        colour = QColor.fromHsl((line * 40 + at * 60) % 360, 120, 150)
        painter.fillRect(QRect(160 + line % 3 * 8, 72 + line * 10, 40 + (line * 53 + at * 29) % 80, 4), colour)


def tile(slot: int, kind: TileKind = TileKind.PICTURE, folder: Path | None = None, **changes: object) -> Tile:
    """Return a whole slot of the website job."""
    taken = slot_start(slot) + 200 if kind is TileKind.PICTURE else None
    shown = picture(folder, slot) if folder is not None and kind is TileKind.PICTURE else None
    kept = changes.get("delivery") in (Delivery.HELD, Delivery.WAITING, Delivery.REFUSED)
    large = picture(folder, slot, large=True) if folder is not None and shown is not None and kept else None
    shot = _shot(slot) if kind is TileKind.PICTURE else None
    whole = Tile(
        job=WEBSITE.id,
        slot=slot,
        kind=kind,
        tracked_s=720 if kind in (TileKind.PICTURE, TileKind.NO_PICTURE) else 0,
        taken_at=taken,
        thumbnail=shown,
        picture=large,
        shot=shot,
        delivery=Delivery.DELIVERED if kind is TileKind.PICTURE else None,
        can_comment=kind in (TileKind.PICTURE, TileKind.NO_PICTURE),
        can_delete=kind is TileKind.PICTURE,
    )
    return replace(whole, **changes)


def _shot(slot: int) -> PictureRef:
    name = UUID(int=slot)
    return PictureRef(
        id=name, sha256="0" * 64, size=1, width=1920, height=1080, monitors=1, taken_at=slot_start(slot) + 200
    )


class FarAway:
    """A marketplace that keeps pictures: ``images`` by the slots that they are of, a Problem for one that can't be had.

    What it does not know it never sends. ``asked``: the slots that were asked for; ``rested``: it was let go.
    """

    def __init__(self, images: Mapping[int, bytes | Problem] | None = None) -> None:
        self.images = dict(images or {})
        self.asked: list[int] = []
        self.rested = threading.Event()

    def fetch(self, picture: PictureRef, wanted: Callable[[], bool]) -> bytes:
        """Return a picture once it is there, as long as it is wanted."""
        slot = picture.id.int
        self.asked.append(slot)
        while wanted():
            found = self.images.get(slot)
            if isinstance(found, Problem):
                raise FairhourError(found)
            if found is not None:
                return found
            threading.Event().wait(0.02)
        return b""

    def rest(self) -> None:
        """Be let go."""
        self.rested.set()


def hours(folder: Path | None) -> tuple[HourRow, ...]:
    """Return a morning with every kind of tile."""
    first = slot_of(NINE)
    kind = TileKind
    nine = [tile(first + at, folder=folder) for at in range(3)]
    nine.append(tile(first + 3, kind.NO_PICTURE, no_picture=NoPicture.LOCKED))
    nine.append(tile(first + 4, kind.IDLE, idle_s=720))
    ten = [tile(first + 5 + at, folder=folder) for at in range(5)]
    ten[2] = replace(ten[2], rejected=True, reject_reason="Not this job", can_ask=True, comment="Private bank account")
    ten[2] = replace(ten[2], can_comment=False, can_delete=False)
    ten[4] = tile(first + 9, kind.DELETED)
    eleven = [
        tile(first + 10, folder=folder, delivery=Delivery.WAITING),
        tile(
            first + 11,
            folder=folder,
            delivery=Delivery.HELD,
            held_until=NOW + 90,
            comment="Landing page hero, responsive",
            can_comment=True,
            can_delete=True,
        ),
        tile(first + 12, kind.RUNNING, tracked_s=377),
        tile(first + 13, kind.EMPTY),
        tile(first + 14, kind.EMPTY),
    ]
    return tuple(HourRow(start=NINE + 3600 * at, tiles=tuple(row)) for at, row in enumerate((nine, ten, eleven)))


def recording(folder: Path | None = None) -> TrackerView:
    """Return a good morning's work."""
    rows = hours(folder)
    week = (6 * 3600 + 720, 5 * 3600 + 960, 0, 0, 0, 0, 0, 0)
    return TrackerView(
        now=NOW,
        zone=BERLIN,
        activity=Activity.RECORDING,
        mark=Mark.RECORDING,
        sectors=(FILLED, FILLED, FILLED, OPEN, OPEN),
        person="Sample freelancer",
        jobs=(WEBSITE, IMPORT),
        job_id=WEBSITE.id,
        since=NOW - 2537,
        running_s=2537,
        comment="Landing page hero, responsive",
        today_s=5 * 3600 + 960,
        week_s=11 * 3600 + 28 * 60,
        authorized_s=30 * 3600,
        days=tuple(
            DayBar(weekday=at % 7, number=16 + at, tracked_s=time, today=at == 1) for at, time in enumerate(week)
        ),
        protected_s=10 * 3600 + 46 * 60,
        unprotected=((Unprotected.NO_PICTURE, 720), (Unprotected.NOT_READY, 1800)),
        hours=rows,
        last_tile=rows[2].tiles[1],
        sync=SyncView(age_s=10, pictures=1),
        deadlines=((Due.SUBMITS, MONDAY_7_ET),),
    )


def states(folder: Path | None = None) -> dict[str, TrackerView]:
    """Return every state by name."""
    base = recording(folder)
    still = replace(base, running_s=0, since=None)
    stopped = replace(still, activity=Activity.STOPPED, mark=Mark.STOPPED)
    not_ready = replace(WEBSITE, ready=False, not_ready_reason="The client's card has expired.")
    disk = Problem(
        "disk_full",
        "The disk is full",
        "Time is still recorded; screenshots can't be kept.",
        "Free some space; the next screenshot is then taken again.",
    )
    refused = Problem(
        "refused",
        "A segment was refused",
        "The marketplace did not take the 12 minutes of 10:24: they end after its own time.",
        "Check this computer's clock. It is kept here and tried again.",
        retryable=True,
    )
    return {
        "recording": base,
        "stopped": stopped,
        "paused": replace(still, activity=Activity.PAUSED, pause=Pause.LOCKED, mark=Mark.PAUSED),
        "private": replace(
            still, activity=Activity.PAUSED, pause=Pause.PRIVATE, mark=Mark.PAUSED, private_until=NOW + 900, hiding=2
        ),
        "without_screenshots": replace(base, work_view=False),
        "counted": replace(base, jobs=(replace(WEBSITE, input_counts=True), IMPORT), counting=True),
        "idle": replace(
            still,
            activity=Activity.IDLE,
            pause=Pause.IDLE,
            mark=Mark.IDLE,
            sectors=(FILLED, NOTCH, NOTCH, OPEN, OPEN),
            sync=SyncView(age_s=3),
        ),
        "offline": replace(base, badge=Badge.OFFLINE, sync=SyncView(online=False, age_s=400, segments=3)),
        "attention": replace(
            base,
            badge=Badge.ATTENTION,
            jobs=(not_ready, IMPORT),
            sync=SyncView(age_s=4, quarantined=1),
            problems=(disk, refused),
        ),
        "above": above(base),
        "fast": replace(base, fast_rate=60),
        "long": replace(base, jobs=(LONG, GERMAN), job_id=LONG.id, comment="Aufgabenübertragungsgesetz " * 18),
        "german": replace(base, jobs=(LONG, GERMAN), job_id=GERMAN.id, authorized_s=30 * 3600 + 1800),
        "no_jobs": TrackerView(now=NOW, zone=BERLIN, person="Sample freelancer", sync=SyncView(age_s=2)),
        **signing_in(base),
        "first_day": replace(
            stopped,
            hours=(),
            last_tile=None,
            comment="",
            today_s=0,
            week_s=0,
            days=tuple(DayBar(weekday=at % 7, number=16 + at, tracked_s=0, today=at == 1) for at in range(8)),
            protected_s=0,
            unprotected=(),
            sectors=(OPEN,) * 5,
            sync=SyncView(age_s=2),
        ),
    }


def above(base: TrackerView) -> TrackerView:
    """Return a Tuesday above the authorized hours, offline, a few hours before a deadline."""
    hour = 3600
    nine = base.hours[0].tiles
    unsent = (*nine[:3], *(replace(each, delivery=Delivery.WAITING) for each in nine[3:]))
    return replace(
        base,
        authorized_s=10 * hour,
        days=(
            replace(base.days[0], tracked_s=6 * hour + 720),
            replace(base.days[1], tracked_s=5 * hour + 960, above_s=hour + 1680),
            *base.days[2:],
        ),
        protected_s=10 * hour,
        unprotected=((Unprotected.ABOVE_AUTHORIZED, hour + 1680),),
        hours=(replace(base.hours[0], tiles=unsent), *base.hours[1:]),
        deadlines=((Due.LAST_REVIEW, base.now + 3 * hour), *base.deadlines),
    )


MARKET = "https://fairhour.example"


def signing_in(base: TrackerView) -> dict[str, TrackerView]:
    """Return the states of signing in: for the first time, and again while something is recorded."""
    first = TrackerView(now=NOW, zone=BERLIN, account=Account.SIGNED_OUT, sync=SyncView(online=False))
    browser = f"{MARKET}/identity/o/authorize?state=x"
    not_there = Problem(
        "sign_in_server",
        "Marketplace not reachable",
        f"No marketplace answered at {MARKET}.",
        "Check the address and your network, and try again.",
    )
    ended = Problem(
        "signed_out",
        "Signed out",
        "The marketplace has ended this computer's sign-in: somebody signed it out there, signed in in its place, "
        "chose a new password, a copy of it was used elsewhere, it was not used for 90 days, or a year has passed "
        "since. Recording goes on, and what is recorded stays on this computer.",
        "Sign in again to send it.",
    )
    denied = Problem(
        "sign_in_denied",
        "Not signed in",
        "It was not allowed in the browser.",
        "Press the button again if that was a mistake.",
    )
    looking, waiting = (SignInView(server=MARKET, address=address) for address in ("", browser))
    late = replace(base, account=Account.SIGNED_OUT, sync=SyncView(online=False, age_s=400, segments=3))
    return {
        "signed_out": first,
        "sign_in_looking": replace(first, account=Account.SIGNING_IN, signin=looking),
        "sign_in_waiting": replace(first, account=Account.SIGNING_IN, signin=waiting),
        "sign_in_failed": replace(first, signin=SignInView(server=MARKET, problem=not_there)),
        "sign_in_ended": replace(late, signin=SignInView(server=MARKET, reason=ended)),
        "sign_in_denied": replace(late, signin=SignInView(server=MARKET, reason=ended, problem=denied)),
        "sign_in_again": replace(late, account=Account.SIGNING_IN, signin=waiting),
    }


def notices(folder: Path | None = None) -> dict[str, NoticeView]:
    """Return the notice of a screenshot in its states: held, sent, and with everything that can be long."""
    shot = recording(folder).last_tile
    assert shot is not None
    held = NoticeView(tile=replace(shot, comment=""), job_title=WEBSITE.title, left_s=102, zone=BERLIN)
    sent = replace(shot, delivery=Delivery.DELIVERED, held_until=None)
    return {
        "held": held,
        "sent": replace(held, tile=sent, left_s=0),
        "waiting": replace(held, tile=replace(sent, delivery=Delivery.WAITING, can_comment=False), left_s=0),
        "long": replace(held, tile=replace(shot, redacted=3, comment="Landing page " * 30), job_title=LONG.title),
    }


def returns() -> dict[str, IdleReturn]:
    """Return the questions on returning, by the reason for the pause."""
    return {
        pause.value: IdleReturn(
            pause=pause,
            start=NINE + 4320,
            end=NINE + 4320 + 1860,
            taken_off_s=1440 if pause is Pause.IDLE else 0,
            job_title=WEBSITE.title,
            zone=BERLIN,
            weeks_s=(1860,),
        )
        for pause in Pause
    }

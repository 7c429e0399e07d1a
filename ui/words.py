"""How times, durations and states are said (look.md, "Words"). Pure but for the translation that Qt looks up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QLocale

from ui import problem_words
from ui.models import Account, Activity, Delivery, Due, JobItem, Pause, SyncView, TrackerView, Unprotected
from worktime.weeks import WORK_WEEK_ZONE, zone

translate = QCoreApplication.translate
LONG_WAIT_S = 1800
NEAR_S = 12 * 3600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def job_name(job: JobItem) -> str:
    """Return "Acme: Website redesign" on one line."""
    return " ".join(f"{job.client}: {job.title}".split())


def local(second: int, where: tzinfo) -> datetime:
    """Return the aware local time of a UTC second."""
    return (_EPOCH + timedelta(seconds=second)).astimezone(where)


def clock_time(second: int, where: tzinfo) -> str:
    """Return "09:48"."""
    return f"{local(second, where):%H:%M}"


def day_time(second: int, where: tzinfo) -> str:
    """Return "Mon 09:48", for times of more than one day."""
    return f"{day_name(local(second, where).weekday())} {clock_time(second, where)}"


def day_name(weekday: int) -> str:
    """Return the locale's short name of a day; 0 is Monday."""
    return QLocale().dayName(weekday + 1, QLocale.FormatType.ShortFormat)


def deadline(second: int, where: tzinfo) -> str:
    """Return "Mon 07:00 ET (13:00 your time)"; the day again where it differs, nothing twice where zones agree."""
    new_york, here = local(second, zone(WORK_WEEK_ZONE)), local(second, where)
    there = translate("words", "{day} {time} ET").format(day=day_name(new_york.weekday()), time=f"{new_york:%H:%M}")
    if here.utcoffset() == new_york.utcoffset():
        return there
    day = "" if here.date() == new_york.date() else f"{day_name(here.weekday())} "
    mine = translate("words", "{time} your time").format(time=f"{day}{here:%H:%M}")
    return f"{there} ({mine})"


def duration(seconds: int) -> str:
    """Return "7 h 24 min", "42 min" or, below a minute, "35 s": whole units, never rounded up."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return translate("words", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes or not seconds:
        return translate("words", "{minutes} min").format(minutes=minutes)
    return translate("words", "{seconds} s").format(seconds=seconds)


def hours_only(seconds: int) -> str:
    """Return "30 h" for whole hours, else the duration."""
    if seconds and seconds % 3600 == 0:
        return translate("words", "{hours} h").format(hours=seconds // 3600)
    return duration(seconds)


def running_clock(seconds: int) -> str:
    """Return "0:42:17"."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def ago(seconds: int) -> str:
    """Return "10 s ago", "3 min ago" or "2 h ago"."""
    if seconds < 60:
        return translate("words", "{n} s ago").format(n=seconds)
    if seconds < 3600:
        return translate("words", "{n} min ago").format(n=seconds // 60)
    return translate("words", "{n} h ago").format(n=seconds // 3600)


def state(view: TrackerView) -> str:
    """Return what the recorder does, in one or two words."""
    if view.pause is Pause.PRIVATE and view.private_until is not None and view.now < view.private_until:
        return translate("words", "Private until {time}").format(time=clock_time(view.private_until, view.zone))
    return doing(view.activity, view.pause)


def doing(activity: Activity, pause: Pause | None = None) -> str:
    """Return the same for an activity and, where it is known, why it is paused."""
    if activity is Activity.RECORDING:
        return translate("words", "Recording")
    if activity is Activity.STOPPED:
        return translate("words", "Stopped")
    return {
        Pause.LOCKED: translate("words", "Paused: screen locked"),
        Pause.SUSPENDED: translate("words", "Paused: computer slept"),
        Pause.RESTARTED: translate("words", "Paused: restarted"),
        Pause.IDLE: translate("words", "Paused: no input"),
        Pause.BY_HAND: translate("words", "Paused"),
        Pause.PRIVATE: translate("words", "Paused: private"),
        Pause.HELD_UP: translate("words", "Paused: held up"),
        Pause.SESSION_END: translate("words", "Paused: logging out"),
        None: translate("words", "Paused: no input") if activity is Activity.IDLE else translate("words", "Paused"),
    }[pause]


def week_time(view: TrackerView) -> str:
    """Return "23 h 40 min of 30 h authorized", or the time alone when no hours are known."""
    return f"{duration(view.week_s)} {authorized(view)}".rstrip()


def authorized(view: TrackerView) -> str:
    """Return "of 30 h authorized", or nothing when that is not known."""
    if view.authorized_s is None:
        return ""
    return translate("words", "of {hours} authorized").format(hours=hours_only(view.authorized_s))


def hours_left(view: TrackerView) -> str:
    """Return "18 h 32 min left of 30 h authorized", or how much is above them and what that means."""
    if view.authorized_s is None:
        return ""
    hours, over = hours_only(view.authorized_s), view.week_s - view.authorized_s
    if over > 0:
        above = translate(
            "words", "{time} above the {hours} authorized: not protected, paid by your client's hand alone."
        )
        return above.format(time=duration(over), hours=hours)
    return translate("words", "{time} left of {hours} authorized").format(time=duration(-over), hours=hours)


def work_view() -> str:
    """Return the name of the switch that turns screenshots off while recording."""
    return translate("words", "Record with screenshots (Work View)")


def work_view_off() -> str:
    """Return what it means when that switch is off."""
    return translate("words", "Time without screenshots is not protected.")


PRIVATE_MINUTES = (5, 15, 60)
"""For how long a private pause can be had with one click."""


def private(minutes: int) -> str:
    """Return the words of a click that begins a private pause."""
    return translate("words", "Private for {n} min").format(n=minutes)


def private_help() -> str:
    """Return what a private pause means."""
    return translate(
        "words",
        "Nothing is recorded, and no screenshot is taken. At the end you are asked whether to resume: it never "
        "resumes by itself.",
    )


def hidden_link(rules: int) -> str:
    """Return the words of the way to what is hidden, with how much that is."""
    if not rules:
        return translate("words", "What is hidden…")
    return translate("words", "What is hidden ({n})…").format(n=rules)


def hidden_help() -> str:
    """Return what can be hidden."""
    return translate("words", "Windows, areas and monitors that are hidden in screenshots, before they are stored.")


def hidden_terms(protects: bool) -> str:
    """Return what the chosen job's terms say of it."""
    if protects:
        return translate("words", "In this job, time whose screenshot has hidden areas is protected.")
    return hidden_costs()


def redacted(areas: int) -> str:
    """Return what stands on a tile whose picture has hidden areas: that, and never what."""
    if areas == 1:
        return translate("words", "Redacted: 1 area.")
    return translate("words", "Redacted: {n} areas.").format(n=areas)


def hidden_costs() -> str:
    """Return what hiding means where the job's terms don't protect it."""
    return translate("words", "In this job, time whose screenshot has hidden areas counts, but is not protected.")


def count_input() -> str:
    """Return the name of the switch that has keys and clicks counted."""
    return translate("words", "Count keys and clicks")


def count_input_help() -> str:
    """Return what that switch means."""
    return translate(
        "words",
        "Your client asks how many keys and clicks there were in each 12 minutes. Only the number is counted, never "
        "which ones. Nothing is paid or taken by it.",
    )


def today(view: TrackerView) -> str:
    """Return "Today 5 h 12 min"."""
    return translate("words", "Today {time}").format(time=duration(view.today_s))


def week(view: TrackerView) -> str:
    """Return "This week 23 h 40 min of 30 h authorized"."""
    return translate("words", "This week {time}").format(time=week_time(view))


def unprotected(reason: Unprotected) -> str:
    """Return why time is not protected, as a phrase after its duration."""
    return {
        Unprotected.PICTURE_FOLLOWS: translate("words", "whose picture follows"),
        Unprotected.NO_PICTURE: translate("words", "without a screenshot"),
        Unprotected.FLAT_PICTURE: translate("words", "screenshot of an inactive or locked desktop"),
        Unprotected.REDACTED: translate("words", "screenshot with hidden areas"),
        Unprotected.WORK_VIEW_OFF: translate("words", "Work View was off"),
        Unprotected.NOT_READY: translate("words", "the job was Not Ready for payment"),
        Unprotected.ABOVE_AUTHORIZED: translate("words", "above the authorized hours"),
        Unprotected.REJECTED: translate("words", "rejected by the client"),
    }[reason]


def waiting(sync: SyncView) -> str:
    """Return "3 segments", "1 screenshot" or "3 segments and 1 screenshot"."""
    parts = []
    if sync.segments:
        one, many = translate("words", "1 segment"), translate("words", "{n} segments")
        parts.append(one if sync.segments == 1 else many.format(n=sync.segments))
    if sync.pictures:
        one, many = translate("words", "1 screenshot"), translate("words", "{n} screenshots")
        parts.append(one if sync.pictures == 1 else many.format(n=sync.pictures))
    if sync.hours:
        one, many = translate("words", "1 entry of Other hours"), translate("words", "{n} entries of Other hours")
        parts.append(one if sync.hours == 1 else many.format(n=sync.hours))
    return translate("words", " and ").join(parts)


def sync_line(view: TrackerView) -> str:
    """Return where the recorded time is: with the marketplace, on its way or waiting here, and since when."""
    line = _sync_line(view)
    if waits_long(view.sync):
        since = translate("words", "The oldest of it is {time} old.").format(time=duration(view.sync.oldest_s or 0))
        line = f"{line.rstrip('.')}. {since}"
    return line


def waits_long(sync: SyncView) -> bool:
    """Tell whether something has waited for longer than a slot, a hold and a few tries take."""
    return sync.oldest_s is not None and sync.oldest_s >= LONG_WAIT_S


def _sync_line(view: TrackerView) -> str:
    sync = view.sync
    if view.account is not Account.SIGNED_IN:
        return _signed_out(view)
    if not sync.online:
        return _offline(view)
    if sync.segments:
        line = translate("words", "Sending {what}").format(what=waiting(sync))
    elif sync.age_s is None:
        line = translate("words", "Connecting to the marketplace")
    elif sync.pictures:
        line = translate("words", "Synced {ago}, {what} to follow").format(ago=ago(sync.age_s), what=waiting(sync))
    else:
        line = translate("words", "All synced, {ago}").format(ago=ago(sync.age_s))
    if sync.quarantined:
        line = translate("words", "{line}. {n} refused").format(line=line, n=sync.quarantined)
    return line


def _signed_out(view: TrackerView) -> str:
    what = waiting(view.sync)
    if not what:
        return translate("words", "Not signed in")
    return translate("words", "Not signed in: {what} kept on this computer").format(what=what)


def _offline(view: TrackerView) -> str:
    what = waiting(view.sync)
    recording = view.activity is Activity.RECORDING
    if not what:
        if recording:
            return translate("words", "Marketplace not reachable. Recording goes on.")
        return translate("words", "Marketplace not reachable. Nothing waits to be sent.")
    alone = view.sync.segments + view.sync.pictures == 1
    wait = translate("words", "{what} waits") if alone else translate("words", "{what} wait")
    tail = translate("words", "recording goes on") if recording else translate("words", "nothing is lost")
    return translate("words", "Marketplace not reachable. {waiting}; {tail}.").format(
        waiting=wait.format(what=what), tail=tail
    )


def unsent(view: TrackerView) -> str:
    """Return the same in the few words of a menu: nothing that moves each second, as the running segment does."""
    sync = view.sync
    if view.account is not Account.SIGNED_IN or not sync.online or sync.quarantined:
        return sync_line(view)
    if sync.age_s is None:
        return translate("words", "Connecting to the marketplace")
    what = waiting(replace(sync, segments=sync.segments if sync.segments > 1 else 0))
    return translate("words", "Not sent yet: {what}").format(what=what) if what else translate("words", "All is sent")


def next_deadline(view: TrackerView) -> str:
    """Return "Submits Mon 07:00 ET (13:00 your time)", or nothing when no deadline is known."""
    return _due(*view.deadlines[0], view.zone) if view.deadlines else ""


def deadlines(view: TrackerView) -> str:
    """Return every deadline, one on each line, with what it means."""
    meant = {
        Due.SUBMITS: translate("words", "This week's timesheet: what comes later goes on the next one."),
        Due.LAST_SUBMITS: translate("words", "Last week's timesheet: what comes later goes on the next one."),
        Due.LAST_REVIEW: translate("words", "Until then your client can reject time of last week, and then pays."),
    }
    return "\n".join(f"{_due(due, at, view.zone)}. {meant[due]}" for due, at in view.deadlines)


def deadline_is_near(view: TrackerView) -> bool:
    """Tell whether the next deadline is so near that it should be seen."""
    return bool(view.deadlines) and view.deadlines[0][1] - view.now < NEAR_S


def _due(due: Due, at: int, where: tzinfo) -> str:
    if due is Due.LAST_REVIEW:
        # The week's last second of review: "Friday 23:59 ET" on screens (rules.md, "review").
        return translate("words", "Review ends {when}").format(when=deadline(at - 1, where))
    if due is Due.LAST_SUBMITS:
        return translate("words", "Last week submits {when}").format(when=deadline(at, where))
    return translate("words", "Submits {when}").format(when=deadline(at, where))


def fast_clock(rate: int) -> str:
    """Return the note that every screen carries while the clock is fast."""
    return translate("words", "Fast clock: {rate} business seconds pass in each second").format(rate=rate)


def held_picture(view: TrackerView) -> str:
    """Return until when the newest screenshot can be deleted before it leaves, nothing when it may have left."""
    tile = view.last_tile
    if tile is None or tile.delivery is not Delivery.HELD or tile.taken_at is None or tile.held_until is None:
        return ""
    return translate("words", "Screenshot of {at}: leaves this computer at {until}").format(
        at=clock_time(tile.taken_at, view.zone), until=clock_time(tile.held_until, view.zone)
    )


def summary(view: TrackerView) -> str:
    """Return the tray's tooltip: state and job, times, and what needs attention. Changes at most once a minute."""
    job = view.job
    lines = [state(view)]
    if job and view.activity is Activity.RECORDING:
        lines = [translate("words", "{state}: {job}").format(state=state(view), job=job.title)]
    elif job and view.activity is not Activity.STOPPED:
        lines = [translate("words", "{job}. {state}").format(job=job.title, state=state(view))]
    if job:
        lines += [today(view), week(view)]
    if view.tell_pictures and (held := held_picture(view)):
        lines.append(held)
    if job and not job.ready:
        lines.append(translate("words", "Not Ready: {reason}").format(reason=job.not_ready_reason))
    if not view.sync.online:
        lines.append(sync_line(view))
    lines += [problem_words.title(problem) for problem in view.problems]
    if view.fast_rate > 1:
        lines.append(fast_clock(view.fast_rate))
    return "\n".join(lines)

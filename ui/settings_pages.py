"""The pages of settings: general, recording, screenshots and connection. What lies on the disk is in ``settings_data``.

A page shows a SettingsView and says what the user wants by ``change(name, value)`` of the acts it was given.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui import problem_words, words
from ui.parts import CheckBox, ElidedCheckBox, label
from ui.settings_acts import SettingsActs
from ui.settings_models import SettingsView
from ui.settings_parts import ChoiceBox, KeysField, Page, Setting, link_row
from ui.theme import Theme
from ui.tokens import FONT_12

translate = QCoreApplication.translate
STEP_MIN = 30
HOLD_MINUTES = range(11)
DAYS = (0, 1, 3, 7, 14, 30, 60, 90)
SCALES = (100, 75, 50)


class GeneralPage(Page):
    """Start at login, language, theme, and keys that work everywhere."""

    def __init__(self, theme: Theme, acts: SettingsActs) -> None:
        super().__init__(theme, "general", translate("settings", "General"))
        self.autostart = CheckBox(theme, translate("settings", "Start Fairhour when I log in"))
        self.autostart.clicked.connect(lambda on: acts.change.emit("autostart", on))
        self.language = ChoiceBox(theme, translate("settings", "Language"), [("", _system())])
        self.language.chosen.connect(lambda name: acts.change.emit("language", name))
        self.theme_choice = ChoiceBox(theme, translate("settings", "Theme"), list(_themes().items()))
        self.theme_choice.chosen.connect(lambda name: acts.change.emit("theme", name))
        self.start_stop = KeysField(theme, translate("settings", "Keys to start and stop"))
        self.private = KeysField(theme, translate("settings", "Keys for “Now is private”"))
        self.start_stop.chosen.connect(lambda keys: acts.change.emit("start_stop", keys))
        self.private.chosen.connect(lambda keys: acts.change.emit("private", keys))
        self.no_keys = label(theme, FONT_12, tone="attention", wrap=True)
        self.put(
            Setting(
                theme,
                "",
                self.autostart,
                help=translate("settings", "It starts as an icon, and records nothing until you press Start."),
                names=("autostart",),
            )
        )
        self._language = self.put(Setting(theme, translate("settings", "Language"), self.language, names=("language",)))
        self.put(Setting(theme, translate("settings", "Theme"), self.theme_choice, names=("theme",)))
        self.put(
            Setting(theme, translate("settings", "Keys to start and stop"), self.start_stop, names=("start_stop",))
        )
        self.put(
            Setting(
                theme,
                translate("settings", "Keys for “Now is private”"),
                self.private,
                help=translate(
                    "settings",
                    "They work in every program, and pause for {n} minutes. Choose a letter, a figure or F1 to F12 "
                    "together with Ctrl or Alt. Fairhour is told of these keys alone, never of others.",
                ).format(n=words.PRIVATE_MINUTES[0]),
                names=("private", "hotkeys"),
            )
        )
        self.column.addWidget(self.no_keys)
        self.column.addStretch()

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        super().show_view(view)
        self.autostart.setChecked(view.autostart)
        for name in view.languages:
            if self.language.findData(name) < 0:
                self.language.addItem(_language(name), name)
        self.language.show_value(view.language, _language(view.language))
        self._language.explain(
            translate("settings", "It is spoken from the next start of Fairhour on.") if view.restart else ""
        )
        self.theme_choice.show_value(view.theme)
        problem = view.hotkeys_problem
        for field, keys in ((self.start_stop, view.start_stop), (self.private, view.private)):
            field.show_keys(keys)
            field.setEnabled(problem is None)
        self.no_keys.setVisible(problem is not None)
        if problem is not None:
            self.no_keys.setText(f"{problem_words.message(problem)} {problem_words.action(problem)}")


class RecordingPage(Page):
    """Work View of each job, and the reminder."""

    def __init__(self, theme: Theme, acts: SettingsActs) -> None:
        super().__init__(theme, "recording", translate("settings", "Recording"))
        self._acts = acts
        self.jobs: dict[object, CheckBox] = {}
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.space(1))
        self._shown: tuple[object, ...] = ()
        self._named: tuple[object, ...] = ()
        self.reminder = CheckBox(theme, translate("settings", "Remind me when I am active, but not recording"))
        self.reminder.clicked.connect(lambda on: acts.change.emit("reminder", on))
        times = [(minute, time_of(minute)) for minute in range(0, 1440, STEP_MIN)]
        self.quiet_from = ChoiceBox(theme, translate("settings", "Quiet from"), list(times))
        self.quiet_to = ChoiceBox(theme, translate("settings", "Quiet until"), list(times))
        self.quiet_from.chosen.connect(lambda minute: acts.change.emit("quiet_from", minute))
        self.quiet_to.chosen.connect(lambda minute: acts.change.emit("quiet_to", minute))
        self.put(
            Setting(
                theme,
                translate("settings", "Work View of your jobs"),
                self._list,
                help=translate(
                    "settings",
                    "With Work View each 12 minutes get one screenshot, and that time is protected. Without it the "
                    "time counts, but is not protected: whether it is paid is between you and your client.",
                ),
            )
        )
        self.put(
            Setting(
                theme,
                "",
                self.reminder,
                help=translate(
                    "settings",
                    "Keyboard or mouse are used, and nothing is recorded: a note asks whether that is meant. "
                    "It is told on this computer alone.",
                ),
                names=("reminder",),
            )
        )
        self.quiet = Setting(
            theme,
            translate("settings", "No reminder between"),
            self._between(theme),
            names=("quiet_from", "quiet_to"),
        )
        self.put(self.quiet)
        self.column.addStretch()

    def _between(self, theme: Theme) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(2))
        row.addWidget(self.quiet_from, 1)
        and_ = label(theme)
        and_.setText(translate("settings", "and"))
        row.addWidget(and_)
        row.addWidget(self.quiet_to, 1)
        row.addStretch(1)
        return both

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        super().show_view(view)
        self._show_jobs(view)
        self.reminder.setChecked(view.reminder)
        self.quiet_from.show_value(view.quiet_from, time_of(view.quiet_from))
        self.quiet_to.show_value(view.quiet_to, time_of(view.quiet_to))
        self.quiet.setVisible(view.reminder)

    def _show_jobs(self, view: SettingsView) -> None:
        shown = tuple((job.id, job.name, job.offered, job.on) for job in view.jobs)
        if shown == self._shown and self._rows.count():
            return
        names = tuple((job.id, job.name) for job in view.jobs)
        if names != self._named or not self._rows.count():
            self._named = names
            self._make_rows(view)
        self._shown = shown
        for job in view.jobs:
            box = self.jobs[job.id]
            box.setEnabled(job.offered)
            box.setChecked(job.on and job.offered)
            below = self._below[job.id]
            below.setText("" if job.on and job.offered else _bare(offered=job.offered))
            below.setVisible(bool(below.text()))

    def _make_rows(self, view: SettingsView) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.jobs, self._below = {}, dict[object, QLabel]()
        before = _stop_before(self.reminder)
        for job in view.jobs:
            box = ElidedCheckBox(self._theme, job.name)
            box.clicked.connect(lambda on, job=job: self._acts.work_view.emit(job.id, on))
            below = label(self._theme, FONT_12, tone="attention", wrap=True)
            below.setContentsMargins(self._theme.space(6), 0, 0, 0)
            self.jobs[job.id], self._below[job.id] = box, below
            self._rows.addWidget(box)
            self._rows.addWidget(below)
            # They came last, and stand first.
            QWidget.setTabOrder(before, box)
            before = box
        if not view.jobs:
            none = label(self._theme, tone="muted", wrap=True)
            none.setText(translate("settings", "Your jobs appear here after you sign in."))
            self._rows.addWidget(none)


def _stop_before(widget: QWidget) -> QWidget:
    """Return what Tab comes to before a widget, seen or not: Qt puts nothing after what takes no focus."""
    before = widget.previousInFocusChain()
    while before is not None and not before.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        before = before.previousInFocusChain()
    return before or widget


class ScreenshotsPage(Page):
    """How a screenshot is told, how long it stays here, how large it is, and what is hidden in it."""

    def __init__(self, theme: Theme, acts: SettingsActs) -> None:
        super().__init__(theme, "screenshots", translate("settings", "Screenshots"))
        self.notice = ChoiceBox(theme, translate("settings", "Notice at each screenshot"), list(_notices().items()))
        self.notice.chosen.connect(lambda name: acts.change.emit("notice", name))
        holds = [(minutes, hold_text(minutes)) for minutes in HOLD_MINUTES]
        self.hold = ChoiceBox(theme, translate("settings", "Before it is sent"), list(holds))
        self.hold.chosen.connect(lambda minutes: acts.change.emit("hold_s", 60 * minutes))
        self.days = ChoiceBox(
            theme, translate("settings", "After it was sent"), [(days, days_text(days)) for days in DAYS]
        )
        self.days.chosen.connect(lambda days: acts.change.emit("keep_days", days))
        self.scale = ChoiceBox(theme, translate("settings", "Size"), [(share, scale_text(share)) for share in SCALES])
        self.scale.chosen.connect(lambda share: acts.change.emit("picture_scale", share))
        row, self.hidden = link_row(theme, translate("settings", "What is hidden…"))
        self.hidden.clicked.connect(acts.hidden)
        self._notice = self.put(
            Setting(theme, translate("settings", "Notice at each screenshot"), self.notice, names=("notice",))
        )
        self.put(
            Setting(
                theme,
                translate("settings", "Before it is sent"),
                self.hold,
                help=translate("settings", "As long as it is held, you can delete it, and it never leaves."),
                names=("hold_s",),
            )
        )
        self.put(
            Setting(
                theme,
                translate("settings", "After it was sent"),
                self.days,
                help=translate("settings", "Fewer days hold from the next screenshot on."),
                names=("keep_days",),
            )
        )
        self._size = self.put(Setting(theme, translate("settings", "Size"), self.scale, names=("picture_scale",)))
        self.put(
            Setting(
                theme,
                translate("settings", "Hidden windows and areas"),
                row,
                help=translate("settings", "What you name there is painted over before a screenshot is kept."),
            )
        )
        self.column.addStretch()

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        super().show_view(view)
        self.notice.show_value(view.notice)
        self._notice.explain(_notice_means(view.notice))
        self.hold.show_value(view.hold_minutes, hold_text(view.hold_minutes))
        self.days.show_value(view.keep_days, days_text(view.keep_days))
        self.scale.show_value(view.picture_scale, scale_text(view.picture_scale))
        self._size.explain(
            translate("settings", "Your client sees your screens as they are.")
            if view.picture_scale == SCALES[0]
            else translate("settings", "Small text can't be read any more. The time stays protected.")
        )


class ConnectionPage(Page):
    """The way to the marketplace."""

    def __init__(self, theme: Theme, acts: SettingsActs) -> None:
        super().__init__(theme, "connection", translate("settings", "Connection"))
        self._acts = acts
        self._typing = False
        self.proxy = ChoiceBox(
            theme,
            translate("settings", "Proxy"),
            [
                ("system", translate("settings", "The system's")),
                ("none", translate("settings", "None")),
                ("address", translate("settings", "This one:")),
            ],
        )
        self.address = QLineEdit()
        self.address.setAccessibleName(translate("settings", "The proxy's address"))
        self.address.setPlaceholderText("http://proxy.example:3128")
        self.proxy.chosen.connect(self._choose)
        self.address.editingFinished.connect(self._typed)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addWidget(self.proxy)
        column.addWidget(self.address)
        self.put(
            Setting(
                theme,
                translate("settings", "Proxy"),
                both,
                help=translate(
                    "settings",
                    "What is sent is encrypted on its way through a proxy, too. A marketplace on this computer is "
                    "reached without it.",
                ),
                names=("proxy",),
            )
        )
        self.column.addStretch()

    def show_view(self, view: SettingsView) -> None:
        """Take new values."""
        super().show_view(view)
        own = view.proxy not in ("system", "none")
        if own or not self._typing:
            self._typing = False
            self.proxy.show_value("address" if own else view.proxy)
        if own and not self.address.hasFocus():
            self.address.setText(view.proxy)
        self.address.setVisible(own or self._typing)

    def _choose(self, value: object) -> None:
        # The address is the choice; until one is typed the old one holds.
        self._typing = value == "address"
        self.address.setVisible(self._typing)
        if self._typing:
            self.address.setFocus()
            self._typed()
        else:
            self._acts.change.emit("proxy", value)

    def _typed(self) -> None:
        if self.address.isVisible() and self.address.text().strip():
            self._acts.change.emit("proxy", self.address.text())


def time_of(minute: int) -> str:
    """Return "22:30"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def hold_text(minutes: int) -> str:
    """Return how long a screenshot is held, in words."""
    if minutes == 0:
        return translate("settings", "Sent at once")
    if minutes == 1:
        return translate("settings", "Held for 1 minute")
    return translate("settings", "Held for {n} minutes").format(n=minutes)


def days_text(days: int) -> str:
    """Return how long a screenshot is kept here, in words."""
    if days == 0:
        return translate("settings", "Erased here at once")
    if days == 1:
        return translate("settings", "Kept here for 1 day")
    return translate("settings", "Kept here for {n} days").format(n=days)


def scale_text(share: int) -> str:
    """Return how large a screenshot is, in words."""
    if share == 100:
        return translate("settings", "As large as your screens")
    return translate("settings", "{n} % of the width and height").format(n=share)


def _system() -> str:
    return translate("settings", "As the system")


def _language(name: str) -> str:
    """A language in its own words."""
    return QLocale(name).nativeLanguageName() or name if name else _system()


def _themes() -> dict[object, str]:
    return {"system": _system(), "light": translate("settings", "Light"), "dark": translate("settings", "Dark")}


def _notices() -> dict[object, str]:
    return {
        "always": translate("settings", "A small window with the screenshot"),
        "quiet": translate("settings", "A short message of the desktop"),
        "none": translate("settings", "None"),
    }


def _notice_means(notice: str) -> str:
    if notice == "none":
        return translate("settings", "Screenshots are taken without a word. The window shows them, and deletes them.")
    return translate("settings", "It never takes the keyboard from what you are doing.")


def _bare(*, offered: bool) -> str:
    if not offered:
        return translate("settings", "This job has no Work View.")
    return translate("settings", "Recorded without screenshots: the time counts, but is not protected.")

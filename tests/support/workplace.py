"""Somebody at work: ``python -m tests.support.workplace`` fills the display with documents that change over time.

An editor, a terminal, a web page, a table and a text, all with words of this repository, so that screenshots of the
display look like work and show nobody's. Prints ``ready`` once it is on the screen; each line on its input is the
name of the document to turn to and the time that the bar shows, so that no minute looks like another.
"""

from __future__ import annotations

import argparse
import json
import keyword
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, QSocketNotifier, Qt
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from worktime import weeks

ROOT = Path(__file__).resolve().parents[2]
BAR_PX = 26
"""The height of the bar at the bottom: the virtual desktop's tray lies on its right end."""
CODE_PX, TEXT_PX = 25, 23
FIRST_WEEK = 1_771_822_800  # Monday 2026-02-23 00:00 ET
Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)

_SHEET = """
QWidget { background: #ffffff; color: #20242a; }
QFrame[part="bar"] { background: #2b3038; }
QFrame[part="bar"] QLabel { background: transparent; color: #aeb6c2; padding: 0 18px; }
QFrame[part="bar"] QLabel[now="true"] { background: #454c58; color: #ffffff; }
QFrame[part="dark"], QFrame[part="dark"] QWidget { background: #1e222a; color: #d5dae2; border: none; }
QFrame[part="dark"] QListWidget { background: #191d24; padding: 10px; }
QFrame[part="dark"] QListWidget::item { padding: 4px 12px; }
QFrame[part="dark"] QListWidget::item:selected { background: #343b47; color: #ffffff; }
QFrame[part="dark"] QLabel { background: #191d24; padding: 10px 20px; }
QFrame[part="chrome"] { background: #e6e9ed; }
QFrame[part="chrome"] QLabel { background: #ffffff; border-radius: 14px; padding: 6px 18px; color: #4a525d; }
QFrame[part="site"] { background: #ffffff; }
QFrame[part="hero"] { background: #0b4f4a; }
QFrame[part="hero"] QLabel { background: transparent; color: #ffffff; }
QFrame[part="card"] { background: #f3f6f6; border-radius: 10px; }
QFrame[part="card"] QLabel { background: transparent; }
QPushButton { background: #f2c14e; color: #20242a; border: none; border-radius: 6px; padding: 14px 28px; }
QTableWidget { gridline-color: #d3d8de; border: none; }
QHeaderView::section { background: #edf0f3; border: 1px solid #d3d8de; padding: 4px; }
QTextBrowser { border: none; padding: 0; }
QFrame[part="desk"] { background: #cfd4da; }
"""


def font(pixels: int, family: str = "DejaVu Sans", *, bold: bool = False) -> QFont:
    """A font by its height in pixels, the same on every machine that has Debian's basic fonts."""
    made = QFont(family)
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def words(text: str, pixels: int, *, bold: bool = False, wrap: bool = True) -> QLabel:
    """A label."""
    made = QLabel(text)
    made.setFont(font(pixels, bold=bold))
    made.setWordWrap(wrap)
    return made


def frame(part: str) -> QFrame:
    """A frame that the style sheet knows by its part."""
    made = QFrame()
    made.setProperty("part", part)
    return made


class Colouring(QSyntaxHighlighter):
    """Colours as an editor gives them: later rules win."""

    RULES = (
        (r"\b\d+\b", "#d19a66"),
        (rf"\b({'|'.join(keyword.kwlist)})\b", "#c678dd"),
        (r"(?<=def )\w+|(?<=class )\w+", "#61afef"),
        (r"--[\w-]+|@[\w-]+", "#61afef"),
        (r"\"[^\"]*\"|'[^']*'", "#98c379"),
        (r"#[0-9A-Fa-f]{6}\b", "#98c379"),
        (r"#(?![0-9A-Fa-f]{6}\b).*$|/\*.*?\*/", "#7f8899"),
    )

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._rules = [(re.compile(pattern), QColor(colour)) for pattern, colour in self.RULES]

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for pattern, colour in self._rules:
            look = QTextCharFormat()
            look.setForeground(colour)
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), look)


def editor(path: str, first: int = 1) -> QWidget:
    """An editor with the files of a folder beside the one that is written in, from line ``first`` on."""
    file = ROOT / path
    side = QListWidget()
    side.setFont(font(TEXT_PX))
    side.setFixedWidth(420)
    for name in sorted(each.name for each in file.parent.iterdir() if each.is_file()):
        side.addItem(name)
    side.setCurrentItem(side.findItems(file.name, Qt.MatchFlag.MatchExactly)[0])
    lines = file.read_text(encoding="utf-8").splitlines()[first - 1 :][:44]
    text = QPlainTextEdit()
    text.setFont(font(CODE_PX, "DejaVu Sans Mono"))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setPlainText("\n".join(f"{number:>5}  {line}" for number, line in enumerate(lines, first)))
    text.setReadOnly(True)
    bare(text)
    Colouring(text.document())
    whole = frame("dark")
    row = flat(QHBoxLayout(whole))
    row.addWidget(side)
    column = flat(QVBoxLayout())
    column.addWidget(words(path, TEXT_PX, wrap=False))
    column.addWidget(text, 1)
    row.addLayout(column, 1)
    return whole


def terminal(*files: str) -> QWidget:
    """A terminal in which some files were read."""
    said = [
        line for path in files for line in (f"$ cat {path}", *(ROOT / path).read_text(encoding="utf-8").split("\n"))
    ]
    text = QPlainTextEdit()
    text.setFont(font(CODE_PX, "DejaVu Sans Mono"))
    text.setPlainText("\n".join([*said[:36], "$ "]))
    text.setReadOnly(True)
    bare(text)
    whole = frame("dark")
    flat(QVBoxLayout(whole), 24).addWidget(text)
    return whole


def web_page() -> QWidget:
    """The draft of a home page in a browser: what the README says, laid out."""
    title, lead, points = readme()
    whole = frame("site")
    column = flat(QVBoxLayout(whole))
    chrome = frame("chrome")
    flat(QVBoxLayout(chrome), 10).addWidget(words("localhost:8000/draft/home", TEXT_PX, wrap=False))
    hero = frame("hero")
    inside = QVBoxLayout(hero)
    inside.setContentsMargins(180, 90, 560, 90)
    inside.setSpacing(28)
    inside.addWidget(words(title, 84, bold=True))
    inside.addWidget(words(lead, 30))
    button = QPushButton("Try it")
    button.setFont(font(26, bold=True))
    inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    cards = QGridLayout()
    cards.setContentsMargins(180, 60, 180, 60)
    cards.setSpacing(36)
    for number, (head, body) in enumerate(points):
        card = frame("card")
        text = QVBoxLayout(card)
        text.setContentsMargins(32, 32, 32, 32)
        text.setSpacing(14)
        text.addWidget(words(head, 26, bold=True))
        text.addWidget(words(body, 21))
        text.addStretch()
        cards.addWidget(card, 0, number)
    column.addWidget(chrome)
    column.addWidget(hero)
    column.addLayout(cards, 1)
    return whole


def readme() -> tuple[str, str, list[tuple[str, str]]]:
    """Title, first paragraph and the points of README.md."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    title, lead, rest = text.split("\n\n", 2)
    points = re.findall(r"^- \*\*(.+?)\*\*(.+?)(?=^- |\n\n)", rest, re.MULTILINE | re.DOTALL)
    return title.lstrip("# "), " ".join(lead.split()), [(head, " ".join(body.split())) for head, body in points]


def text_page(path: str, heading: str) -> QWidget:
    """A text in a word processor, at one of its headings."""
    page = QTextBrowser()
    page.setFont(font(25))
    text = (ROOT / path).read_text(encoding="utf-8")
    page.setMarkdown(text[text.index(f"## {heading}") :])
    page.document().setDocumentMargin(90)
    bare(page)
    whole = frame("desk")
    row = QHBoxLayout(whole)
    row.setContentsMargins(260, 40, 260, 0)
    row.addWidget(page)
    return whole


def table(rows: list[list[str]]) -> QWidget:
    """A spreadsheet; cells that hold a colour's name are painted in it."""
    sheet = QTableWidget(27, 9)
    sheet.setFont(font(TEXT_PX))
    sheet.setHorizontalHeaderLabels([chr(ord("A") + column) for column in range(sheet.columnCount())])
    sheet.horizontalHeader().setFont(font(TEXT_PX))
    sheet.horizontalHeader().setDefaultSectionSize(250)
    sheet.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    sheet.verticalHeader().setDefaultSectionSize(40)
    for y, row in enumerate(rows[: sheet.rowCount()]):
        for x, value in enumerate(row[: sheet.columnCount()]):
            cell = QTableWidgetItem(value)
            cell.setFont(font(TEXT_PX, bold=y == 0))
            if re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
                cell.setBackground(QColor(value))
                cell.setForeground(QColor("#ffffff" if QColor(value).lightness() < 140 else "#000000"))
            sheet.setItem(y, x, cell)
    bare(sheet)
    return sheet


def tokens() -> list[list[str]]:
    """The look's colours as a table."""
    colours = json.loads((ROOT / "look" / "tokens.json").read_text(encoding="utf-8"))["color"]
    return [["token", "light", "dark"], *([name, pair["light"], pair["dark"]] for name, pair in colours.items())]


def work_weeks(first: int = FIRST_WEEK, count: int = 26) -> list[list[str]]:
    """A table of work weeks: when each begins, is submitted and is out of review, in UTC, and its hours."""
    rows = [["week", "submitted", "review ends", "hours"]]
    for _ in range(count):
        ends = (first, weeks.submit_due(first), weeks.review_end(first))
        at = [datetime.fromtimestamp(second, UTC).strftime("%d.%m.%Y %H:%M") for second in ends]
        rows.append([*at, str(weeks.week_hours(first))])
        first = weeks.next_week(first)
    return rows


DOCUMENTS: dict[str, tuple[str, Callable[[], QWidget]]] = {
    "styles": ("Editor", partial(editor, "marketplace/web/static/fairhour/work.css", 57)),
    "page": ("Browser", web_page),
    "code": ("Editor", partial(editor, "worktime/weeks.py", 28)),
    "rules": ("Text", partial(text_page, "docs/rules.md", "Work View for the client")),
    "terminal": ("Terminal", partial(terminal, "look/tokens.json", "SECURITY.md")),
    "colours": ("Table", lambda: table(tokens())),
    "weeks": ("Table", lambda: table(work_weeks())),
}
PROGRAMS = tuple(dict.fromkeys(program for program, _ in DOCUMENTS.values()))


class Workplace(QWidget):
    """The whole screen but its last row: a window of the screen's very size would cover the tray."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Workplace")
        self.setStyleSheet(_SHEET)
        self.setGeometry(0, 0, size.width(), size.height() - 1)
        self._documents = QStackedWidget()
        self._programs = [words(name, 14, wrap=False) for name in PROGRAMS]
        bar = frame("bar")
        bar.setFixedHeight(BAR_PX)
        row = flat(QHBoxLayout(bar))
        for name in self._programs:
            row.addWidget(name)
        self._time = words("", 14, wrap=False)
        row.addWidget(self._time, 1, Qt.AlignmentFlag.AlignHCenter)
        column = flat(QVBoxLayout(self))
        column.addWidget(self._documents, 1)
        column.addWidget(bar)
        self._shown = {name: make() for name, (_, make) in DOCUMENTS.items()}
        for document in self._shown.values():
            self._documents.addWidget(document)
        self.turn_to("page", "")

    def turn_to(self, name: str, at: str) -> None:
        """Show a document and the time."""
        self._time.setText(at)
        self._documents.setCurrentWidget(self._shown[name])
        for label in self._programs:
            label.setProperty("now", "true" if label.text() == DOCUMENTS[name][0] else "false")
            label.style().polish(label)


def flat(layout: Box, margin: int = 0) -> Box:
    """A layout without gaps."""
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(0)
    return layout


def bare(area: QPlainTextEdit | QTextBrowser | QTableWidget) -> None:
    """No scroll bars."""
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def main() -> int:
    """Run until the input is closed or the program is stopped."""
    argparse.ArgumentParser(prog="python -m tests.support.workplace", description=__doc__).parse_args()
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    place = Workplace(app.primaryScreen().size())
    place.show()

    def read() -> None:
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        name, at = line.split()
        place.turn_to(name, at)
        app.processEvents()
        print(name, flush=True)

    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, place)
    orders.activated.connect(read)
    app.processEvents()
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

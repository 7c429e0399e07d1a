"""A disk that forgets: what was synced is there for good, of the rest any part in any order.

Sectors of 512 bytes are written whole or not at all; everything else is left to chance: each sector of each write, each
change of size, each new, changed or removed name that no sync has followed. Of the tick record, which promises that the
page that is certain is never touched, a page that was being written may be lost whole.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.power.trace import Call, Make, Remove, Rename, Resize, Said, Sync, Write

SECTOR = 512
PAGE = 4096
TICK = "tick"
PAGES_LOST = 0.3
"""How probably a page of the tick record that was written, and not synced since, is gone."""


@dataclass
class File:
    """What is on the disk for certain, and what may be."""

    certain: bytearray = field(default_factory=bytearray)
    pending: list[Write | Resize] = field(default_factory=list)

    def sync(self) -> None:
        """Make everything certain."""
        for change in self.pending:
            _apply(self.certain, change)
        self.pending = []

    def after_a_cut(self, source: random.Random, share: float, *, by_page: bool = False) -> bytes:
        """What is found after the power was cut. ``share``: how probably a change has reached the disk. ``by_page``:
        its pages may be lost whole."""
        content = bytearray(self.certain)
        for change in self.pending:
            if isinstance(change, Resize):
                if source.random() < share:
                    _apply(content, change)
                continue
            for sector in _sectors(change):
                if source.random() < share:
                    _apply(content, sector)
        if by_page:
            for page in sorted({change.offset // PAGE for change in self.pending if isinstance(change, Write)}):
                if source.random() < PAGES_LOST:
                    place = slice(page * PAGE, (page + 1) * PAGE)
                    content[place] = bytes(len(content[place]))
        return bytes(content)


@dataclass
class Disk:
    """Files by name as the process sees them, and the names that are certain."""

    names: dict[str, File | None] = field(default_factory=dict)
    certain: dict[str, File | None] = field(default_factory=dict)
    pending: list[tuple[Make | Rename | Remove, File | None]] = field(default_factory=list)

    def play(self, call: Call) -> None:
        """Carry out one call."""
        match call:
            case Said():
                pass
            case Write() | Resize():
                self._file(call.path).pending.append(call)
            case Sync():
                self._sync(call.path)
            case Make():
                self._name(call, None if call.folder else File())
            case Rename():
                self._name(call, self.names[call.old])
            case Remove():
                self._name(call, None)

    def image(self, folder: Path, home: str, source: random.Random, share: float) -> None:
        """Write into ``folder`` what is found of ``home`` after a cut now. ``share``: see ``File.after_a_cut``."""
        names = dict(self.certain)
        for change, file in self.pending:
            if source.random() < share:
                _rename(names, change, file)
        folder.mkdir(mode=0o700)
        for name, content in sorted(names.items()):
            path = folder / name[len(home) + 1 :]
            # What lies in a folder whose own name is lost is lost.
            if name == home or not path.parent.exists():
                continue
            if content is None:
                path.mkdir(mode=0o700)
            else:
                path.write_bytes(content.after_a_cut(source, share, by_page=path.name == TICK))

    def _file(self, path: str) -> File:
        file = self.names[path]
        assert file is not None
        return file

    def _name(self, change: Make | Rename | Remove, file: File | None) -> None:
        _rename(self.names, change, file)
        self.pending.append((change, file))

    def _sync(self, path: str) -> None:
        file = self.names.get(path)
        if file is not None:
            file.sync()
            return
        left = []
        for change, changed in self.pending:
            name = change.new if isinstance(change, Rename) else change.path
            if str(Path(name).parent) == path:
                _rename(self.certain, change, changed)
            else:
                left.append((change, changed))
        self.pending = left


def _rename(names: dict[str, File | None], change: Make | Rename | Remove, file: File | None) -> None:
    match change:
        case Make():
            names[change.path] = file
        case Rename():
            names.pop(change.old, None)
            names[change.new] = file
        case Remove():
            names.pop(change.path, None)


def _apply(content: bytearray, change: Write | Resize) -> None:
    end = change.size if isinstance(change, Resize) else change.offset + len(change.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if isinstance(change, Resize):
        del content[end:]
    else:
        content[change.offset : end] = change.data


def _sectors(change: Write) -> list[Write]:
    """Cut a write where sectors end."""
    out, at, data = [], change.offset, change.data
    while data:
        room = SECTOR - at % SECTOR
        out.append(Write(change.path, at, data[:room]))
        at, data = at + room, data[room:]
    return out

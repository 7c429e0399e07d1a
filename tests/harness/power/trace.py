"""The system calls of a traced process that change files, read from strace's log, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = "openat,close,lseek,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,unlink,unlinkat,mkdir,mkdirat"
COMMAND = ("strace", "-xx", "-s", "400000", "-e", f"trace={CALLS}", "-e", "signal=none")
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Write:
    """Bytes that went into a file at an offset."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    """A file that was made shorter or longer."""

    path: str
    size: int


@dataclass(frozen=True)
class Sync:
    """A file, or a folder's names, forced to the disk."""

    path: str


@dataclass(frozen=True)
class Make:
    """A new file or folder."""

    path: str
    folder: bool = False


@dataclass(frozen=True)
class Rename:
    """A file that got another name."""

    old: str
    new: str


@dataclass(frozen=True)
class Remove:
    """A name that went."""

    path: str


@dataclass(frozen=True)
class Said:
    """A line on standard output: what is acknowledged from here on."""

    line: bytes


Call = Write | Resize | Sync | Make | Rename | Remove | Said


def read_calls(log: Path, home: Path) -> Iterator[Call]:
    """Yield what the process did inside ``home`` and said. Raises ValueError for a log that is not understood."""
    files: dict[int, str] = {}
    places: dict[int, int] = {}
    known: set[str] = set()
    inside = f"{home}"
    for line in log.read_text(encoding="ascii").splitlines():
        found = _CALL.match(line)
        if found is None or int(found[3]) < 0:
            continue
        name, rest, result = found[1], found[2], int(found[3])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(rest)]
        number = int(rest.split(",")[0]) if rest[:1].isdigit() else -1
        if name == "openat":
            path = texts[0].decode()
            files[result], places[result] = path, 0
            if path.startswith(inside):
                if "O_CREAT" in rest and path not in known:
                    known.add(path)
                    yield Make(path)
                elif "O_TRUNC" in rest:
                    yield Resize(path, 0)
        elif name in ("mkdir", "mkdirat") and texts[0].decode().startswith(inside):
            yield Make(texts[0].decode(), folder=True)
        elif name in ("rename", "renameat") and texts[0].decode().startswith(inside):
            known.discard(texts[0].decode())
            known.add(texts[1].decode())
            yield Rename(texts[0].decode(), texts[1].decode())
        elif name in ("unlink", "unlinkat") and texts[0].decode().startswith(inside):
            known.discard(texts[0].decode())
            yield Remove(texts[0].decode())
        elif name == "close":
            files.pop(number, None)
        elif name == "write" and number == 1:
            yield Said(texts[0])
        elif files.get(number, "").startswith(inside):
            if name == "lseek":
                places[number] = result
            elif name == "write":
                yield Write(files[number], places[number], _whole(texts[0], result))
                places[number] += result
            elif name == "pwrite64":
                yield Write(files[number], int(rest.rsplit(",", 1)[1]), _whole(texts[0], result))
            elif name == "ftruncate":
                yield Resize(files[number], int(rest.split(",")[1]))
            elif name in ("fsync", "fdatasync"):
                yield Sync(files[number])


def _whole(data: bytes, written: int) -> bytes:
    if len(data) < written:
        raise ValueError("strace has cut what was written")
    return data[:written]

"""Reads the rows that are left in a damaged SQLite file, page by page, as SQLite's own ``.recover`` does.

Neither the header nor the tree is believed: every page that looks like a leaf (or an inner page of an index, which
holds rows of tables WITHOUT ROWID) is taken apart, and what can't be a row is left out. Pages that stand in the
write-ahead log, as far as its checksums hold, replace those of the file. What the rows mean is not known here.
Format: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Value = None | int | float | str | bytes

_PAGE_BYTES = 4096
"""SQLite's default since 2016; the journal never had another one, and a header may be what was damaged."""
_LEAF_TABLE, _LEAF_INDEX, _INNER_INDEX = 0x0D, 0x0A, 0x02
_FILE_HEADER = 100
_WAL_HEADER = struct.Struct(">IIIIIIII")
_FRAME_HEADER = struct.Struct(">IIIIII")
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_WIDTHS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_LONGEST_PAYLOAD = 1_000_000


@dataclass(frozen=True)
class Row:
    """One row as it is stored; ``rowid`` is None in an index and in a table WITHOUT ROWID."""

    rowid: int | None
    values: tuple[Value, ...]


def read_rows(path: Path) -> Iterator[Row]:
    """Yield every row that is left in the file and the log beside it, in no order. Raises nothing for damage."""
    pages = _Pages(path)
    for number in pages.numbers():
        page = pages[number]
        start = _FILE_HEADER if number == 1 else 0
        if page[start] in (_LEAF_TABLE, _LEAF_INDEX, _INNER_INDEX):
            yield from _rows(pages, page, start)


class _Pages:
    """The pages by number, from 1 on."""

    def __init__(self, path: Path) -> None:
        self._file = _read(path)
        self._log = dict(_logged(_read(path.with_name(path.name + "-wal"))))

    def numbers(self) -> range:
        return range(1, max(-(-len(self._file) // _PAGE_BYTES), *self._log, 0) + 1)

    def __getitem__(self, number: int) -> bytes:
        start = (number - 1) * _PAGE_BYTES
        return self._log.get(number) or self._file[start : start + _PAGE_BYTES].ljust(_PAGE_BYTES, b"\0")


def _read(path: Path) -> bytes:
    """Return what can be read of a file; a block that the disk does not give is zeros."""
    out = bytearray()
    try:
        with path.open("rb", buffering=0) as file:
            while True:
                try:
                    block = file.read(_PAGE_BYTES)
                except OSError:
                    block = bytes(_PAGE_BYTES)
                    if len(out) >= path.stat().st_size:
                        return bytes(out)
                    file.seek(len(out) + _PAGE_BYTES)
                if not block:
                    return bytes(out)
                out += block
    except FileNotFoundError:
        return b""


def _logged(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of the pages of every whole transaction in the log, older ones first."""
    if len(raw) < _WAL_HEADER.size:
        return
    magic, _, page_bytes, _, *salts, _, _ = _WAL_HEADER.unpack_from(raw)
    if magic not in _WAL_MAGIC or page_bytes != _PAGE_BYTES:
        return
    order = ">" if magic & 1 else "<"
    sums = _checksum(raw[:24], (0, 0), order)
    waiting: list[tuple[int, bytes]] = []
    for start in range(_WAL_HEADER.size, len(raw) - _FRAME_HEADER.size - _PAGE_BYTES + 1, 24 + _PAGE_BYTES):
        number, committed, *its_salts, first, second = _FRAME_HEADER.unpack_from(raw, start)
        page = raw[start + 24 : start + 24 + _PAGE_BYTES]
        sums = _checksum(page, _checksum(raw[start : start + 8], sums, order), order)
        if its_salts != salts or sums != (first, second):
            return
        waiting.append((number, page))
        if committed:
            yield from waiting
            waiting = []


def _checksum(raw: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(raw) // 4}I", raw)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second


def _rows(pages: _Pages, page: bytes, start: int) -> Iterator[Row]:
    kind, count = page[start], int.from_bytes(page[start + 3 : start + 5])
    pointers = start + (12 if kind == _INNER_INDEX else 8)
    for index in range(min(count, (_PAGE_BYTES - pointers) // 2)):
        at = int.from_bytes(page[pointers + 2 * index : pointers + 2 * index + 2])
        try:
            yield _row(pages, page, kind, at)
        except (ValueError, IndexError, struct.error, UnicodeDecodeError):
            continue  # no row, or no whole one


def _row(pages: _Pages, page: bytes, kind: int, at: int) -> Row:
    if kind == _INNER_INDEX:
        at += 4  # the left child
    length, at = _varint(page, at)
    rowid: int | None = None
    if kind == _LEAF_TABLE:
        rowid, at = _varint(page, at)
    if not 0 < length <= _LONGEST_PAYLOAD:
        raise ValueError("no payload")
    return Row(rowid, _record(_payload(pages, page, kind, at, length)))


def _payload(pages: _Pages, page: bytes, kind: int, at: int, length: int) -> bytes:
    """Return a cell's payload with what of it overflowed into other pages."""
    most = _PAGE_BYTES - 35 if kind == _LEAF_TABLE else (_PAGE_BYTES - 12) * 64 // 255 - 23
    if length <= most:
        local = length
    else:
        least = (_PAGE_BYTES - 12) * 32 // 255 - 23
        local = least + (length - least) % (_PAGE_BYTES - 4)
        local = local if local <= most else least
    out = page[at : at + local]
    following = int.from_bytes(page[at + local : at + local + 4]) if local < length else 0
    while len(out) < length:
        if following not in pages.numbers():
            raise ValueError("the rest is gone")
        rest = pages[following]
        following = int.from_bytes(rest[:4])
        out += rest[4 : 4 + length - len(out)]
    return out


def _record(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        width = (kind - 12) // 2 if kind >= 12 else _WIDTHS.get(kind, -1)
        raw = payload[at : at + width] if width >= 0 else b""
        if len(raw) != width:
            raise ValueError("no record")
        values.append(_value(kind, raw))
        at += width
    return tuple(values)


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind >= 12:
        return raw if kind % 2 == 0 else raw.decode()
    if kind == 7:
        return float(struct.unpack(">d", raw)[0])
    return kind - 8 if kind in (8, 9) else int.from_bytes(raw, signed=True)


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = raw[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | raw[at + 8], at + 9

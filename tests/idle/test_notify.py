"""Idle notices from a compositor that is played on the wire, and the choice between them and GNOME's idle monitor."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devtools.bus import private_bus
from devtools.processes import wait_until
from idle import notify, wire
from idle.notify import NotifyIdle
from idle.wayland import WaylandIdle
from tests.idle.fake_compositor import IDLED, RESUMED, Compositor, compositor
from tests.support.bus import fake
from worktime.errors import FairhourError


class Hand:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_ns = 10_000_000_000

    def __call__(self) -> int:
        return self.now_ns

    def move_ms(self, real_ms: int) -> None:
        self.now_ns += real_ms * 1_000_000


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[Compositor]:
    with compositor(tmp_path, "ext2") as made:
        yield made


def code_of(source: NotifyIdle | WaylandIdle) -> str:
    with pytest.raises(FairhourError) as caught:
        source.idle_ms()
    return caught.value.problem.code


@pytest.mark.parametrize(
    ("kind", "name", "version", "asked"),
    [
        ("ext2", "ext-idle-notify", 2, (5, 2, struct.pack("=III", 6, 500, 4))),
        ("ext1", "ext-idle-notify", 1, (5, 1, struct.pack("=III", 6, 500, 4))),
        ("kde", "kde-idle", 1, (5, 0, struct.pack("=III", 6, 4, 500))),
    ],
)
def test_the_best_that_is_offered_is_asked_for(
    tmp_path: Path, kind: str, name: str, version: int, asked: tuple[int, int, bytes]
) -> None:
    with compositor(tmp_path, kind) as playing:
        source = NotifyIdle(playing.env)
        assert source.idle_ms() == 0
        assert source.name == name
        assert playing.asked.wait(10)
        seat, notifier, notice = playing.requests[-3:]
        assert wire.words_and_text(seat[2], 1)[1:] == ("wl_seat", struct.pack("=II", 1, 4))
        assert wire.words_and_text(notifier[2], 1)[2] == struct.pack("=II", version, 5)
        assert notice == asked
        source.close()


def test_the_age_counts_from_the_notice_on_and_ends_with_the_next(playing: Compositor, hand: Hand) -> None:
    source = NotifyIdle(playing.env, monotonic_ns=hand)
    assert source.idle_ms() == 0
    playing.tell(IDLED)
    assert wait_until(lambda: source.idle_ms() == 500, 10)
    hand.move_ms(1_439_500)
    assert source.idle_ms() == 1_440_000
    playing.tell(RESUMED)
    assert wait_until(lambda: source.idle_ms() == 0, 10)
    hand.move_ms(5_000)
    assert source.idle_ms() == 0, "nothing came: somebody is working"
    source.close()


def test_a_touch_between_two_calls_is_seen(playing: Compositor, hand: Hand) -> None:
    source = NotifyIdle(playing.env, monotonic_ns=hand)
    source.idle_ms()
    playing.tell(IDLED)
    assert wait_until(lambda: source.idle_ms() == 500, 10)
    hand.move_ms(60_000)
    playing.tell(RESUMED, IDLED)
    assert wait_until(lambda: source.idle_ms() == 500, 10)
    source.close()


def test_other_objects_events_are_not_the_notice_s(playing: Compositor, hand: Hand) -> None:
    source = NotifyIdle(playing.env, monotonic_ns=hand)
    source.idle_ms()
    playing.tell(IDLED, notice=4)
    playing.tell(IDLED)
    assert wait_until(lambda: source.idle_ms() == 500, 10)
    playing.tell(RESUMED, notice=4)
    hand.move_ms(100)
    assert source.idle_ms() == 600
    source.close()


@pytest.mark.parametrize("kind", ["neither", "no_seat"])
def test_a_compositor_without_notices_says_so(tmp_path: Path, kind: str) -> None:
    with compositor(tmp_path, kind) as playing:
        source = NotifyIdle(playing.env)
        assert code_of(source) == "idle_unavailable"
        assert source.name == "notify"


def test_a_silent_compositor_holds_nobody_up_for_long(playing: Compositor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "TIMEOUT_S", 0.2)
    playing.silent = True
    assert code_of(NotifyIdle(playing.env)) == "idle_failed"


def test_a_compositor_that_ends_is_an_error_and_found_again(playing: Compositor) -> None:
    source = NotifyIdle(playing.env)
    source.idle_ms()
    assert playing.asked.wait(10)
    playing.hang_up()
    with pytest.raises(FairhourError, match="closed"):
        wait_until(lambda: source.idle_ms() < 0, 10)
    assert source.idle_ms() == 0
    source.close()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (wire.message(1, 0, 5, 3, "no such seat"), "no such seat"),
        (struct.pack("=II", 6, 4 << 16), "a message of 4 bytes"),
        (wire.message(1, 0, 5, 3), "cut short"),
        (wire.message(1, 0, 5, 3, 99), "text cut short"),
    ],
)
def test_an_error_or_nonsense_of_the_compositor_is_told(playing: Compositor, data: bytes, said: str) -> None:
    source = NotifyIdle(playing.env)
    source.idle_ms()
    playing.send(data)
    with pytest.raises(FairhourError, match=said):
        wait_until(lambda: source.idle_ms() < 0, 10)
    source.close()


def test_no_compositor_at_all_is_a_failure(tmp_path: Path) -> None:
    assert code_of(NotifyIdle({"XDG_RUNTIME_DIR": str(tmp_path)})) == "idle_failed"


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 9), st.text(max_size=9)), max_size=5), st.data())
def test_messages_come_whole_however_they_are_cut(messages: list[tuple[int, int, str]], data: st.DataObject) -> None:
    whole = b"".join(wire.message(target, opcode, 7, text) for target, opcode, text in messages)
    cut = data.draw(st.integers(0, len(whole)))
    buffer, found = bytearray(), []
    for piece in (whole[:cut], whole[cut:]):
        buffer += piece
        found += list(wire.split(buffer))
    assert buffer == b""
    assert [(target, opcode, wire.words_and_text(body, 1)) for target, opcode, body in found] == [
        (target, opcode, ((7,), text, b"")) for target, opcode, text in messages
    ]


@given(st.binary(max_size=64))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    buffer = bytearray(data)
    try:
        for _, _, body in wire.split(buffer):
            wire.words_and_text(body, 2)
            wire.word(body)
    except ValueError:
        return


class TestChoice:
    def test_gnome_answers_where_there_are_no_notices(self, tmp_path: Path) -> None:
        with private_bus() as bus, compositor(tmp_path, "neither") as playing, fake("tests.idle.fake_mutter", bus):
            source = WaylandIdle(playing.env | {"DBUS_SESSION_BUS_ADDRESS": bus})
            assert source.name == "wayland"
            assert source.idle_ms() == 0
            assert source.name == "mutter"
            source.close()

    def test_notices_come_first(self, tmp_path: Path) -> None:
        with private_bus() as bus, compositor(tmp_path, "ext2") as playing, fake("tests.idle.fake_mutter", bus):
            source = WaylandIdle(playing.env | {"DBUS_SESSION_BUS_ADDRESS": bus})
            assert [source.idle_ms(), source.idle_ms()] == [0, 0]
            assert source.name == "ext-idle-notify"
            source.close()

    def test_a_desktop_with_neither_says_so_once(self, tmp_path: Path) -> None:
        with private_bus() as bus, compositor(tmp_path, "neither") as playing:
            assert code_of(WaylandIdle(playing.env | {"DBUS_SESSION_BUS_ADDRESS": bus})) == "idle_unavailable"

    def test_what_failed_says_more_than_what_is_not_there(self, tmp_path: Path) -> None:
        with private_bus() as bus:
            env = {"XDG_RUNTIME_DIR": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": bus}
            assert code_of(WaylandIdle(env)) == "idle_failed"

"""The portal on a private bus with a fake behind it, and grim where the portal is missing."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import capture
from capture import files
from capture.wayland import WaylandSource, bus_address
from devtools.bus import private_bus
from tests.support.bus import fake
from worktime.errors import FairhourError
from worktime.wire import NoPicture

PORTAL = "tests.capture.fake_portal"


@pytest.fixture
def bus() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """What the compositor wrote: a PNG with a space in its name and with metadata that must not survive."""
    path = tmp_path / "Screenshot from now.png"
    image = Image.new("RGBA", (300, 200), (15, 118, 110, 255))
    image.putpixel((7, 5), (200, 16, 32, 255))
    image.save(path, exif=b"Exif\0\0secret")
    return path


def source_on(bus: str, tmp_path: Path, timeout_s: float = 15.0) -> WaylandSource:
    """A Wayland desktop whose PATH holds nothing but what a test puts into ``tmp_path / bin``."""
    env = {"DBUS_SESSION_BUS_ADDRESS": bus, "WAYLAND_DISPLAY": "wayland-0", "PATH": str(tmp_path / "bin")}
    return WaylandSource(env, count_monitors=lambda: 2, timeout_s=timeout_s)


def install_grim(tmp_path: Path, body: str) -> None:
    (tmp_path / "bin").mkdir()
    grim = tmp_path / "bin" / "grim"
    grim.write_text(f"#!/bin/sh\n{body}\n")
    grim.chmod(0o755)


def code_of_failing_grab(source: WaylandSource) -> str:
    with pytest.raises(FairhourError) as caught:
        capture.grab(source)
    return caught.value.problem.code


def test_the_portal_gives_the_picture_and_its_file_is_deleted(bus: str, picture: Path, tmp_path: Path) -> None:
    with fake(PORTAL, bus, "ok", str(picture)) as portal:
        raw = capture.grab(source_on(bus, tmp_path))
        portal.expect("registered com.fairhour.Tracker")
        portal.expect("asked interactive=False")
    assert (raw.width, raw.height, raw.monitors) == (300, 200, 2)
    assert bytes(raw.pixels[:3]) == bytes((15, 118, 110))
    assert bytes(raw.pixels[(5 * 300 + 7) * 3 :][:3]) == bytes((200, 16, 32))
    assert not picture.exists()
    shot = capture.encode(raw)
    assert b"secret" not in shot.data + shot.thumbnail


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("cancelled", "capture_permission"),
        ("denied", "capture_permission"),
        ("broken", "capture_failed"),
        ("no_file", "capture_failed"),
        ("refuses", "capture_failed"),
    ],
)
def test_a_refusal_is_told_from_a_failure(behaviour: str, code: str, bus: str, picture: Path, tmp_path: Path) -> None:
    with fake(PORTAL, bus, behaviour, str(picture)):
        source = source_on(bus, tmp_path)
        with pytest.raises(FairhourError) as caught:
            capture.grab(source)
    assert caught.value.problem.code == code
    denied = code == "capture_permission"
    assert capture.no_picture(caught.value.problem) is (NoPicture.PERMISSION if denied else NoPicture.FAILED)


def test_a_portal_that_never_answers_is_given_up(bus: str, tmp_path: Path) -> None:
    with fake(PORTAL, bus, "silent"):
        assert code_of_failing_grab(source_on(bus, tmp_path, timeout_s=0.3)) == "capture_timeout"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nrubbish", b"GIF89a"])
def test_a_file_that_is_no_picture_fails_and_is_deleted_all_the_same(
    content: bytes, bus: str, picture: Path, tmp_path: Path
) -> None:
    picture.write_bytes(content)
    with fake(PORTAL, bus, "ok", str(picture)):
        assert code_of_failing_grab(source_on(bus, tmp_path)) == "capture_failed"
    assert not picture.exists()


def test_a_file_that_is_not_there_fails(bus: str, tmp_path: Path) -> None:
    with fake(PORTAL, bus, "ok", str(tmp_path / "nowhere.png")):
        assert code_of_failing_grab(source_on(bus, tmp_path)) == "capture_failed"


def test_a_file_that_cannot_be_deleted_is_warned_of(
    bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, picture: Path
) -> None:
    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(1, "Operation not permitted")

    with fake(PORTAL, bus, "ok", str(picture)), monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert capture.grab(source_on(bus, tmp_path)).width == 300
    assert "stays behind" in caplog.text


def test_grim_takes_over_where_the_portal_has_no_screenshots(bus: str, tmp_path: Path) -> None:
    install_grim(tmp_path, r"printf 'P6\n2 1\n255\n\001\002\003\004\005\006'")
    with fake(PORTAL, bus, "no_interface"):
        raw = capture.grab(source_on(bus, tmp_path))
    assert (raw.width, raw.height, bytes(raw.pixels)) == (2, 1, bytes(range(1, 7)))


@pytest.mark.parametrize(
    ("body", "timeout_s", "code", "said"),
    [
        ("echo 'compositor gone' >&2; exit 1", 15.0, "capture_failed", "compositor gone"),
        ("exit 3", 15.0, "capture_failed", "exit status 3"),
        ("exec /bin/sleep 30", 0.3, "capture_timeout", "did not finish"),
        ("printf P6", 15.0, "capture_failed", "understood"),
    ],
    ids=["says why", "says nothing", "hangs", "half a picture"],
)
def test_what_grim_can_do_wrong(body: str, timeout_s: float, code: str, said: str, bus: str, tmp_path: Path) -> None:
    install_grim(tmp_path, body)
    with pytest.raises(FairhourError, match=said) as caught:
        capture.grab(source_on(bus, tmp_path, timeout_s))
    assert caught.value.problem.code == code


def test_a_grim_that_cannot_run_fails(bus: str, tmp_path: Path) -> None:
    install_grim(tmp_path, "")
    (tmp_path / "bin" / "grim").write_text("#!/nowhere/sh\n")
    assert code_of_failing_grab(source_on(bus, tmp_path)) == "capture_failed"


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "tcp:host=localhost,port=1", "rubbish"])
def test_without_portal_and_grim_it_says_what_to_install(address: str, tmp_path: Path) -> None:
    with pytest.raises(FairhourError, match="no way to take a picture") as caught:
        capture.grab(source_on(address, tmp_path))
    assert caught.value.problem.code == "capture_unavailable"
    assert "xdg-desktop-portal" in caught.value.problem.action


def test_a_portal_that_has_gone_counts_as_missing(bus: str, tmp_path: Path) -> None:
    with fake(PORTAL, bus, "silent"):
        pass
    assert code_of_failing_grab(source_on(bus, tmp_path)) == "capture_unavailable"


def test_a_bus_that_ends_under_the_request_is_a_failure(tmp_path: Path) -> None:
    codes: list[str] = []
    with contextlib.ExitStack() as until_asked:
        bus = until_asked.enter_context(private_bus())
        portal = until_asked.enter_context(fake(PORTAL, bus, "silent"))
        grabbing = threading.Thread(target=lambda: codes.append(code_of_failing_grab(source_on(bus, tmp_path))))
        grabbing.start()
        portal.expect("registered com.fairhour.Tracker")
        portal.expect("asked interactive=False")
    grabbing.join(20)
    assert codes == ["capture_failed"]


def test_a_file_larger_than_any_screen_is_not_decoded(
    bus: str, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    with (
        fake(PORTAL, bus, "ok", str(picture)),
        pytest.raises(FairhourError, match="larger than any screen"),
    ):
        capture.grab(source_on(bus, tmp_path))
    assert not picture.exists()


def test_without_a_bus_address_the_runtime_directory_is_asked() -> None:
    assert bus_address({"XDG_RUNTIME_DIR": "/run/user/7"}) == "unix:path=/run/user/7/bus"
    assert bus_address({"DBUS_SESSION_BUS_ADDRESS": "unix:abstract=x"}) == "unix:abstract=x"

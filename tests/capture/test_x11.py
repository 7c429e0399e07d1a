"""Pictures of a real X server: every pixel where it belongs, all monitors in one, and errors instead of death."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from Xlib import X
from Xlib.display import Display

import capture
from capture.port import RawPicture
from capture.rects import Rect
from capture.x11 import X11Source
from tests.support.desktop import Desktop
from tests.support.xserver import XServer, said_round_the_end, x_server
from worktime.errors import FairhourError
from worktime.wire import NoPicture

RED = (200, 16, 32)
TEAL = (15, 118, 110)

GRAB_ROUND_THE_END_OF_THE_SERVER = """
import sys
import capture
from worktime.errors import FairhourError

source = capture.open_source()
print(capture.grab(source).width, flush=True)
sys.stdin.readline()
try:
    capture.grab(source)
except FairhourError as error:
    print(error.problem.code, flush=True)
"""


@pytest.fixture
def server() -> Iterator[XServer]:
    """A screen of two monitors, 400 and 240 wide, painted teal."""
    with x_server(640, 360) as made:
        made.split(400, 240, height=360)
        made.run("xsetroot", "-solid", "#{:02x}{:02x}{:02x}".format(*TEAL))
        yield made


def image_of(raw: RawPicture) -> Image.Image:
    return Image.frombuffer("RGB", (raw.width, raw.height), raw.pixels, "raw", raw.layout, 0, 1)


def show_window(display: Display, area: tuple[int, int, int, int], colour: tuple[int, int, int]) -> None:
    """Put a borderless window of one colour at x, y, width, height."""
    red, green, blue = colour
    screen = display.screen()
    window = screen.root.create_window(
        *area, 0, screen.root_depth, X.InputOutput, background_pixel=red << 16 | green << 8 | blue, override_redirect=1
    )
    window.map()
    display.sync()


def test_both_monitors_are_in_one_picture_with_their_pixels(server: XServer) -> None:
    display = Display(server.display)
    show_window(display, (500, 100, 50, 40), RED)
    raw = capture.grab(X11Source(server.display))
    display.close()

    assert (raw.width, raw.height, raw.monitors) == (640, 360, 2)
    image = image_of(raw)
    assert image.getpixel((10, 10)) == TEAL
    assert image.getpixel((499, 100)) == TEAL
    assert image.getpixel((500, 100)) == RED
    assert image.getpixel((549, 139)) == RED
    assert image.getpixel((550, 139)) == TEAL


def test_a_screen_that_did_not_change_gives_the_same_file_and_one_pixel_another(server: XServer) -> None:
    """What the marketplace must not take for deceit (docs/decisions/0005-identical-pictures.md)."""
    source = X11Source(server.display)
    display = Display(server.display)
    show_window(display, (40, 40, 200, 100), RED)
    assert len({capture.take(source).sha256 for _ in range(2)}) == 1
    before = capture.take(source).sha256
    show_window(display, (300, 300, 1, 1), RED)
    assert capture.take(source).sha256 != before
    display.close()


def test_two_full_hd_monitors_of_the_desktop(two_monitors: Desktop) -> None:
    shot = capture.take(capture.open_source(env=two_monitors.env))
    assert (shot.width, shot.height, shot.monitors) == (3840, 1080, 2)


def test_a_monitor_plugged_in_later_is_seen_by_the_next_grab(server: XServer) -> None:
    source = X11Source(server.display)
    assert source.grab().monitors == 2
    server.run("xrandr", "--delmonitor", "M1")
    assert source.grab().monitors == 1


def test_a_monitor_that_is_turned_upright_has_its_new_shape_in_the_next_grab(server: XServer) -> None:
    # Xvfb turns nothing: what is left of a turn is that the monitor lies elsewhere, as the next grab must know it.
    source = X11Source(server.display)
    assert source.grab().screens == (Rect(0, 0, 400, 360), Rect(400, 0, 640, 360))
    server.run("xrandr", "--delmonitor", "M0", "--delmonitor", "M1")
    server.split(202, 438, height=360)
    raw = source.grab()
    assert (raw.screens, raw.monitors) == ((Rect(0, 0, 202, 360), Rect(202, 0, 640, 360)), 2)
    assert image_of(raw).size == (640, 360)


def test_a_desktop_of_one_colour_is_flat_and_any_other_is_not(server: XServer) -> None:
    source = X11Source(server.display)
    assert capture.take(source).flat
    display = Display(server.display)
    show_window(display, (0, 0, 1, 1), RED)
    assert not capture.take(source).flat
    display.close()


def test_grabs_leave_no_descriptors_open(server: XServer) -> None:
    source = X11Source(server.display)
    source.grab()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        source.grab()
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_end_of_the_x_server_is_an_error_and_not_the_end_of_the_tracker(server: XServer) -> None:
    assert said_round_the_end(server, GRAB_ROUND_THE_END_OF_THE_SERVER) == ["640", "capture_failed"]


def test_no_server_at_all_is_a_failed_picture() -> None:
    with pytest.raises(FairhourError, match="no picture") as caught:
        capture.grab(X11Source(":4000"))
    assert capture.no_picture(caught.value.problem) is NoPicture.FAILED
    assert caught.value.problem.retryable

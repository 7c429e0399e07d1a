"""Windows of a real X desktop with a real window manager, hidden in pictures of it."""

import contextlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from Xlib import X, Xatom
from Xlib.display import Display

from capture import encode
from capture.hidden import Hidden, WindowRule
from capture.listing import Window, open_windows
from capture.listing_x11 import X11Windows
from capture.rects import Rect
from capture.redaction import COLOUR, Redacted, Redactor
from capture.x11 import X11Source
from devtools import processes
from tests.support.desktop import Desktop
from tests.support.xserver import x_server
from worktime.errors import FairhourError

WAIT_S = 10.0
RED, BLUE = 0xC81020, 0x1020C8
SECRET = WindowRule(program="vault")


class Windows:
    """Real windows, as programs open them."""

    def __init__(self, display: str) -> None:
        self.name = display
        self.display = Display(display)
        self.root = self.display.screen().root

    def open(
        self,
        program: str,
        title: str,
        area: tuple[int, int, int, int],
        colour: int = RED,
        *,
        menu_of: Any = None,
        depth: int | None = None,
    ) -> Any:
        """Open a window at x, y, width, height and wait until it is listed; ``menu_of``: one that no manager sees."""
        screen = self.display.screen()
        extra: dict[str, Any] = {"override_redirect": 1} if menu_of is not None else {}
        if depth is not None:
            visual = next(v.visual_id for d in screen.allowed_depths if d.depth == depth for v in d.visuals)
            extra |= {"visual": visual, "colormap": self.root.create_colormap(visual, X.AllocNone), "border_pixel": 0}
        window = self.root.create_window(
            *area, 0, depth or screen.root_depth, X.InputOutput, background_pixel=colour, **extra
        )
        if program:
            window.set_wm_class(program.lower(), program)
        window.change_property(self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"), 8, title.encode())
        # The user's own place: the manager does not choose one.
        window.set_wm_normal_hints(flags=1, x=area[0], y=area[1])
        if menu_of is not None:
            window.change_property(Xatom.WM_TRANSIENT_FOR, Xatom.WINDOW, 32, [menu_of.id])
        window.map()
        self.display.sync()
        self.wait(lambda: window.id in self.listed())
        return window

    def listed(self) -> dict[int, Window]:
        """What our lister tells, by id."""
        self.display.sync()
        return {each.id: each for each in X11Windows(self.name).windows()}

    def place(self, window: Any) -> Rect:
        """Where the lister says that a window is, its frame included."""
        return self.listed()[window.id].rect

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))

    def wait(self, done: Any) -> None:
        assert processes.wait_until(done, WAIT_S)

    def xdotool(self, *words: str) -> None:
        processes.output_of(["xdotool", *words], {"DISPLAY": self.name})

    def taken(self, *rules: WindowRule) -> Redacted:
        """A picture with these rules."""
        self.display.sync()
        hidden = Hidden(windows=rules)
        return Redactor(lambda: hidden, lambda: X11Windows(self.name)).grab(X11Source(self.name))


@pytest.fixture
def windows(desktop: Desktop) -> Iterator[Windows]:
    """The session's desktop; what a test opened is closed when it ends."""
    made = Windows(desktop.display)
    with contextlib.closing(made.display):
        yield made


def image_of(found: Redacted) -> Image.Image:
    raw = found.raw
    return Image.frombuffer("RGB", (raw.width, raw.height), bytes(raw.pixels), "raw", raw.layout, 0, 1)


def colours(image: Image.Image, rect: Rect) -> set[object]:
    part = image.convert("RGB").crop(rect)
    return {colour for _count, colour in part.getcolors(1 << 24) or ()}


def test_a_window_is_hidden_with_its_frame_in_the_file_and_in_the_thumbnail(windows: Windows) -> None:
    window = windows.open("Vault", "Unlocked", (300, 200, 640, 480))
    place = windows.place(window)
    assert place.top < 200 or place.left < 300 or place.width > 640, "the manager's frame has the title in it"
    found = windows.taken(SECRET)
    assert (found.raw.redacted, found.problem) == (1, None)
    assert colours(image_of(found), place) == {COLOUR}
    shot = encode(found.raw)
    with Image.open(BytesIO(shot.data)) as file:
        assert colours(file, place) == {COLOUR}
        outside = file.convert("RGB").getpixel((place.right + 5, place.bottom + 5))
    assert outside != COLOUR
    with Image.open(BytesIO(shot.thumbnail)) as small:
        middle = small.convert("RGB").getpixel((620 * small.width // 1920, 440 * small.height // 1080))
    assert isinstance(middle, tuple)
    assert all(abs(part - wanted) <= 3 for part, wanted in zip(middle, COLOUR, strict=True))


def test_of_a_partly_covered_window_what_can_be_seen_is_hidden(windows: Windows) -> None:
    secret = windows.open("Vault", "Unlocked", (200, 200, 400, 300))
    cover = windows.open("Editor", "notes", (400, 150, 500, 500), BLUE)
    windows.xdotool("windowraise", str(cover.id))
    windows.wait(lambda: list(windows.listed()).index(cover.id) > list(windows.listed()).index(secret.id))
    image = image_of(windows.taken(SECRET))
    inside = windows.listed()[cover.id].opaque
    assert inside is not None
    assert colours(image, inside) == {(16, 32, 200)}, "the editor is in the picture"
    assert colours(image, Rect(210, 210, 390, 490)) == {COLOUR}
    assert not any(each == (200, 16, 32) for each in colours(image, Rect(0, 0, 1920, 1080))), (
        "nothing of the hidden window"
    )


def test_a_window_that_was_moved_is_hidden_where_it_is_now(windows: Windows) -> None:
    window = windows.open("Vault", "Unlocked", (100, 100, 200, 150))
    before = windows.place(window)
    windows.taken(SECRET)
    windows.xdotool("windowmove", str(window.id), "900", "500")
    windows.wait(lambda: windows.place(window) != before)
    found = windows.taken(SECRET)
    image = image_of(found)
    assert colours(image, windows.place(window)) == {COLOUR}
    assert COLOUR not in colours(image, before)


def test_while_windows_move_nothing_of_them_is_ever_shown(windows: Windows) -> None:
    window = windows.open("Vault", "Unlocked", (100, 100, 200, 150))
    for step in range(12):
        window.configure(x=150 + 40 * step, y=200 + 15 * step)
        windows.display.flush()
        found = windows.taken(SECRET)
        assert (200, 16, 32) not in colours(image_of(found), Rect(0, 0, 1920, 1080)), step
        assert found.raw.redacted >= 1


def test_by_title_in_any_script_and_its_menus_too(windows: Windows) -> None:
    window = windows.open("Browser", "Straße: Банк", (200, 200, 300, 200))
    menu = windows.open("", "", (700, 300, 80, 120), menu_of=window)
    found = windows.taken(WindowRule(title="банк"))
    image = image_of(found)
    assert found.raw.redacted == 2
    assert colours(image, windows.place(window)) == {COLOUR}
    assert colours(image, windows.place(menu)) == {COLOUR}


def test_what_is_minimised_is_not_hidden_and_not_counted(windows: Windows) -> None:
    window = windows.open("Vault", "Unlocked", (300, 300, 200, 200))
    windows.xdotool("windowminimize", str(window.id))
    windows.wait(lambda: window.id not in windows.listed())
    assert windows.taken(SECRET).raw.redacted == 0


def test_a_window_with_alpha_or_holes_or_opacity_covers_nothing(windows: Windows) -> None:
    solid = windows.open("Editor", "solid", (100, 100, 90, 90))
    glass = windows.open("Glass", "alpha", (300, 100, 90, 90), depth=32)
    pale = windows.open("Pale", "opacity", (500, 100, 90, 90))
    pale.change_property(windows.atom("_NET_WM_WINDOW_OPACITY"), Xatom.CARDINAL, 32, [0x7FFFFFFF])
    holes = windows.open("Holes", "shape", (700, 100, 90, 90))
    from Xlib.ext import shape

    mask = holes.create_pixmap(90, 90, 1)
    ink = mask.create_gc(foreground=1, background=0)
    mask.fill_rectangle(ink, 0, 0, 40, 40)
    holes.shape_mask(shape.SO.Set, shape.SK.Bounding, 0, 0, mask)
    listed = windows.listed()
    inside = listed[solid.id].opaque
    assert inside is not None
    assert (inside.width, inside.height) == (90, 90), "its frame may have round corners"
    assert [listed[each.id].opaque for each in (glass, pale, holes)] == [None] * 3


def test_a_dialog_belongs_to_its_window(windows: Windows) -> None:
    window = windows.open("Vault", "Unlocked", (200, 200, 300, 200))
    dialog = windows.open("Helper", "Save?", (600, 500, 200, 100))
    dialog.change_property(Xatom.WM_TRANSIENT_FOR, Xatom.WINDOW, 32, [window.id])
    assert windows.taken(SECRET).raw.redacted == 2


def test_without_a_window_manager_everything_is_hidden_and_told() -> None:
    with x_server(320, 200) as server:
        found = Redactor(lambda: Hidden(windows=(SECRET,)), lambda: X11Windows(server.display)).grab(
            X11Source(server.display)
        )
    assert colours(image_of(found), Rect(0, 0, 320, 200)) == {COLOUR}
    assert found.problem is not None
    assert found.problem.message.startswith("The window manager does not list its windows.")


# python-xlib leaves the socket of a connection that failed to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_no_server_is_a_problem_and_no_crash() -> None:
    with pytest.raises(FairhourError, match="hiding_windows"):
        X11Windows(":4000").windows()


def test_each_system_has_its_lister_and_one_without_says_why() -> None:
    assert open_windows(env={"DISPLAY": ":7"}, system="linux").name == "x11"
    assert open_windows(env={}, system="win32").name == "windows"
    assert open_windows(env={}, system="darwin").name == "macos"
    for env, said in (({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "Wayland"), ({}, "no display")):
        lister = open_windows(env=env, system="linux")
        assert lister.problem is not None
        assert said in lister.problem.message
        with pytest.raises(FairhourError, match="hiding_windows"):
            lister.windows()

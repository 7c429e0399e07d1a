"""What is hidden, on pictures made by hand: areas, monitors, windows, blur, and everything where that is not known."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFont

from capture import encode
from capture.hidden import Area, Hidden, OnlyMonitor, WindowRule, fits
from capture.listing import Window
from capture.port import RawPicture
from capture.problems import windows_unknown
from capture.rects import Rect
from capture.redaction import BLUR_LEAST_PX, COLOUR, Redacted, Redactor, blurred, fitting
from worktime.errors import FairhourError, Problem

WIDTH, HEIGHT = 400, 200
LEFT, RIGHT = Rect(0, 0, 200, 200), Rect(200, 0, 400, 200)
SCREENS = (LEFT, RIGHT)
GROUND = (250, 250, 250)
SECRET = WindowRule(program="vault")


def picture(screens: tuple[Rect, ...] = SCREENS, layout: str = "BGRX") -> RawPicture:
    """Two monitors of one light colour."""
    size = 3 if layout == "RGB" else 4
    data = bytes((*GROUND, 255)[:size]) * (WIDTH * HEIGHT)
    return RawPicture(data, WIDTH, HEIGHT, "RGB" if layout == "RGB" else "BGRX", 2, 1, screens)


class Screen:
    """A screen source with a fixed picture; ``during`` happens while it is grabbed."""

    name = "fake"
    problem: Problem | None = None

    def __init__(self, raw: RawPicture | None = None, during: Callable[[], None] = lambda: None) -> None:
        self.raw = raw or picture()
        self.during = during
        self.grabs = 0

    def grab(self) -> RawPicture:
        self.grabs += 1
        self.during()
        return self.raw


class Desk:
    """A list of windows that can be changed, or be refused."""

    name = "fake"
    problem: Problem | None = None

    def __init__(self, *windows: Window) -> None:
        self.shown: Sequence[Window] = windows
        self.error: FairhourError | None = None
        self.asked = 0

    def windows(self) -> tuple[Window, ...]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return tuple(self.shown)


def vault(rect: Rect, number: int = 1) -> Window:
    return Window(number, rect, "Vault", "Unlocked", rect)


def other(rect: Rect, number: int = 2) -> Window:
    return Window(number, rect, "editor", "notes.txt", rect)


def taken(hidden: Hidden | Problem, *windows: Window, screen: Screen | None = None) -> Redacted:
    return Redactor(lambda: hidden, lambda: Desk(*windows)).grab(screen or Screen())


def hidden_pixels(raw: RawPicture) -> set[tuple[int, int]]:
    image = Image.frombuffer("RGB", (raw.width, raw.height), bytes(raw.pixels), "raw", raw.layout, 0, 1)
    loaded = image.load()
    assert loaded is not None
    return {(x, y) for x in range(raw.width) for y in range(raw.height) if loaded[x, y] == COLOUR}


def inside(*rects: Rect) -> set[tuple[int, int]]:
    return {(x, y) for r in rects for x in range(r.left, r.right) for y in range(r.top, r.bottom)}


def test_with_no_rules_the_picture_is_as_it_was_and_no_window_is_looked_at() -> None:
    desk, screen = Desk(vault(LEFT)), Screen()
    found = Redactor(Hidden, lambda: desk).grab(screen)
    assert (found.raw, found.problem, desk.asked) == (screen.raw, None, 0)


@pytest.mark.parametrize("layout", ["BGRX", "RGB"])
def test_areas_are_one_flat_colour_and_counted(layout: str) -> None:
    one, two = Rect(10, 20, 60, 50), Rect(380, 190, 999, 999)
    found = taken(Hidden(areas=(Area(one, SCREENS), Area(two, SCREENS))), screen=Screen(picture(layout=layout)))
    assert hidden_pixels(found.raw) == inside(one, Rect(380, 190, 400, 200))
    assert (found.raw.redacted, found.problem) == (2, None)


def test_an_area_outside_the_picture_is_not_counted() -> None:
    found = taken(Hidden(areas=(Area(Rect(500, 0, 600, 9), SCREENS),)))
    assert (found.raw.redacted, hidden_pixels(found.raw)) == (0, set())


def test_a_desktop_that_begins_left_of_zero_and_has_a_larger_picture() -> None:
    screens = (Rect(-100, 0, 0, 100), Rect(0, 0, 100, 100))
    found = taken(Hidden(areas=(Area(Rect(-100, 0, -50, 10), screens),)), screen=Screen(picture(screens)))
    assert hidden_pixels(found.raw) == inside(Rect(0, 0, 100, 20))


def test_one_monitor_only_hides_the_others() -> None:
    found = taken(Hidden(only=OnlyMonitor(1, SCREENS)))
    assert (hidden_pixels(found.raw), found.raw.redacted) == (inside(LEFT), 1)


def test_a_mirrored_monitor_is_shown_with_the_chosen_one() -> None:
    screens = (Rect(0, 0, 400, 200), Rect(0, 0, 400, 200))
    found = taken(Hidden(only=OnlyMonitor(0, screens)), screen=Screen(picture(screens)))
    assert found.raw.redacted == 0


@pytest.mark.parametrize(
    "hidden", [Hidden(areas=(Area(Rect(0, 0, 9, 9), (LEFT,)),)), Hidden(only=OnlyMonitor(0, (LEFT,)))]
)
def test_with_other_screens_than_chosen_everything_is_hidden_and_told(hidden: Hidden) -> None:
    found = taken(hidden)
    assert hidden_pixels(found.raw) == inside(LEFT, RIGHT)
    assert found.raw.redacted == 1
    assert found.problem is not None
    assert found.problem.code == "hiding_layout"


def test_areas_of_other_screens_wait_while_there_are_some_for_these() -> None:
    here = Rect(0, 0, 9, 9)
    found = taken(Hidden(areas=(Area(Rect(50, 50, 60, 60), (LEFT,)), Area(here, SCREENS))))
    assert (hidden_pixels(found.raw), found.problem) == (inside(here), None)


def test_screens_that_the_picture_does_not_tell_are_asked_for_and_must_fit() -> None:
    hidden = Hidden(areas=(Area(Rect(0, 0, 10, 10), SCREENS),))
    told = Redactor(lambda: hidden, Desk, lambda: SCREENS).grab(Screen(picture(())))
    assert hidden_pixels(told.raw) == inside(Rect(0, 0, 10, 10))
    wrong: list[tuple[Rect, ...]] = [(), (LEFT,)]
    while wrong:
        unknown = Redactor(lambda: hidden, Desk, wrong.pop).grab(Screen(picture(())))
        assert len(hidden_pixels(unknown.raw)) == WIDTH * HEIGHT
    assert fitting((Rect(0, 0, 3, 2),), 301, 200) == (Rect(0, 0, 3, 2),)


def test_a_window_by_its_program_its_title_or_both_in_any_letters() -> None:
    assert fits(WindowRule(program="VAULT"), "org.Vault\nvault", "x")
    assert fits(WindowRule(title="straße"), "browser", "STRASSE 5")
    assert not fits(WindowRule(program="vault", title="bank"), "vault", "mail")
    assert fits(WindowRule(program="vault", title="bank"), "", "My Bank"), "a program that is not told may be any"
    for nothing in ({}, {"program": "  "}):
        with pytest.raises(ValueError, match="needs a program or a title"):
            WindowRule(**nothing)


def test_only_what_can_be_seen_of_a_window_is_hidden_and_counted() -> None:
    found = taken(Hidden(windows=(SECRET,)), vault(Rect(0, 0, 100, 100)), other(Rect(50, 0, 150, 200)))
    assert (hidden_pixels(found.raw), found.raw.redacted) == (inside(Rect(0, 0, 50, 100)), 1)
    nothing = taken(Hidden(windows=(SECRET,)), vault(Rect(0, 0, 100, 100)), other(Rect(0, 0, 150, 200)))
    assert (hidden_pixels(nothing.raw), nothing.raw.redacted) == (set(), 0)


def test_a_window_through_which_others_shine_covers_nothing() -> None:
    glass = replace(other(Rect(0, 0, 400, 200)), opaque=None)
    found = taken(Hidden(windows=(SECRET,)), vault(Rect(0, 0, 100, 100)), glass)
    assert hidden_pixels(found.raw) == inside(Rect(0, 0, 100, 100))


def test_dialogs_and_menus_of_a_hidden_window_go_with_it_whatever_they_are_called() -> None:
    dialog = replace(other(Rect(200, 0, 300, 50), 5), owner=1)
    menu = replace(other(Rect(300, 0, 310, 50), 6), owner=5)
    found = taken(Hidden(windows=(SECRET,)), vault(Rect(0, 0, 10, 10)), dialog, menu)
    assert found.raw.redacted == 3
    assert inside(Rect(200, 0, 310, 50)) <= hidden_pixels(found.raw)


def test_a_window_that_moved_while_the_picture_was_made_is_grabbed_again() -> None:
    desk = Desk(vault(Rect(0, 0, 20, 20)))

    def move_once() -> None:
        desk.shown = [vault(Rect(100, 100, 120, 120))]

    screen = Screen(during=move_once)
    found = Redactor(lambda: Hidden(windows=(SECRET,)), lambda: desk).grab(screen)
    assert screen.grabs == 2
    assert hidden_pixels(found.raw) == inside(Rect(100, 100, 120, 120))


def test_a_window_that_never_stands_still_is_hidden_on_its_whole_way() -> None:
    desk = Desk(vault(Rect(0, 0, 20, 20)), other(Rect(0, 0, 400, 200)))

    def drag() -> None:
        window = desk.shown[0]
        desk.shown = [vault(Rect(*(side + 30 for side in window.rect))), desk.shown[1]]

    screen = Screen(during=drag)
    found = Redactor(lambda: Hidden(windows=(SECRET,)), lambda: desk).grab(screen)
    assert screen.grabs == 3
    assert hidden_pixels(found.raw) == inside(Rect(60, 60, 110, 110)), "no cover is believed while things move"


def test_a_window_that_came_or_went_meanwhile_is_hidden() -> None:
    desk = Desk()

    def flicker() -> None:
        desk.shown = [] if desk.shown else [vault(Rect(0, 0, 20, 20))]

    found = Redactor(lambda: Hidden(windows=(SECRET,)), lambda: desk).grab(Screen(during=flicker))
    assert hidden_pixels(found.raw) == inside(Rect(0, 0, 20, 20))


def test_a_title_that_no_rule_looks_at_may_change() -> None:
    desk = Desk(vault(Rect(0, 0, 20, 20)))

    def count() -> None:
        desk.shown = [replace(desk.shown[0], title=f"{desk.asked} new")]

    screen = Screen(during=count)
    Redactor(lambda: Hidden(windows=(SECRET,)), lambda: desk).grab(screen)
    assert screen.grabs == 1


@pytest.mark.parametrize("when", [0, 1], ids=["before", "after"])
def test_windows_that_can_not_be_listed_at_that_moment_hide_everything(when: int) -> None:
    desk = Desk(other(LEFT))
    error = windows_unknown("The window manager does not list its windows.")

    def fail() -> None:
        desk.error = error

    if when == 0:
        fail()
    found = Redactor(lambda: Hidden(windows=(SECRET,)), lambda: desk).grab(Screen(during=fail))
    assert hidden_pixels(found.raw) == inside(LEFT, RIGHT)
    assert (found.raw.redacted, found.problem) == (1, error.problem)


def test_rules_that_can_not_be_read_hide_everything() -> None:
    problem = windows_unknown("There is no display.").problem
    found = taken(problem)
    assert hidden_pixels(found.raw) == inside(LEFT, RIGHT)
    assert found.problem is problem


def text(height_px: int) -> RawPicture:
    image = Image.new("RGB", (900, 600), "white")
    font = ImageFont.load_default(height_px)
    ImageDraw.Draw(image).multiline_text((10, 10), "\n".join(["secret word 42 il1"] * 30), "black", font)
    return RawPicture(image.tobytes(), 900, 600, "RGB", 1, 1, (Rect(0, 0, 900, 600),))


def test_a_blurred_picture_keeps_no_detail_as_small_as_a_letter() -> None:
    found = taken(Hidden(blur=True), screen=Screen(text(16)))
    assert (found.raw.redacted, found.problem) == (1, None)
    image = Image.frombuffer("RGB", (900, 600), found.raw.pixels, "raw", "RGB", 0, 1)
    # Neighbours differ by less than an eye sees: a letter's edge would be a jump of 255.
    rows = [image.crop((0, y, 900, y + 1)).convert("L").tobytes() for y in range(0, 600, 7)]
    assert max(abs(one - two) for row in rows for one, two in pairwise(row)) < 12
    assert BLUR_LEAST_PX > 2 * 16


def test_two_texts_of_the_same_darkness_are_the_same_when_blurred() -> None:
    def page(word: str) -> RawPicture:
        image = Image.new("RGB", (800, 400), "white")
        pen = ImageDraw.Draw(image)
        for y in range(0, 400, 20):
            for x in range(0, 800, 20):
                # The same ink in every cell, in two shapes.
                pen.rectangle((x, y, x + 9, y + 4) if word == "flat" else (x, y, x + 4, y + 9), "black")
        return RawPicture(image.tobytes(), 800, 400, "RGB", 1, 1)

    assert page("flat").pixels != page("tall").pixels
    assert blurred(page("flat")).pixels == blurred(page("tall")).pixels


def test_areas_of_a_blurred_picture_are_hidden_before_they_could_shine_through() -> None:
    area = Rect(0, 0, 200, 200)
    secret, plain = picture(), picture()
    secret = replace(secret, pixels=bytes(4) * (WIDTH * HEIGHT // 2) + bytes(secret.pixels)[: WIDTH * HEIGHT * 2])
    hidden = Hidden(areas=(Area(area, SCREENS), Area(RIGHT, SCREENS)), blur=True)
    one, two = taken(hidden, screen=Screen(secret)), taken(hidden, screen=Screen(plain))
    assert bytes(one.raw.pixels) == bytes(two.raw.pixels)
    assert one.raw.redacted == 3


def test_the_file_and_the_thumbnail_have_the_colour_and_the_count() -> None:
    found = taken(Hidden(areas=(Area(LEFT, SCREENS),)))
    shot = encode(found.raw)
    assert shot.redacted == 1
    for data in (shot.data, shot.thumbnail):
        with Image.open(BytesIO(data)) as image:
            pixel = image.convert("RGB").getpixel((image.width // 4, image.height // 2))
        assert isinstance(pixel, tuple)
        assert all(abs(part - wanted) <= 2 for part, wanted in zip(pixel, COLOUR, strict=True))


def test_all_hidden_is_flat_so_it_can_not_protect_whatever_the_terms_are() -> None:
    assert encode(taken(Hidden(only=OnlyMonitor(0, SCREENS), areas=(Area(LEFT, SCREENS),))).raw).flat


def test_values_that_can_not_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one pixel"):
        Area(Rect(5, 5, 5, 9), SCREENS)
    with pytest.raises(ValueError, match="no monitor 2"):
        OnlyMonitor(2, SCREENS)

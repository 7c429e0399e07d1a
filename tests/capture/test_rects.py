"""Rectangles against sets of pixels: nothing that should be hidden is left out, nothing is counted twice."""

from hypothesis import given
from hypothesis import strategies as st

from capture.rects import Rect, around, common, onto, visible, without

SIZE = 12


@st.composite
def rects(draw: st.DrawFn) -> Rect:
    """Rectangles of a small desktop, beyond its edges and empty ones too."""
    left, top, right, bottom = (draw(st.integers(-2, SIZE + 2)) for _ in range(4))
    return Rect(left, top, right, bottom)


def pixels(rect: Rect) -> set[tuple[int, int]]:
    return {(x, y) for x in range(rect.left, rect.right) for y in range(rect.top, rect.bottom)}


@given(rects(), rects())
def test_common_is_what_both_have(one: Rect, other: Rect) -> None:
    assert pixels(common(one, other)) == pixels(one) & pixels(other)
    assert common(one, other).empty == (not pixels(one) & pixels(other))


@given(rects(), rects())
def test_without_leaves_the_rest_and_no_pixel_twice(rect: Rect, cover: Rect) -> None:
    parts = without(rect, cover)
    assert set().union(*map(pixels, parts)) == pixels(rect) - pixels(cover)
    assert sum(part.width * part.height for part in parts) == len(pixels(rect) - pixels(cover))


@given(rects(), st.lists(rects(), max_size=5))
def test_visible_is_what_no_cover_lies_on(rect: Rect, covers: list[Rect]) -> None:
    left = pixels(rect).difference(*map(pixels, covers))
    parts = visible(rect, covers)
    assert set().union(*map(pixels, parts)) == left
    assert sum(part.width * part.height for part in parts) == len(left)
    assert not any(part.empty for part in parts)


@given(st.lists(rects(), max_size=4))
def test_around_holds_all_and_touches_each_side(held: list[Rect]) -> None:
    whole, full = around(held), [rect for rect in held if not rect.empty]
    assert all(common(rect, whole) == rect for rect in full)
    assert whole.empty == (not full)
    if full:
        assert whole.left in {rect.left for rect in full}
        assert whole.bottom in {rect.bottom for rect in full}


@given(rects(), st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 40), st.integers(1, 40))
def test_each_pixel_of_the_picture_that_shows_some_of_it_is_in_it(
    rect: Rect, left: int, top: int, width: int, height: int
) -> None:
    desktop = Rect(left, top, left + SIZE, top + SIZE)
    shown = {
        (x, y)
        for x in range(width)
        for y in range(height)
        if (x + 1) * SIZE > (rect.left - left) * width
        and x * SIZE < (rect.right - left) * width
        and (y + 1) * SIZE > (rect.top - top) * height
        and y * SIZE < (rect.bottom - top) * height
    }
    found = pixels(onto(rect, desktop, width, height))
    assert found == (set() if rect.empty else shown)

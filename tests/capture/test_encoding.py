"""What becomes of pixels: exact for text, small for photos, nothing in the file but the picture."""

import hashlib
import random
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

import capture
from capture import encoding
from capture.port import Layout, RawPicture
from worktime.errors import FairhourError
from worktime.wire import MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS

NOW_NS = 123_456_789


def raw_of(image: Image.Image, layout: Layout = "BGRX", monitors: int = 1) -> RawPicture:
    return RawPicture(image.tobytes("raw", layout), *image.size, layout, monitors, NOW_NS)


def text_screen(width: int, height: int) -> Image.Image:
    """A terminal: rows of antialiased words on a dark ground."""
    image = Image.new("RGB", (width, height), (19, 22, 25))
    draw = ImageDraw.Draw(image)
    for row, top in enumerate(range(4, height, 16)):
        draw.text((6, top), f"{row:4}  def total(lines):  # whole seconds only " * 3, fill=(232, 236, 239))
    return image


def photo_screen(width: int, height: int, seed: int = 1) -> Image.Image:
    """Smooth noise in three channels: as many colours as a photo."""
    source = random.Random(seed)
    columns, rows = width // 20, height // 20
    small = Image.frombytes("RGB", (columns, rows), source.randbytes(columns * rows * 3))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def noise_screen(width: int, height: int) -> Image.Image:
    """What no codec makes small: every pixel a colour of its own."""
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("layout", ["BGRX", "RGB"])
def test_text_is_kept_pixel_for_pixel(layout: Layout) -> None:
    screen = text_screen(1920, 1080)
    shot = capture.encode(raw_of(screen, layout, monitors=2))
    assert decoded(shot.data).convert("RGB").tobytes() == screen.tobytes()
    assert len(shot.data) < 120_000
    assert (shot.width, shot.height, shot.monitors, shot.flat) == (1920, 1080, 2, False)
    assert shot.grabbed_ns == NOW_NS


def test_a_photo_is_close_and_far_smaller_than_exact() -> None:
    screen = photo_screen(1280, 720)
    shot = capture.encode(raw_of(screen))
    exact = BytesIO()
    screen.save(exact, "WEBP", lossless=True)
    assert len(shot.data) < exact.tell() / 5
    difference = [abs(a - b) for a, b in zip(decoded(shot.data).tobytes(), screen.tobytes(), strict=True)]
    assert sum(difference) / len(difference) < 4


@settings(max_examples=40, deadline=None)
@given(
    width=st.integers(1, 400),
    height=st.integers(1, 400),
    colours=st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True),
)
def test_any_picture_of_few_colours_is_exact_and_flat_only_with_one(
    width: int, height: int, colours: list[tuple[int, int, int]]
) -> None:
    image = Image.new("RGB", (width, height), colours[0])
    for index, colour in enumerate(colours[: width * height]):
        image.putpixel((index % width, index // width), colour)
    shot = capture.encode(raw_of(image))
    assert decoded(shot.data).convert("RGB").tobytes() == image.tobytes()
    assert shot.flat == (len(set(colours[: width * height]) | {colours[0]}) == 1)
    assert shot.sha256 == hashlib.sha256(shot.data).hexdigest()


def test_nothing_but_the_picture_is_in_the_files() -> None:
    for screen in (text_screen(640, 360), photo_screen(640, 360)):
        shot = capture.encode(raw_of(screen))
        picture, thumbnail = decoded(shot.data), decoded(shot.thumbnail)
        assert picture.format == "WEBP"
        # libwebp's own header values; anything else (exif, xmp, icc_profile) would be metadata.
        assert set(picture.info) <= {"background", "loop", "duration", "timestamp"}
        assert not any(chunk in shot.data for chunk in (b"EXIF", b"XMP ", b"ICCP"))
        assert thumbnail.format == "JPEG"
        assert set(thumbnail.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not picture.getexif()
        assert not thumbnail.getexif()


@pytest.mark.parametrize(
    ("size", "thumbnail"),
    [((1920, 1080), (320, 180)), ((3840, 1080), (320, 90)), ((1080, 1920), (180, 320)), ((200, 100), (200, 100))],
)
def test_thumbnails_fit_in_320_pixels(size: tuple[int, int], thumbnail: tuple[int, int]) -> None:
    shot = capture.encode(raw_of(text_screen(*size)))
    assert decoded(shot.thumbnail).size == thumbnail
    assert len(shot.thumbnail) < 20_000


@pytest.mark.parametrize("error", [AttributeError, KeyError, TypeError])
def test_another_pillow_that_keeps_its_plugins_otherwise_loses_no_picture(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = raw_of(text_screen(320, 200))
    expected = capture.encode(screen)
    refused = []
    for kind in ("WEBP", "JPEG"):

        def plugin(*given: object, kind: str = kind, save: Callable[..., None] = Image.SAVE[kind]) -> None:
            if kind not in refused:
                refused.append(kind)
                raise error("not so")
            save(*given)

        monkeypatch.setitem(Image.SAVE, kind, plugin)
    assert capture.encode(screen) == expected
    assert refused == ["WEBP", "JPEG"]


def test_the_same_pixels_give_the_same_file() -> None:
    screen = raw_of(photo_screen(320, 200))
    assert capture.encode(screen) == capture.encode(screen)


@pytest.mark.parametrize(("scale", "size"), [(100, (640, 361)), (75, (480, 270)), (50, (320, 180))])
def test_a_user_can_have_pictures_smaller(scale: int, size: tuple[int, int]) -> None:
    shot = encoding.encode(raw_of(text_screen(640, 361)), scale)
    assert (shot.width, shot.height) == Image.open(BytesIO(shot.data)).size == size
    assert encoding.encode(raw_of(Image.new("RGB", (1, 1))), scale).width == 1


def test_a_wall_wider_than_the_format_is_scaled_to_fit() -> None:
    shot = capture.encode(raw_of(Image.new("RGB", (encoding.WEBP_MAX_PX + 1001, 64), "navy")))
    assert shot.width == encoding.WEBP_MAX_PX
    assert decoded(shot.data).size == (shot.width, shot.height)


@pytest.mark.parametrize("size", [(3840, 2160), (7680, 2160), (5120, 2880), (1, 16_383)])
def test_what_the_marketplace_takes_keeps_its_resolution(size: tuple[int, int]) -> None:
    assert encoding.fitting(*size) == size


@pytest.mark.parametrize(
    ("size", "fits"),
    # Three 4K monitors side by side, an 8K wall, three 4K monitors on top of each other.
    [((11_520, 2160), (9409, 1764)), ((7680, 4320), (5432, 3055)), ((3840, 6480), (3136, 5292))],
)
def test_a_wall_of_screens_loses_as_little_as_will_do(size: tuple[int, int], fits: tuple[int, int]) -> None:
    assert encoding.fitting(*size) == fits


@given(width=st.integers(1, 70_000), height=st.integers(1, 70_000))
def test_every_grab_fits_in_its_shape_and_as_large_as_can_be(width: int, height: int) -> None:
    wide, high = encoding.fitting(width, height)
    assert wide * high <= MAX_PICTURE_PIXELS
    assert 1 <= max(wide, high) <= encoding.WEBP_MAX_PX
    if (wide, high) != (width, height):
        # One pixel more on both sides would be too many.
        assert (wide + 1) * (high + 1) > MAX_PICTURE_PIXELS or max(wide, high) == encoding.WEBP_MAX_PX
        # The same shape to the pixel, but for lines that cannot become thinner.
        scale = max(wide / width, high / height)
        assert min(wide, high) == 1 or max(width * scale - wide, height * scale - high) < 1


def test_a_grab_of_25_million_pixels_gives_a_picture_that_can_be_read() -> None:
    screen = text_screen(6144, 4096)
    shot = capture.encode(raw_of(screen))
    assert (shot.width, shot.height) == encoding.fitting(6144, 4096) == (4989, 3326)
    stored = decoded(shot.data).convert("RGB")
    assert stored.size == (shot.width, shot.height)
    # Still text on a flat ground to the encoder, so what was scaled is kept exactly.
    assert stored.tobytes() == screen.resize(stored.size, Image.Resampling.BICUBIC).tobytes()
    assert len(shot.data) < 2_000_000
    assert max(decoded(shot.thumbnail).size) == 320
    assert not shot.flat


def test_a_wall_of_one_colour_is_still_flat() -> None:
    assert capture.encode(raw_of(Image.new("RGB", (6144, 4096), "navy"))).flat


def test_noise_on_two_4k_screens_loses_quality_until_it_fits() -> None:
    shot = capture.encode(raw_of(noise_screen(7680, 2160)))
    assert len(shot.data) <= MAX_PICTURE_BYTES
    assert decoded(shot.data).size == (shot.width, shot.height) == (7680, 2160)


def test_a_picture_above_the_upload_bound_loses_quality_and_then_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = raw_of(photo_screen(640, 360))
    good = capture.encode(screen)
    monkeypatch.setattr(encoding, "MAX_PICTURE_BYTES", len(good.data) - 1)
    smaller = capture.encode(screen)
    assert len(smaller.data) < len(good.data)
    assert (smaller.width, smaller.height) == (good.width, good.height)
    monkeypatch.setattr(encoding, "MAX_PICTURE_BYTES", 10)
    with pytest.raises(FairhourError, match="does not fit"):
        capture.encode(screen)


@pytest.mark.parametrize(
    ("pixels", "width", "height", "monitors"), [(b"abc", 1, 1, 1), (b"", 0, 1, 1), (b"abcd", 1, 1, 0)]
)
def test_a_picture_that_cannot_be_is_refused(pixels: bytes, width: int, height: int, monitors: int) -> None:
    with pytest.raises(ValueError):
        RawPicture(pixels, width, height, "BGRX", monitors, NOW_NS)

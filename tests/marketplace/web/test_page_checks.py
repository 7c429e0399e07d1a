"""The checks of a page catch what is planted, and pass what is well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.marketplace.web.page_checks import assert_sound, faults

SOUND = """<!doctype html><html lang="en"><head><title>Sound</title></head>
<body><header><nav aria-label="Main"><a href="#x">Jobs</a></nav></header>
<main><h1>Sound</h1><p id="x">Plain words.</p>%s</main><footer>Foot</footer></body></html>"""


def found(page: Page, planted: str, **size: int) -> list[str]:
    if size:
        page.set_viewport_size({"width": size["width"], "height": 600})
    page.set_content(SOUND % planted)
    return faults(page)


def test_a_sound_page_passes(chromium_page: Page) -> None:
    assert found(chromium_page, "") == []
    assert_sound(chromium_page, "sound")


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<p style="color:#999">Too faint</p>', 'contrast: "Too faint" in <p>'),
        ('<p style="opacity:.4">Half gone</p>', 'contrast: "Half gone" in <p>'),
        ('<div style="background:#777"><p style="color:#aaa">On grey</p></div>', 'contrast: "On grey" in <p>'),
        ('<p style="background:linear-gradient(red,blue)">Pattern</p>', "stands on a picture or a pattern"),
        ('<label>Name<input value="faint" style="color:#bbb"></label>', 'contrast: "faint" in <input>'),
        ('<p style="width:2000px">Wide</p>', "overflow: the page is"),
        ('<div style="width:60px;overflow:hidden;white-space:nowrap">A text that is cut off</div>', "clipped: "),
        ('<div style="height:10px;overflow:hidden"><p>One</p><p>Two</p></div>', "clipped: "),
        (
            '<p style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">No title at all</p>',
            "clipped: ",
        ),
        ('<button style="width:40px;height:40px"></button>', "name: <button> has no accessible name"),
        ('<a href="#x"><img src="data:," alt=""></a>', "name: <a> has no accessible name"),
        ("<input>", "name: <input> has no accessible name"),
        ('<img src="data:,">', "name: <img> has no alt"),
        ('<button style="width:12px;height:12px;padding:0">x</button>', "target: <button> is 12 x 12"),
        ("<h1>Second</h1>", "structure: 2 times h1"),
        ("<nav><a href='#x'>More</a></nav>", "structure: <nav> has no label"),
        ('<p id="x">Again</p>', "structure: id x twice"),
    ],
)
def test_a_planted_fault_is_found(chromium_page: Page, planted: str, fault: str) -> None:
    assert any(fault in one for one in found(chromium_page, planted, width=390))


@pytest.mark.parametrize(
    "planted",
    [
        '<p title="Whole" style="width:60px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis">Whole text</p>',
        '<div style="width:100px;overflow-x:auto"><p style="width:900px">A strip that is pushed sideways</p></div>',
        '<p hidden style="color:#fefefe">Not shown</p>',
        '<p style="background:#000;color:#fff">Inverted</p>',
    ],
)
def test_what_only_looks_like_a_fault_passes(chromium_page: Page, planted: str) -> None:
    assert found(chromium_page, planted, width=390) == []

"""The wire contract under hostile bytes: one kind of error, no cost that grows faster than the message."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime import wire
from worktime.errors import FairhourError, Problem
from worktime.slots import SLOT_S

SLOT = 2_490_000
START = SLOT * SLOT_S
JOB = UUID(int=1)


def batch(**changed: Any) -> bytes:
    """One good segment in a batch, with fields of the segment changed."""
    span = {"start": START, "end": START + 5, "work_view": True}
    segment = {"job": str(JOB), "slot": SLOT, "revision": 1, "spans": [span], **changed}
    return json.dumps({"v": 1, "device": str(UUID(int=2)), "segments": [segment]}).encode()


def refusal(raw: bytes, kind: type[msgspec.Struct] = wire.SegmentBatch, **limits: int) -> Problem:
    """Return the problem that decoding raises; nothing else may come out."""
    with pytest.raises(FairhourError) as caught:
        wire.decode(raw, kind, **limits)
    return caught.value.problem


PICTURE = {
    "id": str(UUID(int=3)),
    "sha256": "a" * 64,
    "size": 1000,
    "width": 1920,
    "height": 1080,
    "monitors": 1,
    "taken_at": START + 3,
}


def test_a_good_batch_is_understood() -> None:
    found = wire.decode(batch(picture=PICTURE, comment="two\nlines\tand a tab"), wire.SegmentBatch)
    (segment,) = found.segments
    assert (segment.tracked_s, segment.intervals) == (5, ((START, START + 5),))
    assert segment.picture is not None


def test_a_picture_has_as_many_pixels_as_a_marketplace_decodes_and_no_more() -> None:
    two_4k = {**PICTURE, "width": 7680, "height": 2160}
    assert wire.decode(batch(picture=two_4k), wire.SegmentBatch).segments[0].picture is not None
    problem = refusal(batch(picture={**PICTURE, "width": 7680, "height": 4320}))
    assert problem.code == "malformed"
    assert "7680 x 4320 has 33177600 pixels; 16600000 are allowed" in problem.message
    with pytest.raises(ValueError, match="16600000 are allowed"):
        wire.PictureRef(UUID(int=1), "a" * 64, 1, wire.MAX_PICTURE_PIXELS, 2, 1, START)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"\xef\xbb\xbf" + batch(),
        batch().decode().encode("utf-16"),
        batch() + b" x",
        b"[" * 500_000,
        b'{"x":' + b"[" * 500_000,
        b'{"v":1,"device":' + b'{"a":' * 300_000,
        b'{"v":NaN}',
        b'{"v":-Infinity}',
        b'{"v":' + b"9" * 100_000 + b"}",
        b'{"v":1e400}',
        batch(comment="X").replace(b'"X"', b'"\\ud800"'),
        batch(comment="X").replace(b'"X"', b'"\\ud800x"'),
        batch(comment="X").replace(b'"X"', b'"\\udc00\\ud800"'),
        batch(comment="X").replace(b'"X"', b'"\xed\xa0\x80"'),
        batch(comment="X").replace(b'"X"', b'"\xff"'),
        batch(comment="a\0b"),
        batch(comment="\x1b[31m"),
        batch(comment="\x7f"),
        batch(comment="x" * 501),
        batch(unknown=1),
        batch(active_s=True),
        batch(active_s=1.0),
        batch(active_s=721),
        batch(active_s=-1),
        batch(keys=2**80),
        batch(revision=0),
        batch(revision="1"),
        batch(job="urn:uuid:00000000-0000-0000-0000-00000000000a"),
        batch(job="../../etc"),
        batch(flags=["clock_jump"] * 17),
        batch(flags=["x"]),
        batch(spans=[{"start": START, "end": START + 5, "work_view": 1}]),
        batch(spans=[{"start": START + 0.5, "end": START + 5, "work_view": True}]),
        batch(spans=[{"start": START, "end": START, "work_view": True}]),
        batch(spans=[{"start": START - 1, "end": START + 5, "work_view": True}]),
        batch(spans=[{"start": START, "end": START + 721, "work_view": True}]),
        batch(spans=[{"start": START, "end": START + 5, "work_view": True}] * 2),
        batch(spans=[{"start": START, "end": START + 5, "work_view": True}] * 721),
        batch(spans=[], slot=wire.MAX_SLOT + 1),
        batch(idle=[[START + 4, START + 9]]),
        batch(idle=[[START + 9, START + 9]]),
        batch(idle=[[START + 9, START + 12], [START + 12, START + 13]]),
        batch(idle=[[START + 9, START + 12, 1]]),
        batch(idle=[[START + 700, START + 721]]),
        batch(deleted=[[START + 4, START + 9]]),
        batch(deleted=[[START - 9, START - 4]]),
        batch(deleted=[[START + 9, START + 12]], idle=[[START + 11, START + 15]]),
        batch(picture=PICTURE, no_picture="failed"),
        batch(picture={**PICTURE, "taken_at": START + 720}),
        batch(picture={**PICTURE, "taken_at": START - 1}),
        batch(picture={**PICTURE, "sha256": "a" * 64 + "\n"}),
        batch(picture={**PICTURE, "sha256": "A" * 64}),
        batch(picture={**PICTURE, "size": wire.MAX_PICTURE_BYTES + 1}),
        batch(picture={**PICTURE, "width": 65_536}),
        batch().replace(b'"v": 1', b'"v": null'),
        batch().replace(b'"v": 1', b'"v": true'),
        batch().replace(b'"v": 1', b'"v": "1"'),
        batch().replace(b'"v": 1, ', b""),
        b'{"v":1,"device":"00000000-0000-0000-0000-000000000002","segments":[]}',
        b'{"v":1,"device":"00000000-0000-0000-0000-000000000002","device_name":"\\u0000","segments":[]}',
    ],
    ids=lambda raw: repr(raw[:60]),
)
def test_what_is_wrong_is_refused_for_good(raw: bytes) -> None:
    problem = refusal(raw)
    assert problem.code == "malformed"
    assert not problem.retryable
    assert len(problem.message) < 300


def span(start: int, end: int) -> dict[str, object]:
    return {"start": START + start, "end": START + end, "work_view": True}


@pytest.mark.parametrize(
    ("changed", "where", "what"),
    [
        ({"spans": [{"start": -1, "end": 5, "work_view": True}]}, "$.segments[0].spans[0].start", ">= 0"),
        ({"spans": [span(0, 5), {"start": START, "end": START + 5}]}, "$.segments[0].spans[1]", "`work_view`"),
        ({"spans": [span(0, 5), span(4, 9)]}, "$.segments[0]", f"spans[1], {START + 4}..{START + 9}, is empty, leaves"),
        ({"spans": [span(0, 721)]}, "$.segments[0]", f"spans[0], {START}..{START + 721}, is empty, leaves slot {SLOT}"),
        ({"idle": [[START + 9, START + 721]]}, "$.segments[0]", "idle must be intervals that are sorted, apart and"),
        ({"idle": [[START + 9, "x"]]}, "$.segments[0].idle[0][1]", "Expected `int`, got `str`"),
        ({"deleted": [[START - 1, START + 1]]}, "$.segments[0]", "deleted must be intervals that are sorted, apart"),
        ({"idle": [[START + 4, START + 9]]}, "$.segments[0]", "a second is in spans, idle or deleted, and only in one"),
        (
            {"picture": {**PICTURE, "taken_at": START - 1}},
            "$.segments[0]",
            f"picture.taken_at, {START - 1}, is outside",
        ),
        ({"picture": {**PICTURE, "size": 0}}, "$.segments[0].picture.size", ">= 1"),
        ({"picture": {**PICTURE, "sha256": "0"}}, "$.segments[0].picture.sha256", "regex"),
        ({"picture": {**PICTURE, "width": 65535, "height": 65535}}, "$.segments[0].picture", "16600000 are allowed"),
        ({"picture": PICTURE, "no_picture": "late"}, "$.segments[0]", "(no_picture), not both"),
        ({"active_s": 721}, "$.segments[0].active_s", "<= 720"),
        ({"slot": wire.MAX_SLOT + 1}, "$.segments[0].slot", f"<= {wire.MAX_SLOT}"),
        ({"revision": 0}, "$.segments[0].revision", ">= 1"),
        ({"flags": ["clock_jump", "x"]}, "$.segments[0].flags[1]", "Invalid enum value 'x'"),
        ({"comment": 5}, "$.segments[0].comment", "Expected `str`, got `int`"),
        ({"surprise": 1}, "$.segments[0]", "unknown field `surprise`"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(changed: dict[str, Any], where: str, what: str) -> None:
    problem = refusal(batch(**changed))
    assert f"- at `{where}`" in problem.message
    assert what in problem.message


@pytest.mark.parametrize(
    "changed",
    [
        {"slot": -1, "spans": ()},
        {"slot": wire.MAX_SLOT + 1, "spans": ()},
        {"revision": 0},
        {"revision": wire.MAX_REVISION + 1},
        {"active_s": -1},
        {"active_s": 721},
        {"keys": -1},
        {"clicks": wire.MAX_COUNT + 1},
        {"spans": tuple(wire.Span(START + 2 * at, START + 2 * at + 1, True) for at in range(61))},
        {"spans": (), "idle": tuple((START + 2 * at, START + 2 * at + 1) for at in range(61))},
        {"spans": (), "deleted": tuple((START + 2 * at, START + 2 * at + 1) for at in range(61))},
        {"flags": (wire.Flag.CLOCK_JUMP,) * 17},
    ],
)
def test_a_segment_that_would_be_refused_is_not_built(changed: dict[str, Any]) -> None:
    good: dict[str, Any] = {"job": JOB, "slot": SLOT, "revision": 1, "spans": (wire.Span(START, START + 5, True),)}
    wire.Segment(**good)
    with pytest.raises(ValueError, match="it can be"):
        wire.Segment(**{**good, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"size": 0},
        {"size": wire.MAX_PICTURE_BYTES + 1},
        {"width": 0},
        {"height": -1},
        {"monitors": 0},
        {"sha256": "a" * 63},
        {"sha256": "a" * 64 + "\n"},
    ],
)
def test_a_picture_that_would_be_refused_is_not_built(changed: dict[str, Any]) -> None:
    good: dict[str, Any] = {**PICTURE, "id": JOB}
    wire.PictureRef(**good)
    with pytest.raises(ValueError, match=r"a picture has 1 to|sha256 must"):
        wire.PictureRef(**{**good, **changed})


@pytest.mark.parametrize(
    ("kind", "raw", "where"),
    [
        (wire.PictureReceipt, b'{"id":"%s","sha256":"%s","size":0}' % (str(JOB).encode(), b"a" * 64), "$.size"),
        (wire.BatchReceipt, b'{"now":-1,"receipts":[]}', "$.now"),
        (wire.BatchReceipt, b'{"now":1,"receipts":[{"job":"x"}]}', "$.receipts[0].job"),
        (wire.JobList, b'{"now":1,"person":"p","jobs":[{"currency":"usd"}]}', "$.jobs[0].currency"),
        (wire.JobList, b'{"now":1,"person":"p","jobs":[{"rate_minor":-1}]}', "$.jobs[0].rate_minor"),
        (wire.WeekView, b'{"now":1,"tiles":[{"tracked_s":721}]}', "$.tiles[0].tracked_s"),
    ],
)
def test_an_answer_is_read_as_strictly_as_a_question(kind: type[msgspec.Struct], raw: bytes, where: str) -> None:
    assert f"- at `{where}`" in refusal(raw, kind).message


def test_more_receipts_than_a_batch_has_segments_are_no_answer() -> None:
    receipt = {"job": str(JOB), "slot": 1, "revision": 1, "outcome": "stored", "digest": "a" * 64}
    raw = json.dumps({"now": 1, "receipts": [receipt] * (wire.MAX_BATCH_SEGMENTS + 1)}).encode()
    assert "- at `$.receipts`" in refusal(raw, wire.BatchReceipt).message


def test_too_many_segments() -> None:
    many = json.loads(batch())
    many["segments"] *= wire.MAX_BATCH_SEGMENTS + 1
    assert refusal(json.dumps(many).encode()).code == "malformed"


def test_a_message_above_the_limit_is_not_read() -> None:
    assert refusal(b" " * (wire.MAX_BATCH_BYTES + 1)).code == "too_large"
    assert refusal(batch(), limit=10).code == "too_large"
    assert wire.decode(batch(), wire.SegmentBatch, limit=len(batch())).v == 1


@pytest.mark.parametrize("version", [0, 2, 1_000_000])
def test_another_version_gets_an_answer_that_can_be_shown(version: int) -> None:
    raw = batch(future="field").replace(b'"v": 1', f'"v": {version}'.encode())
    problem = refusal(raw)
    assert problem.code == "version"
    assert f"version {version}" in problem.message


def test_an_old_tracker_can_show_the_problem_of_a_newer_marketplace() -> None:
    raw = b'{"code":"c","title":"t","message":"m","action":"a","retryable":true,"learned_later":[1]}'
    assert wire.decode(raw, Problem) == Problem("c", "t", "m", "a", True)


def test_hostile_intervals_cost_what_their_bytes_cost() -> None:
    spans = [{"start": START + at, "end": START + at + 1, "work_view": True} for at in range(0, 120, 2)]
    idle = [[START + at, START + at + 1] for at in range(1, 120, 2)]
    many = json.loads(batch(spans=spans, idle=idle))
    many["segments"] *= 200
    raw = json.dumps(many).encode()
    assert len(raw) > wire.MAX_BATCH_BYTES / 3
    began = process_time()
    wire.decode(raw, wire.SegmentBatch, limit=len(raw))
    assert process_time() - began < 1


@pytest.mark.parametrize("name", ["spans", "idle", "deleted"])
def test_a_segment_has_at_most_60_intervals_of_a_kind(name: str) -> None:
    def parts(count: int) -> list[object]:
        cuts = [(START + 3 * at, START + 3 * at + 1) for at in range(count)]
        if name != "spans":
            return [list(cut) for cut in cuts]
        return [{"start": start, "end": end, "work_view": True} for start, end in cuts]

    assert wire.decode(batch(**{"spans": [], name: parts(60)}), wire.SegmentBatch).segments
    assert f"$.segments[0].{name}" in refusal(batch(**{"spans": [], name: parts(61)})).message


@given(st.text(st.characters(codec=None), max_size=600))
def test_clean_text_is_always_allowed_and_stays_as_it_is(text: str) -> None:
    cleaned = wire.clean_text(text)
    segment = wire.Segment(job=JOB, slot=SLOT, revision=1, comment=cleaned)
    again = wire.decode(wire.encode(segment), wire.Segment)
    assert again.comment == wire.clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("a\r\nb\rc\n", "a\nb\nc\n"), ("\tx\x00\x1b\x7f\x85y", "\txy"), ("\ud83d\ude00", ""), ("😀", "😀")],
)
def test_what_clean_text_does(text: str, cleaned: str) -> None:
    assert wire.clean_text(text) == cleaned


def test_clean_text_cuts() -> None:
    assert wire.clean_text("x" * 600) == "x" * 500
    assert wire.clean_text("name", 2) == "na"


@pytest.mark.parametrize("comment", ["x" * 501, "\x00", "\ud800"])
def test_a_comment_that_would_be_refused_is_not_built(comment: str) -> None:
    with pytest.raises(ValueError, match="comment"):
        wire.Segment(job=JOB, slot=SLOT, revision=1, comment=comment)


def spread(raw: bytes) -> bytes:
    """The same message with other spelling: keys in another order, white space, escapes, a UUID without dashes."""
    value = json.loads(raw)
    (segment,) = value["segments"]
    segment["job"] = segment["job"].replace("-", "").upper()
    value["segments"] = [dict(reversed(segment.items()))]
    return json.dumps(value, indent=3, ensure_ascii=True).encode()


@pytest.mark.parametrize("respell", [lambda raw: raw, spread])
def test_the_digest_is_of_the_meaning_and_not_of_the_spelling(respell: Callable[[bytes], bytes]) -> None:
    (segment,) = wire.decode(respell(batch(comment="größer 😀")), wire.SegmentBatch).segments
    expected = wire.Segment(
        job=JOB,
        slot=SLOT,
        revision=1,
        spans=(wire.Span(START, START + 5, True),),
        comment="größer 😀",
    )
    assert wire.segment_digest(segment) == wire.segment_digest(expected)


@pytest.mark.parametrize(
    "changed",
    [
        {"revision": 2},
        {"running": True},
        {"comment": "x"},
        {"deleted": [[START + 5, START + 6]]},
        {"idle": [[START + 5, START + 6]]},
        {"keys": 0},
        {"no_picture": "failed"},
        {"picture": PICTURE},
    ],
)
def test_every_change_changes_the_digest(changed: dict[str, Any]) -> None:
    digests = {
        wire.segment_digest(wire.decode(raw, wire.SegmentBatch).segments[0]) for raw in (batch(), batch(**changed))
    }
    assert len(digests) == 2


def test_messages_come_back_as_they_were() -> None:
    week = wire.WeekView(
        now=START,
        job=JOB,
        week_start=START,
        week_end=START,
        state="open",
        submits_at=START,
        review_ends_at=START,
        tracked_s=720,
        rejected_s=0,
        idle_s=0,
        protected_s=0,
        amount_minor=600,
        currency="USD",
        tiles=(
            wire.TileView(
                segment=JOB, slot=SLOT, device=JOB, state=wire.TileState.PICTURE_FOLLOWS, tracked_s=720, idle_s=0
            ),
        ),
        charges=(wire.ChargeView(id=JOB, amount_minor=600, currency="USD", state="done", at=START),),
    )
    assert wire.decode(wire.encode(week), wire.WeekView) == week
    receipt = wire.SegmentReceipt(
        job=JOB,
        slot=SLOT,
        revision=1,
        outcome=wire.Outcome.REFUSED,
        digest="0" * 64,
        problem=Problem("c", "t", "m", "a"),
    )
    answer = wire.BatchReceipt(now=START, receipts=(receipt,))
    assert wire.decode(wire.encode(answer), wire.BatchReceipt) == answer


@pytest.mark.parametrize("redacted", [-1, 1001])
def test_a_picture_has_no_impossible_number_of_hidden_areas(redacted: int) -> None:
    assert refusal(batch(picture={**PICTURE, "redacted": redacted})).code == "malformed"
    with pytest.raises(ValueError, match="redacted is"):
        wire.PictureRef(**{**PICTURE, "id": UUID(int=3), "redacted": redacted})  # type: ignore[arg-type]

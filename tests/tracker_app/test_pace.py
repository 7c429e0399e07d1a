"""When the face is brought up to date: often while somebody looks, at once when something happened, else seldom."""

from __future__ import annotations

from tracker_app.pace import LOOK_BEATS, LOOK_S, QUIET_S, QUIET_UNSEEN_S, SEEN_S, UNSEEN_S, Pace


class Clock:
    """Real seconds, and the age of the last input."""

    at = 100.0
    age_ms: int | None = None

    def __call__(self) -> float:
        return self.at


def refreshed(rate: int = 1) -> tuple[Pace, Clock]:
    clock = Clock()
    pace = Pace(rate, lambda: clock.age_ms, clock)
    assert pace.due(seen=False, news=()), "the first time"
    pace.refreshed()
    return pace, clock


def test_what_is_seen_is_refreshed_at_each_tick_but_no_faster() -> None:
    pace, clock = refreshed()
    clock.at += SEEN_S / 2
    assert not pace.due(seen=True, news=())
    clock.at += SEEN_S / 2
    assert pace.due(seen=True, news=())


def test_what_nobody_sees_is_refreshed_once_a_business_minute() -> None:
    for rate in (1, 60):
        pace, clock = refreshed(rate)
        clock.at += UNSEEN_S / rate - 0.1
        assert not pace.due(seen=False, news=())
        clock.at += 0.1
        assert pace.due(seen=False, news=())


def test_what_happens_is_shown_at_the_next_tick_and_once() -> None:
    pace, _ = refreshed()
    pace.want()
    assert pace.due(seen=False, news=())
    pace.refreshed()
    assert not pace.due(seen=False, news=())
    assert pace.due(seen=False, news=("the disk is full",))
    pace.refreshed()
    assert not pace.due(seen=False, news=("the disk is full",))
    assert pace.due(seen=False, news=())


def test_what_may_have_happened_is_looked_at_every_second_tick_at_least_and_always_while_somebody_looks() -> None:
    for rate in (1, 60):
        pace, clock = refreshed(rate)
        assert pace.look(seen=False), "the first time"
        clock.at += LOOK_S / rate * 0.99
        assert not pace.look(seen=False)
        assert pace.look(seen=True)
        clock.at += LOOK_S / rate
        assert pace.look(seen=False)
        pace.want()
        assert pace.look(seen=False)
        pace.refreshed()
        assert not pace.look(seen=False)


def test_beats_look_for_news_now_and_then_and_leave_it_to_the_next_tick_to_show_them() -> None:
    pace, _ = refreshed()
    asked: list[str] = []

    def full() -> str:
        asked.append("full")
        return "the disk is full"

    assert [pace.stirs(lambda: ()) for _ in range(2 * LOOK_BEATS)] == [False] * 2 * LOOK_BEATS
    assert [pace.stirs(full) for _ in range(2 * LOOK_BEATS)] == [*[False] * (LOOK_BEATS - 1), True] * 2
    assert len(asked) == 2
    assert pace.due(seen=False, news="the disk is full")
    assert not any(pace.stirs(full) for _ in range(LOOK_BEATS)), "it is known now"


def test_ticks_rest_until_the_next_refresh_is_due_and_not_while_somebody_looks_or_something_happened() -> None:
    for rate in (1, 60):
        pace, clock = refreshed(rate)
        assert pace.rest_s(seen=False) == UNSEEN_S / rate
        clock.at += UNSEEN_S / rate * 0.5
        assert pace.rest_s(seen=False) == UNSEEN_S / rate * 0.5
        clock.at += UNSEEN_S
        assert pace.rest_s(seen=False) == SEEN_S, "it is late, and comes soon"
        assert pace.rest_s(seen=True) is None
        pace.want()
        assert pace.rest_s(seen=False) is None


def test_while_nothing_is_touched_the_tip_is_refreshed_less_often_and_soon_after_somebody_is_back() -> None:
    for rate in (1, 60):
        pace, clock = refreshed(rate)
        pace.look(seen=False)
        clock.age_ms = round(QUIET_S * 1000)
        assert any(pace.stirs(lambda: ()) for _ in range(LOOK_BEATS)), "it got quiet: that is told"
        clock.at += UNSEEN_S / rate
        assert pace.look(seen=False)
        assert not pace.due(seen=False, news=())
        assert (pace.quiet, pace.rest_s(seen=False)) == (True, (QUIET_UNSEEN_S - UNSEEN_S) / rate)
        assert not any(pace.stirs(lambda: ()) for _ in range(LOOK_BEATS))
        clock.age_ms = 10
        clock.at += LOOK_BEATS / rate
        assert [pace.stirs(lambda: ()) for _ in range(LOOK_BEATS)] == [*[False] * (LOOK_BEATS - 1), True]
        assert pace.look(seen=False)
        assert pace.due(seen=False, news=()), "who is back may look at the tip"
        pace.refreshed()
        assert (pace.quiet, pace.rest_s(seen=False)) == (False, UNSEEN_S / rate)


def test_a_rest_without_input_ends_with_what_time_alone_brings() -> None:
    pace, clock = refreshed()
    clock.age_ms = 3_600_000
    assert pace.look(seen=False)
    clock.at += QUIET_UNSEEN_S - 1
    assert not pace.due(seen=False, news=())
    clock.at += 1
    assert pace.due(seen=False, news=())


def test_it_is_not_quiet_where_somebody_looks_or_no_input_is_known_of() -> None:
    pace, clock = refreshed()

    def quiet(age_ms: int | None, *, seen: bool = False) -> bool:
        clock.age_ms = age_ms
        clock.at += LOOK_S
        assert pace.look(seen=seen)
        return pace.quiet

    long_ms = round(QUIET_S * 1000)
    assert not quiet(long_ms - 1)
    assert not quiet(long_ms, seen=True), "a window is open"
    assert quiet(long_ms)
    clock.age_ms = None
    assert any(pace.stirs(lambda: ()) for _ in range(LOOK_BEATS))
    assert not quiet(None)


def test_from_one_look_to_the_next_it_is_four_seconds_whenever_ticks_come_in_between() -> None:
    """Or a full disk would be told later than five seconds after it got full."""
    for ticked_after in range(LOOK_BEATS):
        pace, clock = refreshed()
        pace.look(seen=False)
        for _ in range(ticked_after):
            clock.at += 1
            assert not pace.stirs(lambda: "full")
        pace.want()
        assert pace.look(seen=False), "something happened"
        pace.due(seen=False, news=())
        pace.refreshed()
        beats = 1
        while not pace.stirs(lambda: "full"):
            beats += 1
        clock.at += beats
        assert (beats, pace.look(seen=False)) == (LOOK_BEATS, True)

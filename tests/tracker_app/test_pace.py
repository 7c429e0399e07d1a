"""When the face is brought up to date: often while somebody looks, at once when something happened, else seldom."""

from __future__ import annotations

from tracker_app.pace import LOOK_BEATS, LOOK_S, SEEN_S, UNSEEN_S, Pace


class Clock:
    at = 100.0

    def __call__(self) -> float:
        return self.at


def refreshed(rate: int = 1) -> tuple[Pace, Clock]:
    clock = Clock()
    pace = Pace(rate, clock)
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


def test_beats_look_for_news_at_every_third_and_leave_it_to_the_next_tick_to_show_them() -> None:
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

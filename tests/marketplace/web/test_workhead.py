"""The head of the Work View page, and which parts of the page are sent again."""

from dataclasses import replace
from uuid import UUID

import pytest

from marketplace.web.hourspart import HoursPart
from marketplace.web.workhead import Page, Week, build_head, changed_parts, empty_words, parse_have
from marketplace.web.workpage import Reader, build_days
from tests.marketplace.web.test_workpage import MONDAY, NOON, WEEK, source
from worktime import weeks

READER = Reader("Europe/Berlin")
NO_HOURS = HoursPart((), 0, "", False)
OPEN = Week(
    start=MONDAY,
    end=WEEK[1],
    state="open",
    submit_due=weeks.submit_due(MONDAY),
    review_ends=weeks.review_end(MONDAY),
    tracked_s=3600,
    rejected_s=0,
    idle_s=0,
    protected_s=2880,
    amount_minor=3000,
    currency="USD",
    authorized_s=36_000,
    job_started=MONDAY,
    ready=True,
    not_ready_reason="",
    unprotected=(("no picture", 720),),
)


def page(*slots: int, week: Week = OPEN, since: int = 1) -> Page:
    sources = [source(slot) for slot in slots]
    days = build_days(sources, [(s.slot * 720, s.slot * 720 + 720) for s in sources], WEEK, READER)
    return Page(UUID(int=1), since, 5, build_head(week, READER, freelancer=False), days, NO_HOURS)


def digests(shown: Page) -> dict[str, str]:
    have = {"totals": shown.head.digest, "ready": shown.head.ready_digest, "strip": shown.strip_digest}
    have["protection"] = shown.head.protection_digest
    have |= {"days": shown.shape, "other-hours": shown.hours.digest}
    for day in shown.shown_days:
        have |= {day.id: day.shape, f"{day.id}-head": day.head_digest}
        have |= {hour.id: hour.digest for hour in day.hours}
    return have


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "submits Mon 24 Nov, 07:00 ET (13:00 your time)"),
        ("submitted", "until Fri 28 Nov, 23:59 ET (Sat 05:59 your time)"),
        ("charging", "review ended Fri 28 Nov, 23:59 ET (Sat 05:59 your time)"),
        ("charged", "review ended Fri 28 Nov, 23:59 ET (Sat 05:59 your time)"),
        ("failed", "what stands was not paid yet"),
        ("closed", "nothing to charge"),
    ],
)
def test_every_state_of_a_timesheet_says_what_is_next(state: str, words: str) -> None:
    head = build_head(replace(OPEN, state=state), READER, freelancer=False)
    assert head.state_words == words
    assert head.state_name != state


def test_only_the_freelancer_reads_what_is_protected_and_why_the_rest_is_not() -> None:
    week = replace(OPEN, unprotected=(("rejected", 720), ("while Work View was off", 71), ("on Mars", 0)))
    assert build_head(week, READER, freelancer=True).protection == (
        "Protected: 48 min. Not protected: 12 min rejected, 1 min 11 s while Work View was off."
    )
    assert build_head(week, READER, freelancer=False).protection == ""
    assert build_head(replace(OPEN, unprotected=()), READER, freelancer=True).protection == "Protected: 48 min."


def test_nothing_is_sent_to_a_browser_that_has_everything() -> None:
    shown = page(NOON, NOON + 1)
    assert changed_parts(shown, digests(shown)) == ()


def test_a_new_tile_in_a_known_hour_sends_that_hour_the_sums_and_nothing_else() -> None:
    before, after = page(NOON, NOON + 10), page(NOON, NOON + 1, NOON + 10)
    assert [part.template for part in changed_parts(after, digests(before))] == ["strip", "day_head", "hour"]


def test_a_new_hour_sends_its_day_and_a_new_day_all_days() -> None:
    before = page(NOON)
    assert [p.template for p in changed_parts(page(NOON, NOON + 5), digests(before))] == ["strip", "day"]
    assert [p.template for p in changed_parts(page(NOON, NOON + 120), digests(before))] == ["strip", "days"]


def test_new_totals_are_sent_alone() -> None:
    before = page(NOON)
    after = page(NOON, week=replace(OPEN, amount_minor=1))
    assert [p.template for p in changed_parts(after, digests(before))] == ["totals"]


def test_a_job_that_is_not_ready_any_more_is_sent_alone() -> None:
    after = page(NOON, week=replace(OPEN, ready=False, not_ready_reason="A payment failed."))
    assert [p.template for p in changed_parts(after, digests(page(NOON)))] == ["ready"]


def test_a_browser_that_says_nothing_gets_everything() -> None:
    assert [p.template for p in changed_parts(page(NOON), {})] == [
        "totals",
        "ready",
        "protection",
        "hours",
        "strip",
        "days",
    ]


def test_what_a_browser_has_is_read_and_nonsense_is_nothing() -> None:
    assert parse_have("totals:abc,days:def") == {"totals": "abc", "days": "def"}
    assert parse_have("nonsense,,") == {}


def test_a_week_before_the_job_says_when_it_began() -> None:
    before = replace(OPEN, job_started=WEEK[1])
    assert empty_words(before, READER, MONDAY, freelancer=False).startswith("The job began later, Mon 24 Nov, 00:00 ET")


@pytest.mark.parametrize(
    ("now", "freelancer", "start"),
    [
        (MONDAY - 1, False, "This week has not begun. It starts Mon 17 Nov, 00:00 ET (06:00 your time)."),
        (WEEK[1], False, "Nothing was recorded in this week, so there is nothing to review"),
        (MONDAY, False, "Nothing is recorded yet in this week. As soon as the freelancer starts"),
        (MONDAY, True, "Nothing is recorded yet in this week. Start the tracker on this job"),
    ],
)
def test_an_empty_week_says_why_and_what_happens_next(now: int, freelancer: bool, start: str) -> None:
    assert empty_words(OPEN, READER, now, freelancer=freelancer).startswith(start)

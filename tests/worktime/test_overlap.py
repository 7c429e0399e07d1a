"""Whose second it is, for claims of any shape: against a look at each second, and by example."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from worktime.intervals import total
from worktime.overlap import Claim, Rank, award

ONE, TWO = UUID(int=1), UUID(int=2)
JOB, OTHER = UUID(int=0xA), UUID(int=0xB)

CLAIMS = st.lists(
    st.builds(
        lambda start, length, device, job, rank: Claim(start, start + length, device, job, rank),
        st.integers(0, 30),
        st.integers(1, 15),
        st.sampled_from((ONE, TWO)),
        st.sampled_from((JOB, OTHER)),
        st.sampled_from(Rank),
    ),
    max_size=10,
)


@given(CLAIMS)
def test_every_claimed_second_is_given_to_one_claim_of_the_smallest_rank(claims: list[Claim]) -> None:
    won = award(claims)
    for second in range(50):
        claiming = [claim for claim in claims if claim.start <= second < claim.end]
        holders = [
            claim
            for claim, pieces in zip(claims, won, strict=True)
            if any(start <= second < end for start, end in pieces)
        ]
        assert len(holders) == bool(claiming)
        assert all(holder in claiming for holder in holders)
        if claiming:
            assert holders[0].rank is min(claim.rank for claim in claiming)


@given(CLAIMS)
def test_pieces_are_in_order_and_as_long_as_can_be(claims: list[Claim]) -> None:
    for pieces in award(claims):
        assert list(pieces) == sorted(pieces)
        assert all(before[1] < after[0] for before, after in pairwise(pieces))


@given(CLAIMS, st.randoms())
def test_the_order_in_which_claims_are_given_moves_no_second(claims: list[Claim], order: Random) -> None:
    def seconds(given_claims: list[Claim]) -> dict[tuple[UUID, UUID, Rank], int]:
        out: dict[tuple[UUID, UUID, Rank], int] = {}
        for claim, pieces in zip(given_claims, award(given_claims), strict=True):
            out[claim[2:]] = out.get(claim[2:], 0) + total(pieces)
        return out

    shuffled = list(claims)
    order.shuffle(shuffled)
    assert seconds(claims) == seconds(shuffled)


def test_a_piece_is_not_cut_where_another_claim_starts_or_ends() -> None:
    assert award([Claim(0, 30, ONE, JOB), Claim(5, 10, TWO, JOB)]) == [((0, 30),), ()]


def test_an_interval_goes_on_behind_a_claim_inside_it() -> None:
    # The first device's last claim follows its longest one without a gap, so it started at 0, before the second's.
    claims = [Claim(0, 20, ONE, JOB), Claim(5, 8, ONE, JOB), Claim(20, 30, ONE, JOB), Claim(10, 30, TWO, JOB)]
    assert award(claims)[2:] == [((20, 30),), ()]


def test_a_new_interval_starts_after_a_gap() -> None:
    claims = [Claim(0, 10, ONE, JOB), Claim(11, 30, ONE, JOB), Claim(5, 30, TWO, JOB)]
    assert award(claims) == [((0, 10),), (), ((10, 30),)]


def test_nothing_claimed() -> None:
    assert award([]) == []

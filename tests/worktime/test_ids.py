"""UUIDv7 as RFC 9562 lays it out."""

from __future__ import annotations

from uuid import RFC_4122

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worktime.ids import uuid7


def test_the_example_of_the_rfc() -> None:
    # RFC 9562, A.6: 2022-02-22 14:22:22 -05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    random = (0xCC3 << 62 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert str(uuid7(0x017F22E279B0, random)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=16))
def test_time_version_variant_and_randomness_are_where_they_belong(ms: int, random: bytes) -> None:
    made = uuid7(ms, random)
    bits = int.from_bytes(random[:10], "big") & ((1 << 74) - 1)
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == ms
    assert (made.int >> 64 & 0xFFF) << 62 | made.int & (1 << 62) - 1 == bits


@given(st.integers(0, 2**48 - 2), st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_a_later_millisecond_sorts_later(ms: int, first: bytes, second: bytes) -> None:
    assert uuid7(ms, first) < uuid7(ms + 1, second)


@pytest.mark.parametrize(("ms", "random"), [(-1, bytes(10)), (2**48, bytes(10)), (0, bytes(9))])
def test_what_does_not_fit_is_refused(ms: int, random: bytes) -> None:
    with pytest.raises(ValueError, match="a UUIDv7"):
        uuid7(ms, random)

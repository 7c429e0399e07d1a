"""Screenshots that are not kept here any more come from the marketplace, over a connection that is kept for a while."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest

from sync.secrets import Place, SecretStore
from sync.signin import SignIn
from tests.tracker_app.small_marketplace import SmallMarketplace
from tracker_app.far_pictures import FarPictures
from worktime.errors import FairhourError
from worktime.wire import PictureRef

SENT = b"RIFF a picture"


def shot(number: int) -> PictureRef:
    digest = hashlib.sha256(SENT).hexdigest()
    return PictureRef(id=UUID(int=number), sha256=digest, size=14, width=9, height=9, monitors=1, taken_at=0)


def signed_in(market: SmallMarketplace) -> SignIn:
    store = SecretStore()
    store.place = Place.MEMORY
    made = SignIn(market.address, "fairhour-tracker", store)
    made.adopt("r1")
    return made


def test_pictures_come_over_one_connection_until_it_rests_or_somebody_else_signs_in() -> None:
    with SmallMarketplace() as market:
        market.by_id = {UUID(int=1): SENT, UUID(int=2): SENT}
        used = [signed_in(market)]
        far = FarPictures(lambda: used[-1])
        counts = []
        for before in ("nothing", "nothing", "rest", "sign-in"):
            if before == "rest":
                far.rest()
            elif before == "sign-in":
                used.append(signed_in(market))
            assert far.fetch(shot(1), lambda: True) == SENT
            counts.append(market.connections)
        assert counts == [1, 1, 2, 3]
        with pytest.raises(FairhourError, match="no_such_picture"):
            far.fetch(shot(3), lambda: True)
        far.rest()
        far.rest()


def test_before_anybody_signed_in_that_is_said() -> None:
    with pytest.raises(FairhourError, match="signed_out"):
        FarPictures(lambda: None).fetch(shot(1), lambda: True)

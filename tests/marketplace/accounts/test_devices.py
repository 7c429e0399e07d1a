"""The trackers of a person: rotation, a lost answer, a stolen token, the list, and signing one out."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from allauth.idp.oidc.models import Token
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from marketplace.accounts import devices
from marketplace.accounts.devices import GRACE, NOTED_EVERY, devices_of
from marketplace.accounts.models import Device, DeviceToken, ReplacedToken
from marketplace.accounts.provider import CLIENT_ID, issue_refresh_token
from marketplace.accounts.tokens import clear_expired
from tests.marketplace.conftest import People
from tests.marketplace.support import Api, token_request

pytestmark = pytest.mark.django_db
LAPTOP = {"device": "01930000-0000-7000-8000-00000000000d", "device_name": "laptop"}
DESK = {"device": "01930000-0000-7000-8000-00000000000e", "device_name": "desk"}


def refreshed(token: str, **more: str) -> dict[str, Any]:
    """Return new tokens; the refresh must be granted."""
    answer = token_request(token, **{**LAPTOP, **more})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def refused(token: str, **more: str) -> bool:
    """Tell whether the token is refused for good, as the tracker understands it."""
    answer = token_request(token, **{**LAPTOP, **more})
    return (answer.status_code, answer.json().get("error")) == (400, "invalid_grant")


def opens(people: People, access: str) -> bool:
    """Use an access token at the API, as freelancer."""
    return bool(Api(people.freelancer, access).get("/jobs").status_code == 200)


def test_each_refresh_gives_a_new_token_and_ends_what_the_tracker_had(people: People) -> None:
    first = refreshed(issue_refresh_token(user=people.freelancer))
    assert set(first["scope"].split()) == {"openid", "tracker"}
    second = refreshed(first["refresh_token"])
    assert opens(people, second["access_token"])
    assert not opens(people, first["access_token"])
    assert Token.objects.count() == DeviceToken.objects.count() == 2


def test_when_the_answer_is_lost_the_same_token_works_again_until_an_answer_arrives(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    lost = [refreshed(token), refreshed(token)]
    arrived = refreshed(token)
    assert opens(people, arrived["access_token"])
    for answer in lost:
        assert not opens(people, answer["access_token"])
    assert refreshed(arrived["refresh_token"])
    device = Device.objects.get()
    assert (device.user, device.name) == (people.freelancer, "laptop")


def test_a_line_that_loses_every_fifth_answer_signs_nobody_out(people: People) -> None:
    chance, token, lost = random.Random(6), issue_refresh_token(user=people.freelancer), 0
    for _ in range(40):
        while (answer := refreshed(token)) and chance.random() < 0.2:
            lost += 1
        assert opens(people, answer["access_token"])
        token = answer["refresh_token"]
    assert lost > 5


def test_a_token_whose_successor_was_used_is_stolen_goods_and_ends_the_whole_sign_in(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    arrived = refreshed(token)
    assert opens(people, arrived["access_token"])
    assert refused(token)
    assert refused(arrived["refresh_token"])
    assert not opens(people, arrived["access_token"])
    assert not Device.objects.exists()
    assert not Token.objects.exists()


def test_a_successor_that_was_refreshed_was_used(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    arrived = refreshed(refreshed(token)["refresh_token"])
    assert refused(token)
    assert not opens(people, arrived["access_token"])


def test_an_answer_that_was_lost_and_shows_up_is_stolen_goods(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    lost = refreshed(token)
    arrived = refreshed(token)
    assert refused(lost["refresh_token"])
    assert refused(arrived["refresh_token"])


def test_the_grace_has_an_end(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    lost = refreshed(token)
    Device.objects.update(signed_in_at=timezone.now() - 2 * GRACE)
    ReplacedToken.objects.update(replaced_at=timezone.now() - GRACE + timedelta(minutes=1))
    assert refreshed(token)
    ReplacedToken.objects.update(replaced_at=timezone.now() - GRACE - timedelta(seconds=1))
    assert refused(token)
    assert not opens(people, lost["access_token"])
    assert not Device.objects.exists()


def test_the_grace_is_for_the_same_device(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    refreshed(token)
    assert refused(token, **DESK)
    assert not Device.objects.exists()


def test_a_grant_that_is_refused_brings_no_token_back_to_life(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    refreshed(token)
    before = set(Token.objects.values_list("hash", flat=True))
    answer = token_request(token, **LAPTOP, scope="email")
    assert answer.status_code == 400
    assert set(Token.objects.values_list("hash", flat=True)) == before


def test_other_trackers_of_the_same_person_stay(people: People) -> None:
    laptop = issue_refresh_token(user=people.freelancer)
    desk = refreshed(issue_refresh_token(user=people.freelancer), **DESK)
    opens(people, refreshed(laptop)["access_token"])
    assert refused(laptop)
    assert refreshed(desk["refresh_token"], **DESK)
    assert [device.name for device in devices_of(people.freelancer)] == ["desk"]


def test_a_token_from_before_trackers_were_listed_gets_its_place(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    Device.objects.all().delete()
    assert opens(people, refreshed(token)["access_token"])
    assert [device.name for device in devices_of(people.freelancer)] == ["laptop"]


def test_signing_in_again_on_the_same_device_takes_the_place_of_the_earlier_sign_in(people: People) -> None:
    old = refreshed(issue_refresh_token(user=people.freelancer))
    new = refreshed(issue_refresh_token(user=people.freelancer))
    assert refused(old["refresh_token"])
    assert refreshed(new["refresh_token"])
    assert Device.objects.count() == 1
    # Another person on the same computer is another sign-in.
    refreshed(issue_refresh_token(user=people.other))
    assert Device.objects.count() == 2


def test_the_last_use_is_noted_now_and_then(people: People) -> None:
    access = refreshed(issue_refresh_token(user=people.freelancer))["access_token"]
    just, long_ago = timezone.now() - timedelta(seconds=9), timezone.now() - NOTED_EVERY - timedelta(days=1)
    for then, noted in ((just, False), (long_ago, True)):
        Device.objects.update(last_used_at=then)
        assert opens(people, access)
        assert (Device.objects.get().last_used_at != then) is noted


def test_a_sign_in_ends_a_year_after_it_however_often_it_is_used(people: People) -> None:
    held = refreshed(issue_refresh_token(user=people.freelancer))
    Device.objects.update(signed_in_at=timezone.now() - timedelta(days=364))
    held = refreshed(held["refresh_token"])
    left = Token.objects.get(type=Token.Type.REFRESH_TOKEN).expires_at - timezone.now()
    assert timedelta(hours=23) < left < timedelta(days=1), "no token outlives it"
    Device.objects.update(signed_in_at=timezone.now() - timedelta(days=365, seconds=1))
    assert refused(held["refresh_token"])
    assert not opens(people, held["access_token"])
    assert not Device.objects.exists()


def test_signing_in_again_begins_another_year(people: People, settings: Settings) -> None:
    settings.SIGN_IN_DAYS = 10
    owner, tracker = people.freelancer, devices.Installation(UUID(LAPTOP["device"]), "laptop")
    began = timezone.now() - timedelta(days=9)
    tokens = [issue_refresh_token(user=owner) for _time in range(2)]
    Device.objects.all().delete()
    assert devices.begin(owner, tokens[:1], tracker, began).unknown
    begun = devices.begin(owner, tokens[1:], tracker, timezone.now())
    assert (begun.device.first_used_at, begun.unknown) == (began, False)
    assert timedelta(days=9) < begun.device.signed_in_at - began


def test_what_has_no_token_left_is_not_listed_and_is_forgotten(people: People) -> None:
    opens(people, refreshed(issue_refresh_token(user=people.freelancer))["access_token"])
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not devices_of(people.freelancer)
    clear_expired()
    assert not Device.objects.exists()
    assert not ReplacedToken.objects.exists()


def test_replaced_tokens_are_forgotten_when_they_would_have_expired(people: People) -> None:
    refreshed(refreshed(issue_refresh_token(user=people.freelancer))["refresh_token"])
    one, _two = ReplacedToken.objects.all()
    ReplacedToken.objects.filter(pk=one.pk).update(replaced_at=timezone.now() - timedelta(days=90, seconds=1))
    clear_expired()
    assert ReplacedToken.objects.count() == 1


def test_the_tracker_signs_itself_out(people: People) -> None:
    held = refreshed(issue_refresh_token(user=people.freelancer))
    form = {"token": held["refresh_token"], "token_type_hint": "refresh_token", "client_id": CLIENT_ID}
    wrong = Client().post("/identity/o/api/revoke", {**form, "client_id": "nobody"})
    assert wrong.status_code == 401
    assert opens(people, held["access_token"]), "who is refused has ended nothing"
    assert Client().post("/identity/o/api/revoke", form).status_code == 200
    assert not opens(people, held["access_token"])
    assert refused(held["refresh_token"])
    assert not Device.objects.exists()


def test_a_tracker_that_lost_an_answer_signs_itself_out_just_as_well(people: People) -> None:
    held = issue_refresh_token(user=people.freelancer)
    lost = refreshed(held)
    form = {"token": held, "token_type_hint": "refresh_token", "client_id": CLIENT_ID}
    assert Client().post("/identity/o/api/revoke", {**form, "client_id": "nobody"}).status_code == 401
    assert Device.objects.exists(), "who is refused has ended nothing"
    assert Client().post("/identity/o/api/revoke", form).status_code == 200
    assert not opens(people, lost["access_token"])
    assert refused(held)
    assert not Device.objects.exists()
    assert not Token.objects.exists()


def test_the_list_shows_the_trackers_of_one_person(people: People) -> None:
    refreshed(issue_refresh_token(user=people.freelancer))
    refreshed(issue_refresh_token(user=people.other), **{**DESK, "device_name": "<b>desk</b>"})
    page = shown(people, "/devices/")
    assert "laptop" in page
    assert "Last used " in page
    assert "desk" not in page
    Device.objects.update(name="")
    assert "A tracker without a name" in shown(people, "/devices/")


def test_signing_a_tracker_out_asks_and_then_takes_effect_at_once(people: People) -> None:
    held = refreshed(issue_refresh_token(user=people.freelancer))
    address = f"/devices/{Device.objects.get().pk}/sign-out"
    assert "Sign out laptop?" in shown(people, address)
    assert opens(people, held["access_token"]), "a question changes nothing"
    browser = Client()
    browser.force_login(people.freelancer)
    answer = browser.post(address, follow=True)
    assert "laptop is signed out." in answer.content.decode()
    assert "No tracker is signed in" in answer.content.decode()
    assert not opens(people, held["access_token"])
    assert refused(held["refresh_token"])
    assert browser.get(address).status_code == 404


def test_what_is_no_id_is_none_and_a_name_is_cut_and_clean(people: People) -> None:
    refreshed(issue_refresh_token(user=people.freelancer), device="no id", device_name="a\x00b" + "c" * 200)
    device = Device.objects.get()
    assert device.installation is None
    assert (len(device.name), device.name[:3]) == (100, "abc")
    refreshed(issue_refresh_token(user=people.freelancer), **LAPTOP)
    assert str(Device.objects.get(name="laptop")) == "laptop"
    assert devices.devices_of(people.freelancer).count() == 2
    assert Device.objects.get(name="laptop").installation == UUID(LAPTOP["device"])


def shown(people: People, address: str) -> str:
    """Return a page as the freelancer sees it."""
    browser = Client()
    browser.force_login(people.freelancer)
    return str(browser.get(address).content.decode())

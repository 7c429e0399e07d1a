"""What a person is told of their devices: one signed in, one was replaced, a copied sign-in was stopped."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from marketplace.accounts import devices
from marketplace.accounts.models import Device
from marketplace.accounts.provider import CLIENT_ID, ensure_client, issue_refresh_token
from marketplace.workroom.device_mail import quoted
from marketplace.workroom.models import OutgoingMail
from tests.marketplace.accounts.test_devices import LAPTOP, opens, refreshed, refused
from tests.marketplace.accounts.test_provider import authorize, exchange
from tests.marketplace.conftest import People

pytestmark = pytest.mark.django_db


def sign_in(people: People, **more: str) -> str:
    """Sign the freelancer in on the laptop through the browser; return the code that it took."""
    return signed_in(people, **more)[0]


def signed_in(people: People, **more: str) -> tuple[str, str]:
    """Do so, and return the refresh token, too."""
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    code = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    answer = exchange(code, **{**LAPTOP, **more})
    assert answer.status_code == 200
    return code, answer.json()["refresh_token"]


def acts() -> list[str]:
    """Of what was written, in order."""
    return [mail.key.partition(":")[0] for mail in OutgoingMail.objects.order_by("id")]


def test_a_new_device_is_told_once(people: People, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://market.example"
    for _time in range(2):
        sign_in(people, device_name='"laptop"\r\nBcc: <x@y.example> https://evil.example')
    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == (people.freelancer.email, "A new device signed in to your account")
    assert "signed in to your account on \u201claptop Bcc x y example https evil example\u201d, through" in mail.text
    assert "(Asia/Kolkata)" in mail.text
    assert mail.text.endswith("https://market.example/devices/")


def test_a_copied_token_is_told(people: People) -> None:
    token = issue_refresh_token(user=people.freelancer)
    assert opens(people, refreshed(token)["access_token"])
    assert not OutgoingMail.objects.exists()
    assert refused(token)
    assert refused(token)
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == people.freelancer.email
    assert "a copy of the sign-in of \u201claptop\u201d was used" in mail.text


def test_a_copied_code_is_told(people: People) -> None:
    code = sign_in(people)
    assert exchange(code).status_code == 400
    assert exchange(code).status_code == 400
    assert acts() == ["device-signed-in", "device-copied"]


def test_an_id_alone_does_not_make_a_device_a_known_one(people: People) -> None:
    sign_in(people)
    sign_in(people)
    assert acts() == ["device-signed-in"], "the same tracker, from which a sign-in lives"
    sign_in(people, device_name="another")
    assert len(acts()) == 2, "the id of a known one, and not its name"
    sign_in(people, device_name="")
    assert len(acts()) == 3
    other = OAuthClient.objects.create(id="another-program", name="Another program")
    Token.objects.update(client=other)
    sign_in(people, device_name="another")
    assert len(acts()) == 4, "another client"
    Token.objects.update(expires_at=timezone.now())
    sign_in(people, device_name="another")
    assert set(acts()) == {"device-signed-in"}
    assert len(acts()) == 5, "nothing of an earlier sign-in lives any more, though it was not cleared away yet"
    Client().post("/identity/o/api/revoke", {"token": signed_in(people)[1], "client_id": CLIENT_ID})
    before = len(acts())
    sign_in(people)
    assert len(acts()) == before + 1, "it was signed out"


def test_who_is_signed_out_by_a_sign_in_elsewhere_is_told_when_the_tracker_asks(people: People) -> None:
    held = refreshed(signed_in(people)[1])["refresh_token"]
    old = refreshed(held)["refresh_token"]
    _code, new = signed_in(people)
    assert acts() == ["device-signed-in"]
    Client().post("/identity/o/api/revoke", {"token": old, "client_id": CLIENT_ID})
    for token in (old, old, held):
        assert refused(token)
    assert acts() == ["device-signed-in", "device-replaced"]
    mail = OutgoingMail.objects.get(subject="Somebody signed in in the place of your device")
    assert "\u201claptop\u201d used a sign-in that had ended" in mail.text
    again = refreshed(new)
    assert opens(people, again["access_token"]), "what was made with a password is stronger than an old token"
    assert refused(new)
    assert acts()[2:] == ["device-copied"], "of the sign-in that counts, a copy ends it as before"


def test_a_token_that_was_replaced_while_a_sign_in_waited_is_of_the_earlier_one(people: People) -> None:
    began = timezone.now()
    held = signed_in(people)[1]
    refreshed(held)
    device = Device.objects.get()
    tokens = [issue_refresh_token(user=people.freelancer)]
    Device.objects.exclude(pk=device.pk).delete()
    devices.begin(people.freelancer, tokens, devices.Installation(device.installation, device.name), began)
    assert refused(held)
    assert acts() == ["device-signed-in", "device-replaced"]
    assert opens(people, refreshed(tokens[0])["access_token"])


def test_names_of_every_script_are_kept_and_none_is_called_so() -> None:
    assert quoted("Büro-PC (2. Stock)") == "\u201cBüro-PC (2 Stock)\u201d"
    assert quoted("कार्यालय") == "\u201cकार्यालय\u201d"
    assert quoted("a\u202eb\u201d\x00") == "\u201ca b\u201d"
    assert quoted("\u201d '") == "a tracker without a name"

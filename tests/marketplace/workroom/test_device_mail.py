"""What a person is told of their devices: a new one signed in, a copied sign-in was stopped."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from marketplace.accounts.provider import ensure_client, issue_refresh_token
from marketplace.workroom.device_mail import quoted
from marketplace.workroom.models import OutgoingMail
from tests.marketplace.accounts.test_devices import LAPTOP, opens, refreshed, refused
from tests.marketplace.accounts.test_provider import authorize, exchange
from tests.marketplace.conftest import People

pytestmark = pytest.mark.django_db


def sign_in(people: People, **more: str) -> str:
    """Sign the freelancer in on the laptop through the browser; return the code that it took."""
    ensure_client()
    browser = Client()
    browser.force_login(people.freelancer)
    code = parse_qs(urlsplit(authorize(browser)).query)["code"][0]
    assert exchange(code, **{**LAPTOP, **more}).status_code == 200
    return code


def test_a_new_device_is_told_once(people: People, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://market.example"
    sign_in(people, device_name='"laptop"\r\nBcc: <x@y.example> https://evil.example')
    sign_in(people)
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
    assert [mail.key.partition(":")[0] for mail in OutgoingMail.objects.order_by("id")] == [
        "device-signed-in",
        "device-copied",
    ]


def test_names_of_every_script_are_kept_and_none_is_called_so() -> None:
    assert quoted("Büro-PC (2. Stock)") == "\u201cBüro-PC (2 Stock)\u201d"
    assert quoted("कार्यालय") == "\u201cकार्यालय\u201d"
    assert quoted("a\u202eb\u201d\x00") == "\u201ca b\u201d"
    assert quoted("\u201d '") == "a tracker without a name"

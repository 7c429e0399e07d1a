"""The pages that allauth brings speak as ours do: sentence case, "e-mail", and messages in line with the page."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

import marketplace
from tests.marketplace.conftest import People
from tests.marketplace.web.test_pages import SignIn, read, sign_in

__all__ = ["sign_in"]

CATALOGUE = Path(marketplace.__file__).parent / "locale" / "en" / "LC_MESSAGES"
TITLE_CASE = re.compile(r"Email|Two-Factor|Confirm Access|Remember Me|Authenticator App|Recovery Codes|Security Keys")


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_pages_before_signing_in_are_in_our_words(name: str, client: Client, db: None) -> None:
    assert TITLE_CASE.findall(_words(read(client, reverse(name)))) == []


@pytest.mark.parametrize("name", ["account_email", "mfa_index", "account_reauthenticate", "usersessions_list"])
def test_the_pages_of_the_account_are_in_our_words(name: str, people: People, sign_in: SignIn) -> None:
    # Who has no password is not asked for it again.
    people.client.set_password("fairhour-sample")
    people.client.save()
    assert TITLE_CASE.findall(_words(read(sign_in(people.client), reverse(name)))) == []


def test_signing_in_is_told_in_few_words_inside_the_page(people: People, client: Client) -> None:
    people.client.set_password("fairhour-sample")
    people.client.save()
    EmailAddress.objects.create(user=people.client, email=people.client.email, verified=True, primary=True)
    form = {"login": people.client.email, "password": "fairhour-sample"}
    html = client.post(reverse("account_login"), form, follow=True).content.decode()
    assert ">Signed in as " in html
    assert html.index("<main") < html.index('class="notices"') < html.index("</main>")


def test_the_compiled_words_are_the_written_ones() -> None:
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    pairs = re.findall(r'^msgid (".+")\nmsgstr (".+")$', (CATALOGUE / "django.po").read_text(), re.MULTILINE)
    assert len(pairs) > 50
    for english, ours in pairs:
        assert words.gettext(ast.literal_eval(english)) == ast.literal_eval(ours)


def _words(html: str) -> str:
    """Return what is read on a page, without tags and what stands in scripts."""
    return re.sub(r"<script.*?</script>|<[^>]*>", " ", html, flags=re.DOTALL)

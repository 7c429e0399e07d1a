"""Accounts: the address is the login whatever its case, signing in is limited, and no answer tells who has one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from marketplace.accounts.models import User, validate_zone
from tests.marketplace.thrift import REAL_HASHERS

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough phrase"


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("Person@Example.test", PASSWORD, name="Sample person")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(email: str, password: str, browser: Client | None = None) -> Any:
    return (browser or Client()).post("/accounts/login/", {"login": email, "password": password})


def texts_without_token(answer: Any) -> str:
    """Return the page without what differs in every answer."""
    return "\n".join(line for line in answer.content.decode().splitlines() if "csrfmiddlewaretoken" not in line)


def test_addresses_are_one_whatever_their_case(person: User) -> None:
    assert person.email == "person@example.test"
    assert User.objects.get_by_natural_key("PERSON@example.TEST") == person
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("PERSON@example.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="PERSON@example.test")])


def test_passwords_are_hashed_with_argon2(person: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = REAL_HASHERS
    person.set_password(PASSWORD)
    person.save()
    assert person.password.startswith("argon2$argon2id$")
    assert authenticate(None, email="person@example.test", password=PASSWORD) == person


def test_names_fall_back_to_the_address(person: User) -> None:
    assert (str(person), person.get_short_name(), person.get_full_name()) == ("Sample person",) * 3
    person.name = ""
    assert person.shown_name == "person"


def test_zones_must_exist() -> None:
    validate_zone("Asia/Kathmandu")
    with pytest.raises(ValidationError):
        validate_zone("Moon/Tranquility")


def test_superusers_are_staff() -> None:
    boss = User.objects.create_superuser("root@example.test", PASSWORD)
    assert (boss.is_staff, boss.is_superuser) == (True, True)


def test_signing_in_makes_a_new_session(person: User) -> None:
    browser = Client()
    browser.get("/accounts/login/")
    session = browser.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    assert log_in("Person@example.test", PASSWORD, browser).status_code == 302
    assert browser.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_read_the_same(person: User) -> None:
    wrong = texts_without_token(log_in("person@example.test", "wrong"))
    unknown = texts_without_token(log_in("nobody@example.test", "wrong"))
    assert wrong.replace("person@example.test", "X") == unknown.replace("nobody@example.test", "X")


def test_after_five_wrong_passwords_the_right_one_is_refused_too(person: User) -> None:
    for _ in range(5):
        assert log_in("person@example.test", "wrong").status_code == 200
    assert "sessionid" not in log_in("person@example.test", PASSWORD).cookies


@pytest.mark.parametrize("email", ["person@example.test", "new@example.test"])
def test_signing_up_looks_the_same_for_an_address_that_has_an_account(person: User, email: str) -> None:
    form = {"email": email, "password1": PASSWORD, "password2": PASSWORD, "name": "Sample newcomer"}
    answer = Client().post("/accounts/signup/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/confirm-email/")
    assert [message.to for message in mail.outbox] == [[email]]
    newcomers = User.objects.filter(name="Sample newcomer")
    assert newcomers.count() == (0 if email == person.email else 1)


@pytest.mark.parametrize("email", ["person@example.test", "nobody@example.test"])
def test_asking_for_a_new_password_looks_the_same_for_everyone(person: User, email: str) -> None:
    answer = Client().post("/accounts/password/reset/", {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/reset/done/")

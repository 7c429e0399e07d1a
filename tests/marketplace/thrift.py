"""What every request or picture of a test would cost again, done once: nothing that a test looks at is changed by it.

Hashes of passwords that are slow on purpose, the list of static files (which each test client would make anew), the
check of the RSA key's primes (made for each ID token), and the decoder's process for a picture that it has seen.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator

import pytest
from allauth.core.internal import jwkkit
from django.conf import settings
from django.test import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from marketplace.workview import decode

REAL_HASHERS = tuple(settings.PASSWORD_HASHERS)
"""The product's, for the test that looks at them."""

_really_decode = decode.decode
_decode_once = functools.cache(_really_decode)


@contextlib.contextmanager
def cheap_repetitions() -> Iterator[None]:
    """Do these things once while the context lasts."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher", *REAL_HASHERS]
    with pytest.MonkeyPatch.context() as patch, override_settings(PASSWORD_HASHERS=hashers):
        patch.setattr(jwkkit, "load_pem", functools.cache(jwkkit.load_pem))
        _list_static_files_once(patch)
        yield


@contextlib.contextmanager
def decoding_once() -> Iterator[None]:
    """Give the decoder's known answer for a picture that it has seen; what a test put in its place stays there."""
    with pytest.MonkeyPatch.context() as patch:
        if decode.decode is _really_decode:
            patch.setattr(decode, "decode", _decode_once)
        yield


def _list_static_files_once(patch: pytest.MonkeyPatch) -> None:
    listed: dict[str, dict[str, object]] = {}
    really = WhiteNoiseMiddleware.add_files_from_finders

    def from_the_list(self: WhiteNoiseMiddleware) -> None:
        if self.static_prefix not in listed:
            really(self)
            listed[self.static_prefix] = dict(self.files)
        self.files.update(listed[self.static_prefix])

    patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", from_the_list)

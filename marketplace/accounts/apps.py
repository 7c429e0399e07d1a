"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room's name and label."""

    name = "marketplace.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect what follows a new password."""
        from marketplace.accounts import tokens

        tokens.connect()

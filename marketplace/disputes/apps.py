"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """The room's name and label."""

    name = "marketplace.disputes"
    label = "disputes"

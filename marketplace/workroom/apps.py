"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WorkroomConfig(AppConfig):
    """The room's name and label."""

    name = "marketplace.workroom"
    label = "workroom"

    def ready(self) -> None:
        """Connect what a person is told of their devices."""
        from marketplace.workroom import device_mail

        device_mail.connect()

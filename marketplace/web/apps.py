"""Registers the pages with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room's name and label."""

    name = "marketplace.web"
    label = "web"

"""People in the staff's admin pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin

from marketplace.accounts.models import User

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[User]
else:
    # Django's admin classes take no parameter at run time.
    _ModelAdmin = admin.ModelAdmin


@admin.register(User)
class UserAdmin(_ModelAdmin):
    """Passwords are never shown or set here: people reset them by e-mail."""

    list_display = ("email", "name", "is_staff", "is_active")
    search_fields = ("email", "name")
    fields = ("email", "name", "time_zone", "is_staff", "is_active")

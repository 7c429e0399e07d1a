"""Jobs and their terms, with history, in the staff's admin pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from marketplace.jobs.models import Job, Terms

if TYPE_CHECKING:
    _TabularInline = admin.TabularInline[Terms, Job]
else:
    # Django's admin classes take no parameter at run time.
    _TabularInline = admin.TabularInline


class TermsInline(_TabularInline):
    """Terms on the page of their job, which has some from its first day on."""

    model = Terms
    extra = 0
    min_num = 1

    def get_formset(
        self, request: HttpRequest, obj: Job | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet[Terms, Job, Any]]:
        """Return the forms, of which one must be filled in: ``min_num`` alone only shows one."""
        return super().get_formset(request, obj, **{**kwargs, "validate_min": True})


@admin.register(Job)
class JobAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Jobs; the two people are looked up, not listed."""

    list_display = ("title", "client", "freelancer", "currency")
    search_fields = ("title",)
    raw_id_fields = ("client", "freelancer")
    inlines = [TermsInline]

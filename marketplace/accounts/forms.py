"""What signing up asks beside e-mail and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User


class SignupForm(forms.Form):
    """The name that the other side of a job sees."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        """Store the name with the new account (called by allauth)."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])

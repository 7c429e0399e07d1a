"""What sign-in tells the rooms above it, in the transaction in which it happens. Each comes with ``device``, ``now``.

Nothing is done about it here: ``marketplace.workroom.device_mail`` writes to the person.
"""

from __future__ import annotations

from django.dispatch import Signal

signed_in = Signal()
"""Somebody signed in, through the browser, on a device on which nobody is known to have, as this person."""

replaced_used = Signal()
"""A token of the device's earlier sign-in was used: whoever signed in on it since was elsewhere, or has a copy."""

copied = Signal()
"""A copy of the device's token, or of the code that brought it, was used: its sign-in ends now."""

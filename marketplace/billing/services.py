"""Writing what concerns payment: methods, and the automatic charge."""

from __future__ import annotations

from marketplace.billing.charging import charge_due
from marketplace.billing.methods import add_method, make_backup, make_default, remove_method
from marketplace.billing.readiness import refresh_of as refresh_readiness

__all__ = ["add_method", "charge_due", "make_backup", "make_default", "refresh_readiness", "remove_method"]

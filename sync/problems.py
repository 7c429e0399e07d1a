"""Problems of more than one way of sending, in words."""

from __future__ import annotations

from worktime.errors import FairhourError, failure


def unbelievable(message: str, **values: object) -> FairhourError:
    return failure(
        "receipt",
        "Marketplace's receipt does not match",
        message,
        "Nothing: it is sent again by itself.",
        retryable=True,
        **values,
    )

"""Job weeks through the book of ``worktime`` and through a second, deliberately naive model; what differs is a bug."""

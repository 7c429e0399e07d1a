"""What every room stands on: clock, keys, storage, transactions, the SQLite back end. No rules and no models."""

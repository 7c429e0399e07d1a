"""Django's SQLite back end with one process-wide write lock. See ``base``."""

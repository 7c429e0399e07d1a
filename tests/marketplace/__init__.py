"""The marketplace, room by room, on SQLite or (with FAIRHOUR_DATABASE_URL) PostgreSQL."""

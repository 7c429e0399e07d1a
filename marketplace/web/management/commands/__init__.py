"""The commands; Django finds them by their names."""

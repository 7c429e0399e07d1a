"""Rules about the tree itself, checked on every build: imports, sizes, names, what must not be written anywhere."""

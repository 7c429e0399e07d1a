"""What stands behind dev.py's verbs: standard library only, and imported by none of the product's packages."""

"""Tests of dev.py and what stands behind it."""

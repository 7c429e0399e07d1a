"""Tests of marketplace.api."""

"""Tests of marketplace.workroom."""

"""Tests of marketplace.foundation."""

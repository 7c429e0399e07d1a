"""Tests of marketplace.disputes."""

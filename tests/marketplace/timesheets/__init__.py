"""Tests of marketplace.timesheets."""

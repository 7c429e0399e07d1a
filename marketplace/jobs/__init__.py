"""Hourly jobs: who works for whom, at which terms, and who may see it. No time and no money."""

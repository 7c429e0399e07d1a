"""Timesheets, one for each job and ET work week: what stands on them, review, submission. No money moves here."""

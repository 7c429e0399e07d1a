"""Payment methods, the automatic charge, the double-entry ledger and whether a job is Ready."""

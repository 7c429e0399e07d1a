"""Mutation testing of the rules: mutmut changes one thing at a time, and the tests must notice.

    python -m tests.harness.mutants                      all targets, some twenty minutes
    python -m tests.harness.mutants money weeks          only these
    python -m tests.harness.mutants money --show         with the changes that nobody noticed
    python -m tests.harness.mutants money --plant blind  without the tests that would notice: must exit 1

It works on a copy of ``worktime`` and its tests in a temporary folder, so that the tree keeps clean. In the copy the
tests think less (Hypothesis: few examples, no shrinking, the same in each run) and functions lose their ``lru_cache``,
since mutmut changes no decorated function. The last line is JSON: ``mutants``, ``killed``, ``killed_pct`` in all and by
target; a target under its floor (90 per cent) makes the exit status 1. Survivors are explained in MUTANTS.md.
"""

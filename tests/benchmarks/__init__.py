"""Tests of the benchmarks: that they measure what they say. No test judges a time."""

"""Tests of Fairhour; the tree mirrors the packages at the root."""

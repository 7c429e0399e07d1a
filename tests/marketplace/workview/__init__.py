"""Work View's tests."""

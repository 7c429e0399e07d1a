"""The whole product at once: the real marketplace, the real tracker on a real display, a real browser."""

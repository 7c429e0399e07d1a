"""The ground: the rules of hourly work as pure functions and frozen values, and the wire contract.

Imports the standard library and msgspec only. No clock, no I/O, no Qt, no Django: callers pass time in.
Times are whole UTC seconds since the epoch (``int``) where they are summed, aware datetimes at the edges.
"""

"""Shift patterns that the rules of a pool allow, and the part of every interval they work."""

from planner.shifts.patterns import Patterns, patterns

__all__ = ["Patterns", "patterns"]

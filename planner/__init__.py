"""Staffing planner for contact centres."""

"""The scenarios that come with the planner, and published instances in its format."""

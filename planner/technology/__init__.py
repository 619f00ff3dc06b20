"""What a platform costs by the month: its capital over its life, upkeep, subscription; and by the seat."""

from planner.technology.monthly import annuity, fixed_per_month, monthly_rate
from planner.technology.options import Option, options

__all__ = ["Option", "annuity", "fixed_per_month", "monthly_rate", "options"]

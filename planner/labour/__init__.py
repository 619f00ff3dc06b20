"""What labour costs, item by item: premiums, turnover, desks, licences; docs/explanation/labour.md."""

from planner.labour.charges import Charge, Item, charges
from planner.labour.premiums import premium_hours
from planner.labour.prices import Prices, prices
from planner.labour.turnover import Replacing, hiring, replacing
from planner.labour.wage import benefits, hourly_wage, month_hours

__all__ = [
    "Charge",
    "Item",
    "Prices",
    "Replacing",
    "benefits",
    "charges",
    "hiring",
    "hourly_wage",
    "month_hours",
    "premium_hours",
    "prices",
    "replacing",
]

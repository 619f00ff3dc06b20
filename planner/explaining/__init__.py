"""What a plan rests on: why an interval is as it is, and what promises and limits cost.

(E6) to (E10) of docs/explanation/why.md.
"""

from planner.explaining.document import Explanation
from planner.explaining.price_document import Prices
from planner.explaining.prices import prices_of
from planner.explaining.walk import explain

__all__ = ["Explanation", "Prices", "explain", "prices_of"]

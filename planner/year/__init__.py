"""A whole year planned as one problem: people who stay from season to season; docs/explanation/year.md."""

from planner.year.delivered import Delivered
from planner.year.document import YearPlan
from planner.year.file import YearFile
from planner.year.question import Season, Year
from planner.year.reading import read_year, year_in, year_of, year_schema
from planner.year.walk import Manner, plan_year

__all__ = [
    "Delivered",
    "Manner",
    "Season",
    "Year",
    "YearFile",
    "YearPlan",
    "plan_year",
    "read_year",
    "year_in",
    "year_of",
    "year_schema",
]

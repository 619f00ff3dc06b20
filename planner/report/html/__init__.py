"""A finished plan as one HTML file that needs nothing else, and as a part of a page that has the rest.

plan, certificate, language -> sections of charts and tables -> HTML
"""

from __future__ import annotations

from planner.report.html.assets import NO_STYLE, asset, chart_script
from planner.report.html.document import differences_part, report_html, report_part, report_policy

__all__ = [
    "NO_STYLE",
    "asset",
    "chart_script",
    "differences_part",
    "report_html",
    "report_part",
    "report_policy",
]

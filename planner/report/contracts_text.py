"""Quotes side by side on the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from planner.report.figures import money
from planner.report.labels import ENGLISH, Labels
from planner.report.tables import close_table, plain_table, titled

if TYPE_CHECKING:
    from planner.contracts.compare import Comparison, QuotedFee, Volume


def print_comparison(comparison: Comparison, console: Console, labels: Labels = ENGLISH) -> None:
    """Print who is cheapest where first, then every volume."""
    console.print(_cheapest(comparison, labels))
    for volume in comparison.volumes:
        console.print(Padding(_volume(volume, comparison.currency, labels), (1, 0, 0, 0)))


def _cheapest(comparison: Comparison, labels: Labels) -> RenderableType:
    shown = plain_table()
    for heading in ("from minutes", "to minutes"):
        shown.add_column(labels[heading], justify="right", no_wrap=True)
    shown.add_column(labels["vendor"], overflow="fold")
    for stretch in comparison.cheapest:
        shown.add_row(f"{stretch.from_minutes:,.0f}", f"{stretch.to_minutes:,.0f}", Text(stretch.vendor))
    return titled(labels["cheapest"], shown)


def _volume(volume: Volume, currency: str, labels: Labels) -> RenderableType:
    shown = close_table()
    shown.add_column(labels["vendor"], overflow="fold")
    for heading in ("fee", "a minute", "a solved contact"):
        shown.add_column(labels[heading], justify="right", no_wrap=True)
    shown.add_column(labels["what binds"], overflow="fold")
    least = min(fee.fee for fee in volume.fees)
    for fee in volume.fees:
        prices = (f"{each:.3f}" if each is not None else "–" for each in _prices(fee))
        style = "bold" if fee.fee == least else ""
        shown.add_row(
            Text(fee.vendor), money(fee.fee, 1000), *prices, "; ".join(_said(fee, labels)), style=style
        )
    return titled(labels["minutes a month"].format(volume.minutes, currency), shown)


def _prices(fee: QuotedFee) -> tuple[float | None, float | None]:
    return fee.per_minute, fee.per_resolved_contact


def _said(fee: QuotedFee, labels: Labels) -> Iterator[str]:
    for clause in fee.binds:
        yield labels[f"binds {clause}"].format(money(fee.wasted, 1000))
    if fee.expected_cut > 0:
        yield labels["expected cut"].format(money(fee.expected_cut, 1000))

"""Outsourcing contracts: what a month costs, what binds, and which vendor is cheapest where.

    quotes file -> contracts -> fee curves and invoices -> leads and crossovers

docs/explanation/contracts.md holds every equation, once, with its number; the code cites the numbers.
The contracts themselves are documents of `planner/scenario/contracts.py`.
"""

from __future__ import annotations

from planner.contracts.binding import Binding
from planner.contracts.compare import compare
from planner.contracts.comparison import Comparison, Crossover, Lead, Offer
from planner.contracts.curve import FeeCurve, Piece
from planner.contracts.invoice import Cut, FeeLine, Invoice, in_cents, invoice
from planner.contracts.performance import expected_cut, probability_of_missing
from planner.contracts.quotes import Quotes
from planner.contracts.reading import quotes_from, quotes_in
from planner.contracts.span import Span, beyond_reach, span_of, usual_span
from planner.contracts.talk import billed, fee_curve, talk_curve
from planner.contracts.volume import Horizon, MonthlyTalk, monthly_talk

__all__ = [
    "Binding",
    "Comparison",
    "Crossover",
    "Cut",
    "FeeCurve",
    "FeeLine",
    "Horizon",
    "Invoice",
    "Lead",
    "MonthlyTalk",
    "Offer",
    "Piece",
    "Quotes",
    "Span",
    "beyond_reach",
    "billed",
    "compare",
    "expected_cut",
    "fee_curve",
    "in_cents",
    "invoice",
    "monthly_talk",
    "probability_of_missing",
    "quotes_from",
    "quotes_in",
    "span_of",
    "talk_curve",
    "usual_span",
]

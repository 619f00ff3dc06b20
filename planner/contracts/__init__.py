"""What vendors charge: quotes as documents, the invoice of a month, and who is cheapest at which volume.

    quotes = read_quotes("scenarios/quotes/vendors.yaml")
    print(invoice(quotes.quotes[0], minutes=20_000.0).total)

Equations (K1) to (K6) stand in docs/explanation/contracts.md.
"""

from planner.contracts.compare import Comparison, Stretch, cheapest, compared
from planner.contracts.invoice import Invoice, Line, invoice
from planner.contracts.quote import Cap, Clause, PerMinute, PerSeat, Quote, Quotes, Tier
from planner.contracts.reading import read_quotes

__all__ = [
    "Cap",
    "Clause",
    "Comparison",
    "Invoice",
    "Line",
    "PerMinute",
    "PerSeat",
    "Quote",
    "Quotes",
    "Stretch",
    "Tier",
    "cheapest",
    "compared",
    "invoice",
    "read_quotes",
]

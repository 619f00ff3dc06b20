"""At which price an alternative that is never the cheapest would become so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from planner.sourcing.asking import Answer, Ask, Asking
from planner.sourcing.document import Price, PriceChange

_NEAR = 0.01  # of a factor; searching ends there
_LESS = 1e-9  # share of a bound, so that what is below it is below it for sure


def factor_needed(answer: Answer, price: Price, most: float) -> float:
    """(O3)  factor = (most - (cost - part)) / part.

    The factor on a kind of price at which the plan at hand costs `most`; part, above 0, is what of its cost
    grows with that price. The best plan at that factor may be cheaper, never dearer.
    """
    part = answer.part(price)
    return (most - (answer.cost - part)) / part


def price_change(asking: Asking, ask: Ask, others: Mapping[str, Answer]) -> PriceChange:
    """Between which factors on a price an alternative becomes the cheapest at a volume.

    Up to `surely_below` a plan of it costs less than the others' bounds, from `surely_not_above` on its bound
    is above what another costs. Both ends are searched for by halving, a plan at each factor tried.

    Parameters
    ----------
    ask : the alternative at its volume, and the kind of price
    others : the answers of all other alternatives there
    """
    bound, cost = min(one.bound for one in others.values()), min(one.cost for one in others.values())
    (now,) = asking.of([Ask(ask.alternative, ask.volume)])

    def at(factor: float) -> Answer:
        return asking.of([replace(ask, factor=factor)])[0]

    low: float | None = max(0.0, factor_needed(now, ask.price, bound * (1.0 - _LESS)))
    if low == 0.0 and at(0.0).cost >= bound:
        low = None
    cheaper = None if low is None else _edge((low, 1.0), lambda factor: at(factor).cost < bound)
    dearer = None
    if now.bound > cost:
        last = 0.0 if cheaper is None else cheaper
        free = cheaper is None and at(0.0).bound > cost
        dearer = 0.0 if free else _edge((1.0, last), lambda factor: at(factor).bound > cost)
    return PriceChange(price=ask.price, surely_below=cheaper, surely_not_above=dearer)


def _edge(ends: tuple[float, float], holds: Callable[[float], bool]) -> float:
    """The factor nearest to the second end at which something still holds, as it does at the first."""
    inside, outside = ends
    while abs(outside - inside) > _NEAR:
        middle = (inside + outside) / 2
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return inside

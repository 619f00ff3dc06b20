"""People of a year, pool by season: who stays, what joining, leaving and being there costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen, require


@dataclass(frozen=True, slots=True)
class Teams:
    """P pools over S seasons; a figure by pool and season is (P, S).

    pay : money for a person on the books, for the whole season
    stay : share of the people of a season who are still there in the next one
    hiring, training : money per person who joins at the beginning of the season
    severance : money per person let go at the beginning of the season
    full : share of the others' shifts that a person takes in the first season
    least, most : people on the books
    joining : most people who can join at the beginning of the season
    initial : (P,) people before the first season; None in a year that follows itself
    lead : (P,) seasons between the decision to hire and the first one
    """

    pools: tuple[str, ...]
    pay: Floats
    stay: Floats
    hiring: Floats
    training: Floats
    severance: Floats
    full: Floats
    least: Floats
    most: Floats
    joining: Floats
    initial: Floats | None
    lead: Floats

    def __post_init__(self) -> None:
        for field in ("pay", "stay", "hiring", "training", "severance", "full", "least", "most", "joining"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
            require(getattr(self, field).shape == self.pay.shape, f"{field} has a figure per pool and season")
        object.__setattr__(self, "lead", frozen(self.lead))
        if self.initial is not None:
            object.__setattr__(self, "initial", frozen(self.initial))
        require(self.pay.shape[0] == len(self.pools) == self.lead.size, "every pool has its figures")

    @property
    def seasons(self) -> int:
        """S."""
        return int(self.pay.shape[1])

    def can_join(self, ahead: bool = True) -> Floats:
        """(Y3)  H[p,s] <= most who can join in a season.

        None before lead seasons have passed.

        Returns
        -------
        (P, S) most people who join; where the year follows itself its hires were decided the year before

        ahead : whether hires are decided before the season that needs them is there; if not, nobody joins
            who takes any season to arrive, in any season
        """
        most = self.joining.copy()
        for p, lead in enumerate(self.lead.astype(int)):
            if self.initial is not None and lead > 0:
                most[p, : (lead if ahead else self.seasons)] = 0.0
        return most

    def before(self, people: Floats, season: int) -> Floats:
        """(P,) who of the season before is still there as a season begins; people : (P, S)."""
        if season > 0:
            return np.asarray(self.stay[:, season - 1] * people[:, season - 1])
        return np.asarray(self.stay[:, -1] * people[:, -1]) if self.initial is None else self.initial


@dataclass(frozen=True, slots=True)
class Path:
    """People of every season.

    people, joining, leaving : (P, S) W, H and F
    """

    people: Floats
    joining: Floats
    leaving: Floats

    def __post_init__(self) -> None:
        for field in ("people", "joining", "leaving"):
            object.__setattr__(self, field, frozen(getattr(self, field)))

    def learning(self, teams: Teams) -> Floats:
        """(P, S) people whose shifts nobody takes, because somebody new is learning."""
        return np.asarray((1.0 - teams.full) * self.joining)

    def on_shifts(self, teams: Teams) -> Floats:
        """(Y4)  N[p,s] <= W[p,s] - (1 - full[p,s]) H[p,s].

        The most of it, (P, S).
        """
        return np.asarray(self.people - self.learning(teams))

    def cost(self, teams: Teams) -> float:
        """(Y5)  team = sum_{p,s} pay W[p,s] + (hiring + training) H[p,s] + severance F[p,s]."""
        joining = float(((teams.hiring + teams.training) * self.joining).sum())
        return (
            float((teams.pay * self.people).sum()) + joining + float((teams.severance * self.leaving).sum())
        )


def path_of(teams: Teams, people: Floats) -> Path:
    """(Y2)  W[p,s] = stay[p,s-1] W[p,s-1] + H[p,s] - F[p,s].

    Who joins and who is let go so that these people, (P, S), are there: never both in one season.
    """
    change = np.column_stack([people[:, s] - teams.before(people, s) for s in range(teams.seasons)])
    return Path(people, np.maximum(change, 0.0), np.maximum(-change, 0.0))

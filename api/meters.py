"""Figures for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Meters:
    """What one server counts.

    plans : asked at every scrape how many plans are in each state
    """

    def __init__(self, plans: Callable[[], Mapping[str, int]]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "planner_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "planner_request_seconds", "Seconds to answer.", ("method", "route"), registry=self._registry
        )
        self._solves = Counter(
            "planner_solves", "Solves ended, by what became of the plan.", ("state",), registry=self._registry
        )
        self._solving = Histogram(
            "planner_solve_seconds",
            "Seconds of a solve.",
            registry=self._registry,
            buckets=(1, 2, 5, 10, 20, 60, 120, 300, 600, 1800),
        )
        self._registry.register(_Plans(plans))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def solved(self, state: str, seconds: float) -> None:
        """Count a solve."""
        self._solves.labels(state).inc()
        self._solving.observe(seconds)

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self._registry)


class _Plans(Collector):
    """Plans by state, counted when they are asked for."""

    def __init__(self, plans: Callable[[], Mapping[str, int]]) -> None:
        self._plans = plans

    def describe(self) -> Iterator[Metric]:
        """What it collects, told without asking the database."""
        yield self._family()

    def collect(self) -> Iterator[Metric]:
        """A figure per state."""
        family = self._family()
        for state, number in self._plans().items():
            family.add_metric([state], number)
        yield family

    def _family(self) -> GaugeMetricFamily:
        return GaugeMetricFamily("planner_plans", "Plans in the database.", labels=["state"])

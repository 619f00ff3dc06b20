"""A certificate as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.report.figures import percent, period, promise_name, target
from planner.report.labels import ENGLISH, Labels
from planner.report.tables import close_table, plain_table, titled

if TYPE_CHECKING:
    from planner.certificate import Certificate, CertifiedPromise, Replay, WorstInterval

STYLES = {"kept": "green", "broken": "bold red", "undecided": "yellow", "not judged": "dim"}
MARKS = {"kept": "✓", "broken": "✗", "undecided": "?", "not judged": "–"}

Lines: TypeAlias = Iterator[tuple[str, str]]


def print_certificate(certificate: Certificate, console: Console, labels: Labels = ENGLISH) -> None:
    """Print a certificate: the verdict first, what it rests on last."""
    name = Text(certificate.scenario, style="bold")
    words = Text(labels[f"plan {certificate.verdict}"], style=STYLES[certificate.verdict])
    console.print(Text("  ").join([name, words]))
    for part in _parts(certificate, labels):
        console.print(Padding(part, (1, 0, 0, 0)))


def _parts(certificate: Certificate, labels: Labels) -> Iterator[RenderableType]:
    yield _promises(certificate, labels)
    if certificate.worst_intervals:
        yield _intervals(certificate.worst_intervals, labels)
    if certificate.vendors:
        yield _vendors(certificate, labels)
    yield _lines(labels["rests on"], _ground(certificate, labels))


def _vendors(certificate: Certificate, labels: Labels) -> RenderableType:
    """Minutes billed, by the plan and in the replay."""
    shown = plain_table()
    shown.add_column(labels["vendor"], overflow="fold")
    for heading in ("planned", "replayed", "within 95 %"):
        shown.add_column(labels[heading], justify="right")
    for row in certificate.vendors:
        known = row.low is not None and row.high is not None
        interval = f"{row.low:,.0f} – {row.high:,.0f}" if known else labels["undefined"]
        shown.add_row(Text(row.vendor), f"{row.planned:,.0f}", f"{row.simulated:,.0f}", interval)
    return titled(labels["minutes"], shown)


def _promises(certificate: Certificate, labels: Labels) -> RenderableType:
    shown = close_table()
    for heading in ("queue", "promise"):
        shown.add_column(labels[heading], overflow="fold")
    for heading in ("promised", "planned", "replayed", "for sure"):
        shown.add_column(labels[heading], justify="right", no_wrap=True)
    shown.add_column("", no_wrap=True)
    for row in certificate.promises:
        mark = Text(f"{MARKS[row.verdict]} {labels[f'is {row.verdict}']}", style=STYLES[row.verdict])
        shown.add_row(Text(row.queue), _name(row, labels), *_figures(row, labels), mark)
    return titled(labels["promises"], shown)


def _name(row: CertifiedPromise, labels: Labels) -> str:
    """`Answer rate, worst interval 2026-11-14 23:00`."""
    floor = f" ({labels['floor']})" if row.floor else ""
    return f"{promise_name(row, labels)}{floor}, {period(row, labels)}"


def _figures(row: CertifiedPromise, labels: Labels) -> tuple[str, str, str, str]:
    """Promised, planned, replayed with its interval below, and the bound that the verdict rests on."""
    planned = labels["undefined"] if row.planned is None else _figure(row, row.planned)
    if row.simulated is None:
        return target(row), planned, labels["undefined"], labels["undefined"]
    interval = "–".join("∞" if end is None else _bare(row, end) for end in (row.low, row.high))
    return target(row), planned, f"{_figure(row, row.simulated)}\n{interval}", _bound(row)


def _bound(row: CertifiedPromise) -> str:
    """The side that decides: of a kept promise the worst it can be, of a broken one the best; else both."""
    ends = {"≥": row.lower, "≤": row.upper}
    if row.verdict != "undecided":
        falls_short = target(row).startswith("≥") == (row.verdict == "kept")
        ends = {"≥": row.lower} if falls_short else {"≤": row.upper}
    return "\n".join(f"{side} {_figure(row, end)}" for side, end in ends.items() if end is not None)


def _figure(row: CertifiedPromise, value: float) -> str:
    return f"{_bare(row, value)} {'s' if row.measure == 'average_wait' else '%'}"


def _bare(row: CertifiedPromise, value: float) -> str:
    """Without its unit."""
    return f"{value:.1f}" if row.measure == "average_wait" else f"{100 * value:.2f}"


def _intervals(worst: tuple[WorstInterval, ...], labels: Labels) -> RenderableType:
    shown = close_table()
    shown.add_column(labels["interval start"], no_wrap=True)
    shown.add_column(labels["queue"], overflow="fold")
    for heading in ("contacts", "share answered", "within 95 %", "needed", "agents"):
        shown.add_column(labels[heading], justify="right", no_wrap=True)
    for row in worst:
        between = f"{100 * row.low:.1f}–{100 * row.high:.1f}"
        agents = (f"{row.needed:.1f}", f"{row.planned:.1f}")
        start = f"{row.start[:10]} {row.start[11:16]}"
        rate = percent(row.answer_rate)
        shown.add_row(start, Text(row.queue), f"{row.offered:.1f}", rate, between, *agents)
    return titled(labels["worst intervals"], shown)


def _ground(certificate: Certificate, labels: Labels) -> Lines:
    replay = certificate.replay
    yield labels["prediction"], _prediction(certificate, labels)
    allowed = 100 * certificate.share_tolerance, certificate.wait_tolerance_seconds
    yield labels["tolerance"], labels["tolerance is"].format(*allowed)
    yield labels["confidence"], labels["confidence is"].format(100 * certificate.confidence)
    ended = labels[f"ended by {replay.ended}"]
    done = labels["replications are"].format(replay.replications, replay.seed, replay.seconds, ended)
    yield labels["replications"], done
    yield labels["attendance"], labels[f"{replay.attendance} attendance"]
    yield labels["contacts"], _customers(certificate, labels)
    yield labels["routing"], _routing(replay, labels)
    for row in certificate.promises:
        if row.reason is not None:
            yield labels["reason not judged"], f"{row.queue}, {promise_name(row, labels)}: {row.reason}"
    if any(row.verdict == "undecided" for row in certificate.promises):
        more = 4 * replay.replications, max(20.0, math.ceil(5 * replay.seconds))
        yield labels["more replications"], labels["try replications"].format(*more)


def _routing(replay: Replay, labels: Labels) -> str:
    """Who is served first, whom a contact goes to, and for whom people are kept idle."""
    levels = sorted(set(replay.priority.values()))
    alike = [[name for name, level in replay.priority.items() if level == of] for of in levels]
    queues = f", {labels['then']} ".join(f" {labels['and']} ".join(names) for names in alike)
    pools = ", ".join(replay.pool_order)
    kept = ", ".join(f"{name} {people}" for name, people in replay.reserve.items())
    said = [f"{labels['queues first']}: {queues}" if len(alike) > 1 else labels["longest wait"]]
    said.append(f"{labels['pools first']}: {pools}" if pools else labels["fewest queues"])
    return "; ".join([*said, f"{labels['reserve']}: {kept}"] if kept else said)


def _prediction(certificate: Certificate, labels: Labels) -> str:
    """The largest error of the plan's own figures: of shares, and of waits."""
    known = [row for row in certificate.promises if row.off is not None]
    waits = [row for row in known if row.measure == "average_wait"]
    found = []
    for rows, scale, unit in (
        ([row for row in known if row not in waits], 100, labels["points"]),
        (waits, 1, "s"),
    ):
        if rows:
            most = max(rows, key=lambda row: abs(row.off or 0.0))
            figure = f"{scale * (most.off or 0.0):+.2f} {unit}"
            found.append(f"{figure} ({most.queue}, {labels[most.measure].lower()}, {labels[most.period]})")
    return "; ".join(found) or labels["undefined"]


def _customers(certificate: Certificate, labels: Labels) -> str:
    """What the queues have in common in a line, or a line for each."""
    replay = certificate.replay
    said = {each.queue: _custom(each.model_dump(), labels) for each in replay.customers}
    lines = [f"{queue}: {words}" for queue, words in said.items()]
    if len(set(said.values())) == 1:
        lines = [*said.values()][:1]
    if replay.day_cv:
        lines.append(labels["shared busyness is"].format(replay.day_cv))
    return "\n".join(lines)


def _custom(custom: dict[str, object], labels: Labels) -> str:
    said = [labels["customers are"], labels["ramped" if custom["ramped"] else "constant rate"]]
    if custom["day_cv"] or custom["interval_cv"]:
        said.append(labels["busyness is"])
    if custom["most_attempts"] != 1:
        said.append(labels["repeats are"])
    if custom["first_attempts"] != 1:
        said.append(labels["first attempts are"])
    return ", ".join(said).format(**custom)


def _lines(title: str, lines: Lines) -> RenderableType:
    shown: Table = plain_table()
    shown.show_header = False
    shown.add_column("", style="dim")
    shown.add_column("", overflow="fold")
    for name, words in lines:
        shown.add_row(name, Text(words))
    return titled(title, shown)

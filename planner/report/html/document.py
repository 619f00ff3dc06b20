"""The report put together: the figures that are read first, the sections, and the file around them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from planner.plan import Plan
from planner.report.figures import labour_share
from planner.report.html.assets import NO_STYLE, allowed, asset, chart_script
from planner.report.html.money import (
    ai_section,
    contracts_section,
    costs_section,
    has_ai,
    investments_section,
    repeats_section,
    technology_section,
)
from planner.report.html.people import headcount_section, shifts_section, staffing_section
from planner.report.html.promises import kept, rounds_section, service_section, shortfall_section
from planner.report.html.shapes import Section, Tile
from planner.report.html.side import differences_sections
from planner.report.labels import Language
from planner.report.shift_table import calendar_of
from planner.report.voice import Voice, voice_of

if TYPE_CHECKING:
    from planner.certificate import Certificate
    from planner.seasons import Differences


def report_html(plan: Plan, certificate: Certificate | None = None, language: Language = "en") -> bytes:
    """The plan as one HTML file that needs nothing else; the same plan gives the same bytes."""
    page = (
        _pages()
        .get_template("report.html.j2")
        .render(
            **_told(plan, certificate, voice_of(language)),
            policy=report_policy(),
            style=Markup(asset("report.css")),  # noqa: S704 - our own file, not a person's words
            scripts=[Markup(script) for script in _scripts()],  # noqa: S704 - Plotly's file and ours
        )
    )
    return page.encode()


def report_part(plan: Plan, certificate: Certificate | None = None, language: Language = "en") -> bytes:
    """The same without style and scripts, for a page that has them."""
    page = _pages().get_template("part.html.j2")
    return page.render(**_told(plan, certificate, voice_of(language))).encode()


def differences_part(found: Differences, language: Language = "en") -> bytes:
    """Plans side by side, for a page that has style and scripts."""
    voice = voice_of(language)
    shown = tuple(differences_sections(found, voice))
    page = _pages().get_template("side.html.j2")
    told = {"language": language, "labels": voice.labels, "found": found, "sections": shown}
    return page.render(**told).encode()


@cache
def report_policy() -> str:
    """The Content-Security-Policy of a report: its own two scripts alone may run, and nothing is fetched."""
    scripts = " ".join(map(allowed, _scripts()))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {allowed(asset('report.css'))} {NO_STYLE}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def sections(plan: Plan, certificate: Certificate | None, voice: Voice) -> Iterator[Section]:
    """What a plan has, in the order of reading."""
    if plan.shortfall:
        yield shortfall_section(plan, voice)
    yield shifts_section(plan, voice)
    if plan.agents:
        yield staffing_section(plan, voice)
    if plan.service:
        yield service_section(plan, certificate, voice)
    yield costs_section(plan, voice)
    if has_ai(plan):
        yield ai_section(plan, voice)
    if plan.contracts:
        yield contracts_section(plan, voice)
    yield headcount_section(plan, voice)
    for rows, section in (
        (plan.technology, technology_section),
        (plan.investments, investments_section),
        (plan.attempts, repeats_section),
    ):
        if rows:
            yield section(plan, voice)
    if plan.repair is not None:
        yield rounds_section(plan, plan.repair, voice)


def tiles(plan: Plan, certificate: Certificate | None, voice: Voice) -> Iterator[Tile]:
    """What is read first: the cost, how little it could be, what is kept, and by whom."""
    labels = voice.labels
    yield Tile(labels["cost"], voice.money(plan.cost, plan.cost, plan.currency), labels[plan.status])
    if plan.bound is not None:
        yield Tile(labels["bound"], voice.money(plan.bound, plan.cost, plan.currency))
    if plan.gap is not None and plan.bound is not None:
        saved = voice.money(max(0.0, plan.cost - plan.bound), plan.cost, plan.currency)
        yield Tile(labels["gap"], voice.percent(plan.gap, 2), labels["at most saved"].format(saved))
    if plan.service:
        held, many = kept(plan, certificate)
        note = "by formulas" if certificate is None else "replayed"
        words = labels["so many of"].format(voice.number(held), voice.number(many))
        yield Tile(labels["promises kept"], words, labels[note], "good" if held == many else "bad")
    people = sum(entry.people for entry in plan.headcount)
    share = labour_share(plan)
    note_ = "" if share is None else f"{labels['labour share']} {voice.percent(share)}"
    yield Tile(labels["books"], voice.number(people), note_)


def _told(plan: Plan, certificate: Certificate | None, voice: Voice) -> dict[str, object]:
    """What the templates show."""
    calendar = calendar_of(plan)
    last = calendar.start + timedelta(days=calendar.days - 1)
    days = voice.day(calendar.start)
    if calendar.days > 1:
        days = voice.labels["from day to day"].format(days, voice.day(last))
    return {
        "language": voice.language,
        "labels": voice.labels,
        "plan": plan,
        "days": days,
        "tiles": tuple(tiles(plan, certificate, voice)),
        "sections": tuple(sections(plan, certificate, voice)),
        "made": _made(plan, voice),
    }


def _made(plan: Plan, voice: Voice) -> tuple[tuple[str, str], ...]:
    """What made the plan, and from what."""
    labels = voice.labels
    versions = ", ".join(f"{name} {version}" for name, version in plan.versions.model_dump().items())
    solver = f"{plan.solver}, {voice.seconds(plan.seconds)}, {labels['stopped']}: {plan.stopped}"
    return (
        (labels["solver"], solver),
        (labels["versions"], versions),
        ("scenario sha256", plan.inputs.scenario_sha256),
        ("forecast sha256", plan.inputs.forecast_sha256),
    )


@cache
def _scripts() -> tuple[str, str]:
    return chart_script(), asset("charts.js")


@cache
def _pages() -> Environment:
    loader = PackageLoader("planner.report.html", "files")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )

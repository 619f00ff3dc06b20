"""The sections about service: promised, planned and certified; and the rounds that led there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.plan import AT_MOST, Plan, Repair, RoundPromise, ServiceRow
from planner.report.figures import Figure as Column
from planner.report.figures import delivered, promise, promise_name
from planner.report.html.shapes import Cell, Figure, Section, Table, Tone, row
from planner.report.voice import Voice

if TYPE_CHECKING:
    from planner.certificate import Certificate, CertifiedPromise

_VERDICTS: dict[str, Tone] = {"kept": "good", "broken": "bad", "undecided": "open", "not judged": "quiet"}
_MET: dict[bool | None, Tone] = {True: "good", False: "bad", None: "open"}
_MARKS: dict[Tone, str] = {"good": "✓ ", "bad": "✗ ", "open": "? ", "quiet": "– ", "": ""}


def service_section(plan: Plan, certificate: Certificate | None, voice: Voice) -> Section:
    """One row per promise, with the replay's word on it where there is a certificate."""
    labels, figures = voice.labels, delivered(plan)
    certified = [None] * len(plan.service) if certificate is None else certificate.promises
    headings = [labels["queue"], labels["promise"], labels["promised"]]
    headings += [_heading(plan, figure, voice) for figure in figures]
    headings += [] if certificate is None else [labels["replayed"], labels["within 95 %"]]
    headings.append(labels["verdict"])
    rows = [
        row(*_promise(each, figures, voice), *_last(plan, each, found, voice))
        for each, found in zip(plan.service, certified, strict=True)
    ]
    table = Table(tuple(headings), tuple(rows), words=2, also_words=(len(headings) - 1,))
    title = labels["service"]
    lead = "" if certificate is None else f"{labels['certificate']}: {labels[f'plan {certificate.verdict}']}."
    return Section("service", title, (Figure("", None, table),), lead)


def shortfall_section(plan: Plan, voice: Voice) -> Section:
    """Where a plan of the best effort falls short, interval by interval and promise by promise."""
    labels = voice.labels
    rows = [
        row(
            each.queue,
            "" if each.start is None else voice.moment(each.start),
            "" if each.agents_short is None else voice.number(each.agents_short, 1),
            each.promise or "",
        )
        for each in plan.shortfall
    ]
    headings = (labels["queue"], labels["start"], labels["agents"], labels["promise"])
    table = Table(headings, tuple(rows), words=2, also_words=(3,))
    return Section("short", labels["short of"], (Figure("", None, table),))


def rounds_section(plan: Plan, repair: Repair, voice: Voice) -> Section:
    """Every round of a repair: what it cost and how many promises its replay held."""
    labels = voice.labels
    rows = [
        row(
            labels["round number"].format(number),
            voice.amount(one.cost, plan.cost),
            voice.number(sum(each.short for each in one.promises)),
            _chosen(number, repair, voice),
            strong=number == repair.chosen,
        )
        for number, one in enumerate(repair.rounds, 1)
    ]
    headings = (labels["round"], labels["cost"] + labels["comma"] + plan.currency, labels["short"], "")
    lead = labels["against bound"].format(
        voice.amount(repair.uncalibrated_bound, plan.cost), plan.currency, voice.change(repair.difference)
    )
    table = Table(headings, tuple(rows), also_words=(3,))
    lead = f"{lead} {labels[f'repair ended by {repair.ended}']}"
    return Section("rounds", labels["rounds"], (Figure("", None, table),), lead)


def kept(plan: Plan, certificate: Certificate | None) -> tuple[int, int]:
    """How many promises are kept, and how many there are: by the certificate where there is one."""
    if certificate is None:
        return sum(each.met for each in plan.service), len(plan.service)
    return sum(each.verdict == "kept" for each in certificate.promises), len(certificate.promises)


def _promise(each: ServiceRow, figures: tuple[Column, ...], voice: Voice) -> Iterator[str | Cell]:
    yield each.queue
    yield f"{promise_name(each, voice.labels)}{_period(each, voice)}"
    side = "≤" if each.measure in AT_MOST else "≥"
    yield f"{side} {_value(each, each.target, voice, exact=True)}"
    for figure in figures:
        yield _value(each, getattr(each, figure), voice)


def _last(plan: Plan, each: ServiceRow, found: CertifiedPromise | None, voice: Voice) -> Iterator[str | Cell]:
    """The replay's figures and verdict, or the verdict of the formulas."""
    labels = voice.labels
    if found is None:
        said = promise(each, plan.repair, labels)
        yield _badge(_MET[said.met], said.verdict)
        return
    yield _value(each, found.simulated, voice)
    ends = [_value(each, end, voice) for end in (found.low, found.high)]
    yield " – ".join(ends) if found.simulated is not None else labels["undefined"]
    yield _badge(_VERDICTS[found.verdict], labels[f"is {found.verdict}"])


def _badge(tone: Tone, words: str) -> Cell:
    """Words and a mark, so that it does not rest on the colour."""
    return Cell(_MARKS[tone] + words, tone)


def _period(each: ServiceRow, voice: Voice) -> str:
    """Over what the promise holds: `, week`; the worst interval with its time."""
    labels = voice.labels
    when = "" if each.start is None or each.period == "week" else f" {voice.moment(each.start)}"
    if each.period == "day" and each.start is not None:
        when = f" {voice.moment(each.start)[:-6]}"
    said = labels["comma"] + labels[each.period] + when
    return labels["with remark"].format(said, labels["floor"]) if each.floor else said


def _value(each: ServiceRow | RoundPromise, value: float | None, voice: Voice, exact: bool = False) -> str:
    if value is None:
        return voice.labels["undefined"]
    if each.measure == "average_wait":
        return voice.labels["seconds are"].format(voice.plain(value)) if exact else voice.seconds(value)
    return f"{voice.plain(100 * round(value, 8))}%" if exact else voice.percent(value, 2)


def _heading(plan: Plan, figure: Column, voice: Voice) -> str:
    confidence = plan.inputs.scenario.get("uncertainty", {}).get("confidence")
    named = voice.labels[figure]
    return named.format(voice.percent(confidence or 0.0, 0)) if figure == "sure" else named


def _chosen(number: int, repair: Repair, voice: Voice) -> str:
    return voice.labels["chosen"] if number == repair.chosen else ""

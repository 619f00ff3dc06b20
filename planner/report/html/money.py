"""The sections about money and what it buys: cost by item, AI, vendors, platforms, investments, repeats."""

from __future__ import annotations

from collections.abc import Iterator

from planner.contracts.binding import Binding
from planner.contracts.invoice import Invoice
from planner.plan import ContractRow, Plan
from planner.report.figures import items, total
from planner.report.html.charts import cost_bars, share_bars
from planner.report.html.shapes import Cell, Figure, Row, Section, Table, row
from planner.report.investments_text import verdict
from planner.report.vendors_text import item_name
from planner.report.voice import Voice


def costs_section(plan: Plan, voice: Voice) -> Section:
    """Money by item, the lines of each in the table."""
    labels = voice.labels
    names = items(plan)
    amounts = [total([line for line in plan.costs if line.item == item]) for item in names]
    said = [voice.amount(amount, plan.cost) for amount in amounts]
    chart = cost_bars([labels[item] for item in names], amounts, said, voice)
    headings = (
        labels["item"],
        labels["for whom"],
        labels["amount"] + labels["comma"] + plan.currency,
        labels["share of cost"],
    )
    lines = [each for item in names for each in plan.costs if each.item == item]
    rows = [
        row(
            labels[line.item],
            line.pool or line.queue or "",
            voice.amount(line.amount, plan.cost),
            _share(line.amount, plan, voice),
        )
        for line in lines
    ]
    together = total(plan.costs)
    rows.append(
        row(
            labels["total"], "", voice.amount(together, plan.cost), _share(together, plan, voice), strong=True
        )
    )
    title = labels["cost by item"] + labels["comma"] + plan.currency
    table = Table(headings, tuple(rows), words=2)
    return Section("costs", title, (Figure("", chart if names else None, table),))


def has_ai(plan: Plan) -> bool:
    """Whether AI takes anything, or could."""
    queues = plan.inputs.scenario.get("queues", {}).values()
    return any(each.share > 0 for each in plan.automation) or any(each.get("automation") for each in queues)


def ai_section(plan: Plan, voice: Voice) -> Section:
    """What AI takes of every queue."""
    labels = voice.labels
    rows = plan.automation
    chart = share_bars(
        [each.queue for each in rows],
        [each.share for each in rows],
        [each.contained for each in rows],
        voice,
    )
    table = Table(
        (labels["queue"], labels["ai share"], labels["contained"]),
        tuple(row(each.queue, voice.percent(each.share), voice.percent(each.contained)) for each in rows),
    )
    return Section("ai", labels["ai share"], (Figure("", chart, table),), labels["ai lead"])


def contracts_section(plan: Plan, voice: Voice) -> Section:
    """Every contract: a month's invoice line by line, what binds in it, and its fee over the plan."""
    figures = tuple(_contract(plan, each, voice) for each in plan.contracts)
    title = voice.labels["contracts"] + voice.labels["comma"] + f"{plan.currency} {voice.labels['per month']}"
    return Section("contracts", title, figures)


def technology_section(plan: Plan, voice: Voice) -> Section:
    """Every platform at the plan's seats."""
    labels = voice.labels
    rows = []
    for each in plan.technology:
        word = "chosen" if each.chosen else "" if each.possible else "keeps people out"
        told = Cell(labels[word], "good" if each.chosen else "quiet") if word else Cell("")
        amounts = (voice.amount(each.monthly_cost, plan.cost), voice.amount(each.cost, plan.cost))
        rows.append(row(each.option, voice.number(each.seats), *amounts, told, strong=each.chosen))
    headings = (
        labels["technology"],
        labels["platform seats"],
        labels["a month"],
        labels["over the calendar"],
        "",
    )
    table = Table(headings, tuple(rows), also_words=(4,))
    title = labels["technology"] + labels["comma"] + plan.currency
    return Section("technology", title, (Figure("", None, table),))


def investments_section(plan: Plan, voice: Voice) -> Section:
    """Every investment, taken or not, and what no plan with the other answer can undercut."""
    labels = voice.labels
    rows = [
        row(
            each.investment,
            Cell(labels[verdict(each)], "good" if each.taken else "quiet"),
            voice.amount(each.monthly_cost, plan.cost),
            voice.amount(each.cost, plan.cost),
            labels["undefined"] if each.otherwise is None else voice.amount(each.otherwise, plan.cost),
        )
        for each in plan.investments
    ]
    names = ("investment", "decision", "a month", "over the calendar", "otherwise at least")
    table = Table(tuple(labels[name] for name in names), tuple(rows), words=2)
    return Section(
        "investments", labels["investments"] + labels["comma"] + plan.currency, (Figure("", None, table),)
    )


def repeats_section(plan: Plan, voice: Voice) -> Section:
    """First attempts, those that come again, and what is resolved."""
    names = ("queue", "first attempts", "come again", "planned for", "resolved", "resolution")
    rows = [
        row(
            each.queue,
            *(voice.number(many) for many in (each.first, each.returning, each.planned, each.resolved)),
            voice.percent(each.first_contact_resolution),
        )
        for each in plan.attempts
    ]
    table = Table(tuple(voice.labels[name] for name in names), tuple(rows))
    return Section("attempts", voice.labels["attempts"], (Figure("", None, table),))


def _contract(plan: Plan, each: ContractRow, voice: Voice) -> Figure:
    labels = voice.labels
    if each.month is None:
        return Figure(each.vendor, None, None, (labels["contract off"],))
    rows = [*_lines(each.month, voice)]
    rows.append(row(labels["fee a month"], "", "", voice.amount(each.month.fee, each.month.fee), strong=True))
    rows.append(row(labels["over the plan"], "", "", voice.amount(each.fee, each.fee), strong=True))
    headings = tuple(labels[name] for name in ("item", "quantity", "price", "amount"))
    notes = [_binding(binding, each.month, plan.currency, voice) for binding in each.month.binding]
    if each.month.expected_cut > 0:
        cut = voice.money(each.month.expected_cut, each.month.fee, plan.currency)
        notes.append(f"{labels['expected cut']}: {cut}")
    return Figure(each.vendor, None, Table(headings, tuple(rows)), tuple(notes or [labels["nothing binds"]]))


def _lines(month: Invoice, voice: Voice) -> Iterator[Row]:
    for line in month.lines:
        quantity = "" if line.quantity is None else voice.number(line.quantity)
        price = "" if line.price is None else voice.plain(line.price)
        yield row(item_name(line, voice.labels), quantity, price, voice.amount(line.amount, month.fee))


def _binding(binding: Binding, month: Invoice, currency: str, voice: Voice) -> str:
    """What a clause costs or saves: `Minimum spend binds: 400 CNY a month more than without it.`"""
    labels = voice.labels
    word = "costs more" if binding.costs >= 0 else "costs less"
    amount = voice.money(abs(binding.costs), month.fee, currency)
    said = labels[word].format(labels[f"binds {binding.clause}"], amount)
    if binding.unused is None:
        return said
    unused = f"unused {month.unit}"
    return f"{said} {labels[unused].format(voice.number(binding.unused))}"


def _share(amount: float, plan: Plan, voice: Voice) -> str:
    return voice.percent(amount / plan.cost) if plan.cost > 0 else ""

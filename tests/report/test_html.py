"""report.html: whole in one file, the same for the same plan, and every name in it is text."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, cast

import pytest

from planner.certificate import Certificate, CertifiedPromise
from planner.contracts import invoice
from planner.plan import (
    AgentsRow,
    AttemptsRow,
    ContractRow,
    CostLine,
    InvestmentRow,
    Plan,
    Repair,
    Round,
    ShortRow,
    TechnologyRow,
)
from planner.report.html import chart_script, report_html, report_part, report_policy
from planner.report.html.charts import staffing
from planner.report.html.people import MOST_DAYS
from planner.report.labels import Language
from planner.report.voice import voice_of
from planner.scenario.contracts import MinuteContract, Tier
from tests.report.sample_plan import at, sample_plan, seat

HOSTILE = "<script>alert(1)</script>"


class Read(HTMLParser):
    """What a browser would make of a page: its elements, the texts of its tables, its charts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self._inside: dict[str, str | None] | None = None
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = dict(attrs) if tag == "script" else None

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            self.scripts.append((self._inside, data))
            self._inside = None
        elif data.strip():
            self.texts.append(data.strip())

    @property
    def charts(self) -> dict[str, Any]:
        return {
            str(attributes["data-chart"]): json.loads(data)
            for attributes, data in self.scripts
            if "data-chart" in attributes
        }


@pytest.fixture(scope="module")
def part() -> Read:
    return Read(report_part(sample_plan()))


def hostile_plan() -> Plan:
    plan = sample_plan()
    rows = tuple(row.model_copy(update={"queue": HOSTILE}) for row in plan.agents[:10])
    inputs = plan.inputs.model_copy(
        update={"scenario": plan.inputs.scenario | {"name": HOSTILE, "pools": {}}}
    )
    return sample_plan(
        scenario=HOSTILE,
        inputs=inputs,
        agents=rows,
        seats=(seat(HOSTILE, 0, (8, 17), 3),),
        service=tuple(row.model_copy(update={"queue": HOSTILE}) for row in plan.service),
        automation=tuple(row.model_copy(update={"queue": HOSTILE}) for row in plan.automation),
        headcount=tuple(row.model_copy(update={"pool": HOSTILE}) for row in plan.headcount),
        costs=(CostLine(item="wages", pool=HOSTILE, queue=None, amount=64000.0),),
        notes=(HOSTILE, "</script><img src=x onerror=alert(1)>"),
    )


def test_the_report_is_one_file_that_asks_for_nothing() -> None:
    page = Read(report_html(sample_plan()))
    links = [
        value
        for _, attributes in page.tags
        for name, value in attributes.items()
        if name in {"src", "href", "action", "srcset"}
    ]
    assert links == ["data:,"]
    assert next(data for attributes, data in page.scripts if not attributes) == chart_script()


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert report_html(sample_plan()) == report_html(sample_plan())


def test_its_policy_lets_its_own_two_scripts_run_and_nothing_else() -> None:
    page = Read(report_html(sample_plan()))
    allowed = re.findall(r"'sha256-([^']+)'", report_policy().partition("style-src")[0])
    plain = [data for attributes, data in page.scripts if not attributes]
    assert [base64.b64encode(sha256(data.encode()).digest()).decode() for data in plain] == allowed
    assert "default-src 'none'" in report_policy()
    metas = [attributes.get("content") for tag, attributes in page.tags if tag == "meta"]
    assert report_policy() in metas


def test_plotlys_script_can_stand_between_tags() -> None:
    assert "</script" not in chart_script().lower()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_name_is_text_wherever_it_stands(language: Language) -> None:
    plain, hostile = (Read(report_part(plan, language=language)) for plan in (sample_plan(), hostile_plan()))

    assert {tag for tag, _ in hostile.tags} <= {tag for tag, _ in plain.tags}
    assert all(attributes.get("type") == "application/json" for attributes, _ in hostile.scripts)
    assert hostile.texts.count(HOSTILE) > 10
    drawn = json.dumps(hostile.charts)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_cost_bound_and_gap_are_read_first(part: Read) -> None:
    words = part.texts[: part.texts.index("People per shift")]
    assert words[0] == "June week"
    assert words[words.index("Cost") + 1] == "64,000 CNY"
    assert words[words.index("No plan can cost less than") + 1] == "63,808 CNY"
    assert words[words.index("Gap") + 1] == "0.30%"
    assert words[words.index("Promises kept") + 1] == "5 of 6"


def test_every_chart_has_a_place_a_name_and_its_table(part: Read) -> None:
    names = {
        str(attributes["id"]): attributes
        for tag, attributes in part.tags
        if tag == "div" and attributes.get("class") == "chart"
    }
    assert set(names) == set(part.charts)
    assert list(names) == [
        "chart-shifts-1", "chart-shifts-2", "chart-queue-1", "chart-queue-2", "chart-costs", "chart-ai",
    ]  # fmt: skip
    assert all(attributes["aria-label"] for attributes in names.values())
    assert sum(tag == "details" for tag, _ in part.tags) == len(names)


def test_shades_of_all_pools_compare(part: Read) -> None:
    maps = [part.charts[name]["data"][0] for name in ("chart-shifts-1", "chart-shifts-2")]
    assert {one["zmax"] for one in maps} == {
        max(count for one in maps for line in one["z"] for count in line)
    }
    assert maps[0]["y"] == ["08:00-17:00", "11:00-20:00", "22:00-06:00"]
    assert maps[0]["z"][0] == [6, 7, 8, 6, 7, 8, 6]


def _agents(hours: list[float], needed: list[float], planned: list[float]) -> tuple[AgentsRow, ...]:
    row = sample_plan().agents[0]
    return tuple(
        row.model_copy(update={"start": at(0, hour), "needed": need, "planned": have})
        for hour, need, have in zip(hours, needed, planned, strict=True)
    )


def test_between_the_lines_surplus_and_shortage_stand_apart() -> None:
    rows = _agents([8, 8.5, 9], [5, 4, 3], [4, 4, 6])
    base, over, _, under, have, need = staffing(rows, timedelta(minutes=30), "x", voice_of("en")).data

    assert base["y"] == [4, 4, 3, 0]
    assert [high - low for high, low in zip(over["y"], base["y"], strict=True)] == [0, 0, 3, 0]
    assert [high - low for high, low in zip(under["y"], base["y"], strict=True)] == [1, 0, 0, 0]
    assert (have["y"], need["y"]) == ([4, 4, 6, 0], [5, 4, 3, 0])
    assert {over["fillcolor"], under["fillcolor"]} == {"--surplus", "--shortage"}


def test_a_line_falls_to_nothing_while_the_queue_is_closed() -> None:
    rows = _agents([8, 12], [5, 5], [6, 6])
    need = staffing(rows, timedelta(minutes=30), "x", voice_of("en")).data[-1]

    assert [moment[11:] for moment in need["x"]] == ["08:00", "08:30", "12:00", "12:30"]
    assert need["y"] == [5, 0, 5, 0]


def test_of_a_long_calendar_the_first_days_are_shown_and_it_says_so() -> None:
    row = sample_plan().agents[0]
    months = ("2026-06", "2026-07")
    rows = tuple(
        row.model_copy(update={"start": f"{month}-{day:02}T08:00:00+08:00"})
        for month in months
        for day in range(1, 29)
    )
    page = Read(report_part(sample_plan(agents=rows)))

    assert (
        len([moment for moment in page.charts["chart-queue-1"]["data"][-1]["x"] if moment.endswith("08:00")])
        == MOST_DAYS
    )
    assert f"The first {MOST_DAYS} days are shown; plan.xlsx has all." in page.texts


def test_a_clause_that_binds_is_named_with_what_it_costs() -> None:
    contract = MinuteContract(by="minute", tiers=(Tier(price=1.0),), minimum_spend=1000.0)
    row = ContractRow(
        vendor="night", on=True, months=1.0, volume=600.0, month=invoice(contract, 600.0), due_at_once=0.0,
        fee=1000.0, expected_cut=0.0,
    )  # fmt: skip
    words = Read(report_part(sample_plan(contracts=(row,)))).texts

    said = "Minimum spend binds: 400 CNY a month more than without it. 400 minutes are paid for and not used."
    assert said in words


def test_chinese_has_the_trades_words_and_its_own_dates() -> None:
    words = Read(report_part(sample_plan(), language="zh-CN")).texts

    for word in (
        "各班次人数",
        "成本构成，CNY",
        "AI自动化占比",
        "最优性差距",
        "服务水平（20 秒内）（按呼入量计），日 6月15日周一",
    ):
        assert word in words
    assert "2026年6月15日至2026年6月21日" in words
    assert not {"Cost", "Queue", "Pool", "Service", "Total"} & set(words)


def test_a_certificate_stands_beside_what_was_promised_and_planned() -> None:
    plan = sample_plan()
    promises = tuple(
        CertifiedPromise.model_construct(
            **row.model_dump(), simulated=0.9, low=0.89, high=0.91, verdict="broken"
        )
        for row in plan.service
    )
    certificate: Certificate = Certificate.model_construct(
        **cast("Any", {"promises": promises, "verdict": "broken"})
    )
    words = Read(report_part(plan, certificate)).texts

    assert words.count("✗ BROKEN") == len(plan.service)
    assert "Certificate: NOT every promise is kept." in words
    assert words[words.index("Promises kept") + 1] == "0 of 6"
    assert "89.00% – 91.00%" in words


def test_platforms_investments_repeats_and_rounds_stand_where_a_plan_has_them() -> None:
    platform = TechnologyRow(
        option="own", chosen=True, possible=True, seats=12, monthly_cost=9000.0, cost=2071.2
    )
    bought = InvestmentRow(
        investment="knowledge base", taken=True, decided=True, monthly_cost=500.0, cost=115.1, otherwise=None
    )
    repeats = AttemptsRow(
        queue="presales", forecast=1200, first=1000, returning=200, planned=1200, reaching_people=1200,
        lost_contacts=10, lost_customers=5, first_contact_resolution=0.85, resolved=900,
    )  # fmt: skip
    made = Round(cost=64000.0, bound=63000.0, seconds=3.0, replications=10, held=True, promises=())
    repair = Repair(
        rounds=(made, made), chosen=2, credit=False, uncalibrated_cost=63000.0, uncalibrated_bound=62000.0,
        difference=0.03125, ended="held",
    )  # fmt: skip
    plan = sample_plan(technology=(platform,), investments=(bought,), attempts=(repeats,), repair=repair)
    words = Read(report_part(plan)).texts

    assert words[words.index("own", words.index("Technology, CNY")) + 1] == "12"
    assert words[words.index("knowledge base") + 1] == "taken"
    assert words[words.index("Contacts that come again") + 1 :][:2] == ["Queue", "First attempts"]
    said = "By the formulas the promises cost at least 62,000 CNY; against that this plan is +3.12%."
    assert f"{said} The last round held every promise." in words


def test_what_a_best_effort_falls_short_of_comes_before_all_else() -> None:
    rows = (
        ShortRow(queue="presales", start=at(0, 9), agents_short=1.25, promise=None),
        ShortRow(queue="vip", start=None, agents_short=None, promise="answer rate 0.91 of 0.97"),
    )
    words = Read(report_part(sample_plan(shortfall=rows))).texts

    titles = [words.index(title) for title in ("Short of: no plan keeps everything", "People per shift")]
    assert titles == sorted(titles)
    assert words[words.index("Mon, Jun 15 09:00", titles[0]) + 1] == "1.2"
    assert "answer rate 0.91 of 0.97" in words


def test_a_plan_without_anybody_is_told_as_such() -> None:
    plan = sample_plan(
        seats=(), agents=(), service=(), automation=(), costs=(), cost=0.0, bound=None, gap=None
    )
    words = Read(report_part(plan)).texts

    assert "Nobody is scheduled." in words

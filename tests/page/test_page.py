"""The page at `/`, in a browser: from a scenario and a forecast to a plan, and back to earlier ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from api.store.database import opened as database_at
from api.store.keys import create_key
from api.store.migration import migrate
from tests.api.asking import CSV, SCENARIO, Server, long_request, serving
from tests.page.conftest import WAIT, Heard, Opened, as_text, forecast_file, shown_report

HOSTILE = "<script>alert(1)</script>"


def state(server: Server, page: Page) -> str:
    """The state of the plan that the address names."""
    found: str = server.get("/plans/" + page.url.partition("#plan=")[2])["state"]
    return found


def test_a_scenario_to_start_from_becomes_a_plan_and_its_files(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    page.click("#submit")
    page.wait_for_selector("#progress:visible", timeout=WAIT)
    shown_report(page)

    words = page.inner_text("#result")
    for word in ("7,560 CNY", "People per shift", "Agents needed and planned", "Cost by item", "2 of 2"):
        assert word in words
    assert page.locator("#progress").is_hidden()
    assert page.locator(".plans .badge").first.inner_text() == "finished"
    for kind, name, begins in (
        ("workbook", "plan.xlsx", b"PK"),
        ("report", "report.html", b"<!doctype html>"),
    ):
        with page.expect_download() as download:
            page.click(f"[data-file={kind}]")
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_report_that_was_saved_draws_its_charts_without_a_server(
    opened: Opened, server: Server, plans: tuple[str, str], tmp_path: Path, heard: Heard
) -> None:
    saved = tmp_path / "report.html"
    saved.write_bytes(server.ask("GET", f"/plans/{plans[0]}/report")[1])
    page = opened()
    heard.asked.clear()
    page.goto(saved.as_uri())
    charts = page.locator(".chart").count()

    assert charts >= 3
    assert page.locator(".chart svg.main-svg").count() >= charts
    assert heard.asked == [saved.as_uri()]
    heard.asked.clear()


def test_fields_change_the_scenario_and_the_same_question_is_asked_once(opened: Opened, heard: Heard) -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    def refuse(route: Route) -> None:
        asked.append((route.request.post_data or "", route.request.headers))
        route.fulfill(status=503, content_type="application/problem+json", body='{"detail": "not now"}')

    page = opened()
    page.fill("[data-pointer='/scenario/pools/team/pay/wage']", "90")
    page.fill("[data-pointer='/scenario/queues/calls/service/answer_rate']", "90")
    page.check("#certify")
    page.route(
        "**/plans", lambda route: refuse(route) if route.request.method == "POST" else route.continue_()
    )
    for wage in ("90", "90", "91"):
        if wage != page.input_value("[data-pointer='/scenario/pools/team/pay/wage']"):
            page.fill("[data-pointer='/scenario/pools/team/pay/wage']", wage)
        page.click("#submit")
        expect(page.locator("#mistakes")).to_contain_text("not now")
        expect(page.locator("#submit")).to_be_enabled()

    sent = asked[0][0]
    scenario = json.loads(sent[sent.index("{") : sent.rindex("}") + 1])
    assert scenario["pools"]["team"]["pay"]["wage"] == 90
    assert scenario["queues"]["calls"]["service"]["answer_rate"] == 0.9
    assert re.search(r'name="certify"\s+true', sent)
    keys = [headers["idempotency-key"] for _, headers in asked]
    assert keys[0] == keys[1] != keys[2]
    assert [status for status, _ in heard.refused] == [503, 503, 503]


def test_a_forecast_is_chosen_or_dropped(opened: Opened, server: Server, tmp_path: Path) -> None:
    page = opened()
    as_text(page, json.dumps(SCENARIO))
    page.set_input_files("#forecast", forecast_file(tmp_path, "nothing", "mine.csv"))
    assert "mine.csv" in page.inner_text("#forecast-told")
    dropped = page.evaluate_handle(
        """(text) => { const given = new DataTransfer();
           given.items.add(new File([text], "dropped.csv", { type: "text/csv" })); return given; }""",
        CSV,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    assert "dropped.csv" in page.inner_text("#forecast-told")
    page.click("#submit")
    shown_report(page)

    plan = server.get("/plans/" + page.url.partition("#plan=")[2])["plan"]
    assert sum(plan["inputs"]["forecast"]["contacts"]) == 80


def test_mistakes_stand_beside_the_form_with_their_place(opened: Opened, heard: Heard) -> None:
    page = opened()
    page.fill("[data-pointer='/scenario/queues/calls/patience_seconds']", "-5")
    page.fill("[data-pointer='/scenario/pools/team/pay/wage']", "-1")
    page.click("#submit")
    page.wait_for_selector("#mistakes:visible")

    assert page.locator("#mistakes li").count() == 2
    assert "scenario.queues.calls.patience_seconds must be" in page.inner_text("#mistakes")
    assert page.locator("[aria-invalid]").count() == 2
    beside = page.get_attribute("[data-pointer='/scenario/pools/team/pay/wage']", "aria-describedby")
    assert "Wage: must be" in page.inner_text(f"[id='{beside}']")
    assert page.evaluate("document.activeElement.id") == "mistakes"
    assert [status for status, _ in heard.refused] == [422]
    page.select_option("#preset", "quiet")
    expect(page.locator("#mistakes")).to_be_hidden()


@pytest.mark.parametrize(
    "name, content, told",
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "forecast"),
        ("other.csv", b"when,who\n1,2\n", "forecast"),
        ("broken.xlsx", b"PK\x03\x04nothing", "forecast"),
    ],
)
def test_a_wrong_file_is_told_as_such(
    opened: Opened, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    page = opened()
    page.set_input_files("#forecast", forecast_file(tmp_path, content, name))
    page.click("#submit")
    page.wait_for_selector("#mistakes:visible")

    assert told in page.inner_text("#mistakes")


def test_a_plan_shows_its_progress_and_can_be_cancelled(
    opened: Opened, server: Server, tmp_path: Path
) -> None:
    asked = long_request(60)
    rows = ["start,queue,contacts,handle_time_seconds"]
    rows += [f"{one['start']},{one['queue']},{one['contacts']},240" for one in asked["forecast"]]
    page = opened()
    as_text(page, json.dumps(asked["scenario"]))
    page.set_input_files("#forecast", forecast_file(tmp_path, "\n".join(rows)))
    page.click("#submit")
    expect(page.locator("#progress-bound")).to_have_text(re.compile(r"\d"), timeout=WAIT)
    assert page.inner_text("#progress-title") == "A long week"
    assert page.inner_text("#progress-state") == "being planned"
    page.reload()
    page.wait_for_selector("#progress:visible")
    page.click("#cancel")
    page.wait_for_selector("#result [role=alert]")

    assert "A long week: cancelled" in page.inner_text("#result")
    assert state(server, page) == "cancelled"
    assert page.locator("#progress").is_hidden()


def test_why_there_is_no_plan_is_told(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    as_text(
        page, json.dumps(SCENARIO | {"pools": {"staff": SCENARIO["pools"]["staff"] | {"maximum_seats": 1}}})
    )
    page.set_input_files("#forecast", forecast_file(tmp_path, CSV))
    page.click("#submit")
    page.wait_for_selector("#result [role=alert]", timeout=WAIT)

    words = page.inner_text("#result")
    assert "Monday: no plan exists" in words
    assert "Rules that no plan keeps together" in words
    assert "pools.staff.maximum_seats 1 → " in words
    assert "[object" not in words


def test_names_are_text_everywhere(opened: Opened, tmp_path: Path) -> None:
    scenario = SCENARIO | {
        "name": HOSTILE,
        "queues": {HOSTILE: SCENARIO["queues"]["sales"]},
        "pools": {"<img src=x onerror=alert(1)>": SCENARIO["pools"]["staff"] | {"queues": [HOSTILE]}},
    }
    page = opened()
    as_text(page, json.dumps(scenario))
    page.set_input_files("#forecast", forecast_file(tmp_path, CSV.replace("sales", HOSTILE)))
    page.click("#submit")
    shown_report(page)

    assert page.inner_text("#result h1") == HOSTILE
    assert page.locator("#result h3", has_text=HOSTILE).count() == 1
    assert page.locator("#result img, .plans img").count() == 0
    assert HOSTILE in page.inner_text(".plans")


def test_two_plans_stand_side_by_side(opened: Opened, plans: tuple[str, str]) -> None:
    page = opened()
    assert page.locator("#compare").is_disabled()
    for name in ("Busy season", "Off season"):
        page.get_by_label(f"Compare {name}").first.check()
    page.click("#compare")
    page.wait_for_selector("#side")

    headings = page.locator("#side thead th").all_inner_texts()
    assert [heading.partition(",")[0] for heading in headings] == ["", "Busy season", "Off season"]
    assert "Cost per contact" in page.inner_text("#side")
    assert page.locator("#side-costs tbody tr").count() >= 1


def test_chinese_where_the_browser_likes_it(opened: Opened, plans: tuple[str, str]) -> None:
    page = opened(f"/#plan={plans[0]}", locale="zh-CN")
    shown_report(page)

    assert page.get_attribute("html", "lang") == "zh-CN"
    words = page.inner_text("body")
    for word in (
        "新计划",
        "历史计划",
        "各班次人数",
        "所需坐席与计划坐席",
        "接通率",
        "成本构成",
        "最优性差距",
        "已完成",
    ):
        assert word in words
    page.click("nav a[lang=en]")
    page.wait_for_selector("html[lang=en][data-ready]")
    assert "New plan" in page.inner_text("body")


@pytest.mark.parametrize("width, scheme", [(360, "light"), (768, "dark")])
def test_it_fits_a_phone_and_follows_light_and_dark(
    opened: Opened, plans: tuple[str, str], width: int, scheme: str
) -> None:
    page = opened(f"/#plan={plans[0]}", viewport={"width": width, "height": 740}, color_scheme=scheme)
    shown_report(page)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in ground[4:-1].split(",")) / 3
    assert (brightness < 60) if scheme == "dark" else (brightness > 200)
    ink = page.evaluate("getComputedStyle(document.querySelector('.chart .ytick text')).fill")
    assert (sum(int(part) for part in ink[4:-1].split(",")[:3]) / 3 > 120) == (scheme == "dark")


def test_everything_is_reached_and_done_by_keyboard(opened: Opened) -> None:
    page = opened()
    reached: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.name || ''"))
        if reached[-1] == "submit":
            break
    for wanted in ("preset", "way", "forecast", "certify", "submit"):
        assert wanted in reached
    page.keyboard.press("Enter")
    shown_report(page)
    page.focus("#result summary")
    page.keyboard.press("Enter")
    assert page.locator("#result details[open] table").first.is_visible()


def test_with_keys_the_page_asks_for_one_and_forgets_it_with_the_tab(
    opened: Opened, tmp_path: Path, heard: Heard
) -> None:
    url = f"sqlite:///{tmp_path}/keys.db"
    database = database_at(url)
    migrate(database)
    given = create_key(database, "ann")
    database.close()
    with serving(tmp_path, "--keys", "--database", url) as guarded:
        page = opened(base=guarded.url)
        page.fill("#key", "not a key")
        page.press("#key", "Enter")
        expect(page.locator("#key-told")).to_contain_text("planner keys")
        page.fill("#key", given)
        page.press("#key", "Enter")
        page.wait_for_selector("#key-told", state="hidden")
        as_text(page, json.dumps(SCENARIO))
        page.set_input_files("#forecast", forecast_file(tmp_path, CSV))
        page.click("#submit")
        shown_report(page)
        with page.expect_download() as download:
            page.click("[data-file=workbook]")
        assert download.value.suggested_filename == "plan.xlsx"
        assert page.evaluate("localStorage.length") == 0
        assert given not in page.url
        assert {status for status, _ in heard.refused} == {401}
        page.context.close()

"""The pictures of docs/, taken of the page and of a report: `make pictures` asks for them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from api.page.presets import preset
from tests.api.asking import Server, until
from tests.page.conftest import Opened, shown_report

FOLDER = os.environ.get("PLANNER_PICTURES")
MOST_BYTES = 200_000

pytestmark = [
    pytest.mark.skipif(FOLDER is None, reason="taken by `make pictures`"),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def seasons(server: Server) -> dict[str, str]:
    """The ids of finished plans of an online shop, by season."""
    found = {}
    for name in ("quiet", "peak"):
        asked = preset(name)
        lines = [line.split(",") for line in asked.forecast.split()]
        columns: dict[str, list[Any]] = dict(
            zip(lines[0], map(list, zip(*lines[1:], strict=True)), strict=True)
        )
        columns |= {
            name: [float(value) for value in columns[name]] for name in ("contacts", "handle_time_seconds")
        }
        scenario = {key: value for key, value in asked.document.items() if key != "forecast"}
        found[name] = server.post("/plans", {"scenario": scenario, "forecast": columns})["id"]
        until(lambda plan=found[name]: server.get(f"/plans/{plan}")["state"] == "finished", 150)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return found


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    path = Path(str(FOLDER)) / name
    page.screenshot(path=path)
    assert path.stat().st_size < MOST_BYTES


def test_the_page_with_a_plan(opened: Opened, seasons: dict[str, str]) -> None:
    page = opened(f"/#plan={seasons['peak']}", viewport={"width": 1100, "height": 880})
    shown_report(page)
    page.select_option("#preset", "peak")
    page.evaluate("scrollTo(0, 0)")
    keep(page, "page.png")


def test_the_page_on_a_phone_in_chinese_and_dark(opened: Opened, seasons: dict[str, str]) -> None:
    page = opened(
        f"/#plan={seasons['peak']}",
        viewport={"width": 400, "height": 860},
        color_scheme="dark",
        locale="zh-CN",
    )
    shown_report(page)
    page.locator("#shown").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('shown').scrollIntoView()")
    keep(page, "page-phone.png")


def test_two_seasons_side_by_side(opened: Opened, seasons: dict[str, str]) -> None:
    page = opened(viewport={"width": 1100, "height": 880})
    for box in page.locator(".plans input:enabled").all()[:2]:
        box.check()
    page.click("#compare")
    page.wait_for_selector("#side")
    page.evaluate("scrollTo(0, 0)")
    keep(page, "page-seasons.png")


def test_a_report(opened: Opened, server: Server, seasons: dict[str, str]) -> None:
    page = opened(viewport={"width": 1100, "height": 880})
    page.goto(f"{server.url}/plans/{seasons['peak']}/report")
    page.wait_for_selector("#chart-costs svg.main-svg", state="attached")
    page.evaluate("document.getElementById('staffing').scrollIntoView()")
    keep(page, "report.png")

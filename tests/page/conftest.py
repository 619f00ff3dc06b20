"""A browser that looks at the page: Debian's chromium, driven by Playwright, and a server to look at."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.api.asking import Server, changed, serving, until

WAIT = 30_000
"""Milliseconds for what takes a plan."""


def chromium() -> str:
    """Where the browser lies; skips with a reason where there is none.

    With PLANNER_REQUIRE_ALL set, as in CI, its absence fails the test instead.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is not None:
        return found
    reason = "chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)"
    if os.environ.get("PLANNER_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("page"), "--jobs", "1") as started:
        yield started


@pytest.fixture(scope="session")
def plans(server: Server) -> tuple[str, str]:
    """The ids of two finished plans."""
    made = [
        server.post("/plans", changed(name=name, calendar=changed()["scenario"]["calendar"]))["id"]
        for name in ("Busy season", "Off season")
    ]
    until(lambda: all(server.get(f"/plans/{each}")["state"] == "finished" for each in made), 60, server.log)
    return made[0], made[1]


@dataclass
class Heard:
    """What went on in a page besides what it shows."""

    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.refused.append((status, url))


Opened = Callable[..., Page]


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def opened(browser: Browser, server: Server, heard: Heard) -> Iterator[Opened]:
    """Opens the page in a browser of its own; nothing may fail in it or be asked elsewhere."""
    contexts: list[BrowserContext] = []
    bases: list[str] = [server.url]

    def look(path: str = "/", base: str | None = None, **how: Any) -> Page:
        context = browser.new_context(
            **({"locale": "en-GB", "viewport": {"width": 1200, "height": 900}} | how)
        )
        contexts.append(context)
        bases.append(base or server.url)
        page = context.new_page()
        heard.listen(page)
        page.goto((base or server.url) + path)
        page.wait_for_selector("html[data-ready]")
        return page

    yield look
    for context in contexts:
        context.close()
    assert heard.errors == []
    assert [url for url in heard.asked if not url.startswith((*bases, "blob:", "data:"))] == []


def shown_report(page: Page) -> None:
    """Wait until a plan's report is there with its charts."""
    page.wait_for_selector("#result .report", timeout=WAIT)
    page.wait_for_selector("#result .chart svg.main-svg", state="attached", timeout=WAIT)
    expect(page.locator("#result .chart:not(:has(svg.main-svg))")).to_have_count(0, timeout=WAIT)


def as_text(page: Page, scenario: str) -> None:
    """Write a scenario as the expert does."""
    page.get_by_text("Text", exact=True).click()
    page.fill("#scenario", scenario)


def forecast_file(folder: Path, content: str | bytes, name: str = "forecast.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path

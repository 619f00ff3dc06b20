"""The label files: the same names in every language, the same places in every sentence, no word unused."""

from __future__ import annotations

import ast
import json
import re
import string
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest

from api.page.presets import NAMES
from api.store.record import State
from planner.certificate.certificate import Ending, Verdict
from planner.contracts.binding import Clause
from planner.contracts.invoice import Invoice, Item
from planner.plan import CostItem, Measure, Repair, ServiceRow, Status
from planner.report.labels import ENGLISH, LANGUAGES, Language, labels_in, language_for
from planner.scenario.clock import DAYS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "api" / "page" / "words"
FOLDERS = (ROOT / "planner" / "report" / "words", PAGE)
EVERY = {**ENGLISH, **labels_in("en", PAGE)}
ROOMS = (ROOT / "planner" / "report", ROOT / "api")


def made_of(template: str, values: tuple[str, ...]) -> set[str]:
    return {template.format(value) for value in values}


def by_value() -> set[str]:
    """Words that are looked up by what a document holds."""
    periods = get_args(ServiceRow.model_fields["period"].annotation)
    bases = get_args(get_args(ServiceRow.model_fields["over"].annotation)[0])
    plain = chain(
        get_args(CostItem), get_args(Measure), get_args(Status), get_args(Item), DAYS, periods, bases,
        ("in_house", "remote", "outsourced"),
    )  # fmt: skip
    return (
        set(plain)
        | made_of("is {}", get_args(Verdict))
        | made_of("plan {}", ("kept", "broken", "undecided"))
        | made_of("ended by {}", get_args(Ending))
        | made_of("repair ended by {}", get_args(Repair.model_fields["ended"].annotation))
        | made_of("{} attendance", ("random", "steady"))
        | made_of("binds {}", get_args(Clause))
        | made_of("unused {}", get_args(Invoice.model_fields["unit"].annotation))
        | made_of("preset {}", NAMES)
        | set(get_args(State))
    )


def written() -> set[str]:
    """Every string of the code that could look a word up, and every name in quotes of a template."""
    found: set[str] = set()
    for path in chain.from_iterable(room.rglob("*") for room in ROOMS):
        if path.suffix == ".py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
        elif path.suffix in {".j2", ".js"}:
            found |= set(re.findall(r"""["']([^"'\n]+)["']""", path.read_text(encoding="utf-8")))
    return found


def fields(sentence: str) -> list[str]:
    return sorted(
        f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(sentence) if name is not None
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=["reports", "page"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_names_in_order_and_says_something(
    language: Language, folder: Path
) -> None:
    assert list(labels_in(language, folder)) == sorted(labels_in("en", folder))
    assert all(labels_in(language, folder).values())


@pytest.mark.parametrize("folder", FOLDERS, ids=["reports", "page"])
def test_a_sentence_has_the_same_places_in_every_language(folder: Path) -> None:
    chinese = labels_in("zh-CN", folder)
    assert {name: fields(words) for name, words in labels_in("en", folder).items()} == {
        name: fields(words) for name, words in chinese.items()
    }


def test_no_word_is_unused() -> None:
    assert set(EVERY) - by_value() - written() == set()


def test_no_name_means_two_things() -> None:
    assert not set(ENGLISH) & set(labels_in("en", PAGE))


@pytest.mark.parametrize("folder", FOLDERS, ids=["reports", "page"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_stands_twice_in_a_file(language: Language, folder: Path) -> None:
    text = (folder / f"{language}.json").read_text(encoding="utf-8")
    names = [name for name, _ in json.loads(text, object_pairs_hook=list)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "accepted, language",
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh-Hant-TW", "zh-CN"),
        ("de-DE, en;q=0.5, zh;q=0.4", "en"),
        ("en;q=0.5, zh;q=0.9", "zh-CN"),
        ("zh;q=0, en;q=0.1", "en"),
        ("zh;q=many", "en"),
        ("fr", "en"),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(accepted: str | None, language: Language) -> None:
    assert language_for(accepted) == language


@pytest.mark.parametrize(
    "name, word",
    [
        ("service_level", "服务水平"),
        ("answer_rate", "接通率"),
        ("average_wait", "平均等待时长"),
        ("occupancy", "占用率"),
        ("intervals", "时段"),
        ("headcount", "人数"),
        ("pattern", "班次"),
        ("in_house", "自建"),
        ("remote", "远程座席"),
        ("outsourced", "外包"),
        ("ai share", "AI自动化占比"),
        ("cost by item", "成本构成"),
        ("gap", "最优性差距"),
    ],
)
def test_the_trades_words_are_the_trades(name: str, word: str) -> None:
    assert labels_in("zh-CN")[name] == word

"""YAML that is small and stands for much, lies deep, or is no YAML of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.contracts.reading import quotes_in
from planner.errors import InvalidInput
from planner.scenario.reading import read_scenario
from planner.scenario.text import document_of
from planner.sweep.reading import sweep_in
from planner.year.reading import year_in
from tests.hostile.limits import processor_seconds, said
from tests.scenario.samples import small

LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
MERGED = "a0: &a0 {k: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{','.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 9)
)
MUCH = "its aliases stand for more than 200,000 values"
DEEP = "is nested too deeply, or an alias holds itself"
ATTACKS = [
    pytest.param(LAUGHS, MUCH, id="aliases of aliases"),
    pytest.param(LAUGHS + "? *a11\n: 1\n", MUCH, id="as the name of a field"),
    pytest.param(MERGED, MUCH, id="merged"),
    pytest.param("[" * 10_000, DEEP, id="open brackets"),
    pytest.param("a: " + "[" * 10_000 + "]" * 10_000, DEEP, id="brackets"),
    pytest.param("{a: " * 10_000, DEEP, id="fields"),
    pytest.param("- " * 10_000, DEEP, id="lists"),
    pytest.param("? " * 10_000, DEEP, id="names"),
    pytest.param("a: &a {<<: *a}", DEEP, id="merged with itself"),
]


@pytest.mark.parametrize("text, why", ATTACKS)
def test_text_that_stands_for_too_much_is_refused_in_a_second(text: str, why: str) -> None:
    with pytest.raises(InvalidInput):
        document_of(b"a: [", "warm")
    before = processor_seconds()
    with pytest.raises(InvalidInput) as failure:
        document_of(text.encode(), "f")
    assert processor_seconds() - before < 1
    assert len(failure.value.mistakes) == 1
    assert why in str(failure.value)


@pytest.mark.parametrize("text", [LAUGHS, "[" * 10_000])
def test_every_file_of_yaml_is_guarded(text: str) -> None:
    content = text.encode()
    for read in (
        lambda: read_scenario(content, "f"),
        lambda: quotes_in(content, "f"),
        lambda: year_in(content, "f", Path()),
        lambda: sweep_in(content, "f", small()),
    ):
        with pytest.raises(InvalidInput, match=f"{MUCH}|{DEEP}"):
            read()


def test_it_takes_less_than_200_mb(tmp_path: Path) -> None:
    for number, text in enumerate((LAUGHS, LAUGHS + "? *a11\n: 1\n", "[" * 490_000)):
        path = tmp_path / str(number)
        path.write_text(text)
        told = said('document_of(content, "f")', path, megabytes=200)
        assert MUCH in told or DEEP in told


def test_a_name_that_is_a_list_is_no_name() -> None:
    with pytest.raises(InvalidInput) as failure:
        document_of(b"a:\n  ? [b]\n  : 1\n", "f")
    assert str(failure.value) == "f: a: line 2: the name of a field must be text, not a list or fields"


TAGS = ["!!bool x", "!!int ''", "!!int x", "!!float x", "!!python/object/apply:os.system [id]", "!!seq x"]


@pytest.mark.parametrize("value", TAGS)
def test_a_tag_runs_nothing_and_ends_in_no_traceback(value: str) -> None:
    with pytest.raises(InvalidInput):
        document_of(f"a: {value}".encode(), "f")

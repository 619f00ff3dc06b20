"""The machine that executes the documentation, tested on pages of its own."""

from __future__ import annotations

import time
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from tests.docs.blocks import Block, PageError, blocks
from tests.docs.execution import PageDiffersError, Reader, commands, needed


def page(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def follow(folder: Path, *lines: str) -> None:
    Reader("page.md", folder).follow(blocks(page(*lines)))


def test_blocks_keep_language_line_and_text() -> None:
    found = blocks(page("Words", "```python", "x = 1", "", "y = 2", "```", "```text", "```"))
    assert found == (Block("python", 2, "x = 1\n\ny = 2\n"), Block("text", 7, ""))


def test_block_in_a_list_loses_the_indent_of_its_fence() -> None:
    (found,) = blocks(page("1. Step", "", "   ```python", "   if x:", "       y()", "   ```"))
    assert found.text == "if x:\n    y()\n"


def test_longer_fence_holds_a_shorter_one() -> None:
    (found,) = blocks(page("````text", "```python", "1 / 0", "```", "````"))
    assert found == Block("text", 1, "```python\n1 / 0\n```\n")


def test_tildes_fence_too() -> None:
    (found,) = blocks(page("~~~python", "```", "~~~"))
    assert found.text == "```\n"


@pytest.mark.parametrize("language", ["bash", "sh", "", "Python", "py"])
def test_unknown_language_is_refused(language: str) -> None:
    with pytest.raises(PageError, match="line 1: unknown language"):
        blocks(page(f"```{language}", "echo", "```"))


def test_fence_left_open_is_refused() -> None:
    with pytest.raises(PageError, match="line 2: the fence is never closed"):
        blocks(page("Words", "```python", "x = 1"))


def test_excuse_belongs_to_the_next_block_alone() -> None:
    first, second = blocks(page("<!-- not run: slow -->", "```python", "```", "```python", "```"))
    assert (first.excuse, second.excuse) == ("slow", None)


def test_excuse_needs_a_reason() -> None:
    with pytest.raises(PageError, match="needs a reason"):
        blocks(page("<!-- not run: -->", "```python", "```"))


@pytest.mark.parametrize("after", ["Words", ""])
def test_excuse_needs_a_block(after: str) -> None:
    with pytest.raises(PageError, match="stands before"):
        blocks(page("<!-- not run: slow -->", after))


def test_python_blocks_of_a_page_share_their_names(tmp_path: Path) -> None:
    follow(tmp_path, "```python", "x = 2", "```", "```python", "print(x * 3)", "```", "```text", "6", "```")


def test_python_that_prints_something_else_is_found(tmp_path: Path) -> None:
    with pytest.raises(PageDiffersError, match=r"page\.md:1(.|\n)*shows\n7\n(.|\n)*prints\n6\n"):
        follow(tmp_path, "```python", "print(6)", "```", "which prints", "```text", "7", "```")


def test_python_runs_in_the_folder_of_the_reader(tmp_path: Path) -> None:
    follow(tmp_path, "```python", "open('here', 'w').close()", "```")
    assert (tmp_path / "here").exists()


def test_python_error_is_an_error_with_the_line_of_the_page(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        follow(tmp_path, "Words", "```python", "1 / 0", "```")
    assert (caught.traceback[-1].path, caught.traceback[-1].lineno + 1) == ("page.md", 3)


def test_dots_stand_for_anything_and_blanks_at_the_end_do_not_count(tmp_path: Path) -> None:
    code = "print('cost 123.45  \\nseconds 7\\nend')"
    follow(tmp_path, "```python", code, "```", "```text", "cost ...", "end", "```")


def test_console_prints_what_is_shown(tmp_path: Path) -> None:
    follow(tmp_path, "```console", "$ echo one; echo two >&2", "one", "two", "$ printf three", "three", "```")


def test_console_that_prints_something_else_is_found(tmp_path: Path) -> None:
    with pytest.raises(PageDiffersError, match=r"page\.md:1: echo two"):
        follow(tmp_path, "```console", "$ echo one", "one", "$ echo two", "one", "```")


def test_console_command_that_fails_is_found_even_if_nothing_is_shown(tmp_path: Path) -> None:
    with pytest.raises(PageDiffersError, match="`false` fails with 1"):
        follow(tmp_path, "```console", "$ true", "$ false", "```")


def test_console_may_fail_where_the_page_asks_for_the_exit_code(tmp_path: Path) -> None:
    follow(tmp_path, "```console", "$ bash -c 'exit 2'", "$ echo $?", "2", "```")
    with pytest.raises(PageDiffersError):
        follow(tmp_path, "```console", "$ bash -c 'exit 2'", "$ echo $?", "3", "```")


def test_console_block_is_one_shell(tmp_path: Path) -> None:
    follow(tmp_path, "```console", "$ mkdir sub", "$ cd sub", "$ basename $PWD", "sub", "```")


def test_console_that_leaves_the_shell_is_found(tmp_path: Path) -> None:
    with pytest.raises(PageDiffersError, match="the shell ended"):
        follow(tmp_path, "```console", "$ exit 0", "$ echo two", "```")


def test_command_goes_on_after_a_backslash() -> None:
    (command,) = commands(Block("console", 1, "$ echo one \\\n    two\none two\n"))
    assert (command.line, command.shown) == ("echo one \\\n    two", "one two\n")


def test_console_block_begins_with_a_command(tmp_path: Path) -> None:
    with pytest.raises(PageDiffersError, match="begins with a command"):
        follow(tmp_path, "```console", "planner --help", "```")


def test_console_finds_the_python_of_the_tests_first(tmp_path: Path) -> None:
    check = "import pytest; print('ours')"
    follow(tmp_path, "```console", f'$ python -c "{check}"', "ours", "```")


def test_what_a_console_leaves_running_runs_until_the_page_ends(tmp_path: Path) -> None:
    waits = 'trap "touch ended; exit" TERM; touch began; sleep 60 & wait'
    first = [
        "```console",
        f"$ bash -c '{waits}' > log 2>&1 &",
        "$ while [ ! -e began ]; do sleep 0.01; done",
        "```",
    ]
    follow(tmp_path, *first, "```console", "$ ls", "began", "log", "```")

    until = time.monotonic() + 5
    while not (tmp_path / "ended").exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_the_address_of_a_page_is_a_free_port(tmp_path: Path) -> None:
    reader = Reader("page.md", tmp_path, port=4321)
    reader.follow(
        blocks(page("```console", "$ echo $PLANNER_PORT localhost:8000", "4321 localhost:4321", "```"))
    )


def test_console_that_never_ends_is_ended(tmp_path: Path) -> None:
    reader = Reader("page.md", tmp_path, patience=0.2)
    with pytest.raises(TimeoutExpired):
        reader.follow(blocks(page("```console", "$ sleep 60", "```")))


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("yaml", "# file: a/b.yaml\nx: 1\n", "# file: a/b.yaml\nx: 1\n"),
        ("json", '# file: a/b.json\n{"x": 1}\n', '{"x": 1}\n'),
        ("csv", "# file: a/b.csv\nx\n1\n", "x\n1\n"),
    ],
)
def test_named_documents_are_written(tmp_path: Path, language: str, text: str, written: str) -> None:
    Reader("page.md", tmp_path).follow((Block(language, 1, text),))
    assert (tmp_path / "a" / f"b.{language}").read_text() == written


def test_documents_without_a_name_must_still_be_well_formed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Expecting"):
        follow(tmp_path, "```json", "{", "```")


def test_excused_blocks_are_not_run(tmp_path: Path) -> None:
    follow(tmp_path, "<!-- not run: would fail -->", "", "```console", "$ false", "```")


def test_page_names_the_shared_files_it_needs() -> None:
    assert needed("<!-- needs: ../shared/data/calls.csv -->\n") == ("data/calls.csv",)

"""Executes the blocks of one page, top to bottom, as a reader would.

python    runs in one namespace for the page; a text block that comes next is what it prints
console   lines after `$ ` run in bash, all of one block in one shell; the lines below are what they print.
          A command that fails is a mistake of the page, unless the next command is `echo $?`. What it leaves
          running with `&` runs until the page ends
yaml, json, csv   are written to NAME if their first line is `# file: NAME`
text, mermaid, math   are shown

In what is printed `...` stands for anything, and blanks at the end of a line do not count. Where a page shows
no output, none is compared.

`localhost:8000` is a free port of the page's own, on which `planner serve` listens there.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from tests.docs.blocks import Block

_FILE = re.compile(r"^# file: (?P<name>\S+)\s*$")
_NEEDS = re.compile(r"^<!-- needs: \.\./shared/(?P<name>\S+) -->\s*$", re.MULTILINE)
_MARK = "--8<-- end of command"
_CHECKER = doctest.OutputChecker()
_ADDRESS = "localhost:8000"


class PageDiffersError(AssertionError):
    """The page shows one thing and another happens."""


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block with what the page shows below it; None where it shows nothing."""

    line: str
    shown: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who follows a page in a folder of their own.

    page : name of the page, for messages
    folder : where files are written and commands run
    patience : seconds that one block may take
    port : stands for the 8000 of the page
    shells : groups of processes that its blocks began
    """

    page: str
    folder: Path
    patience: float = 300.0
    namespace: dict[str, object] = field(default_factory=lambda: {"__name__": "page"})
    port: int = field(default_factory=_free_port)
    shells: list[int] = field(default_factory=list)

    def follow(self, blocks: tuple[Block, ...]) -> None:
        """Execute all blocks that have no excuse.

        Raises
        ------
        PageDiffersError
            At the first block that does something other than the page shows.
        """
        try:
            for at, block in enumerate(blocks):
                if block.excuse is None:
                    self._execute(block, _text_after(blocks, at))
        finally:
            for group in self.shells:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGTERM)

    def _execute(self, block: Block, shown: str | None) -> None:
        if block.language == "python":
            self._run_python(block, shown)
        elif block.language == "console":
            self._run_console(block)
        elif block.language in {"yaml", "json", "csv"}:
            self._write(block)

    def _run_python(self, block: Block, shown: str | None) -> None:
        code = compile("\n" * block.line + self._at_its_port(block.text), self.page, "exec")
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, self.namespace)
        if shown is not None:
            self._compare(block, "", shown, printed.getvalue())

    def _run_console(self, block: Block) -> None:
        asked = commands(block)
        answers = self._in_bash([self._at_its_port(command.line) for command in asked])
        following = [command.line for command in asked[1:]] + [""]
        for command, after in zip(asked, following, strict=True):
            printed, status = next(answers, ("", None))
            if status is None:
                raise PageDiffersError(f"{self.page}:{block.line}: the shell ended before `{command.line}`")
            if command.shown is not None:
                self._compare(block, command.line, command.shown, printed)
            if status != 0 and after != "echo $?":
                raise PageDiffersError(
                    f"{self.page}:{block.line}: `{command.line}` fails with {status}:\n{printed}"
                )

    def _at_its_port(self, text: str) -> str:
        return text.replace(_ADDRESS, f"localhost:{self.port}")

    def _in_bash(self, lines: list[str]) -> Iterator[tuple[str, int | None]]:
        """What each command prints, both streams together, and its exit code."""
        script = "".join(
            f'{line}\n_status=$?; echo; echo "{_MARK} $_status"; (exit $_status)\n' for line in lines
        )
        printed = self._ended(["bash", "-c", script])
        *answers, rest = re.split(rf"\n?{_MARK} (\d+)\n", printed)
        for text, status in zip(answers[::2], answers[1::2], strict=True):
            yield text, int(status)
        if rest:
            yield rest, None

    def _ended(self, command: list[str]) -> str:
        """All that a command printed, in a process group that is ended with the page."""
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=_environment() | {"PLANNER_PORT": str(self.port)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            self.shells.append(process.pid)
            try:
                return process.communicate(timeout=self.patience)[0]
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise

    def _write(self, block: Block) -> None:
        first, _, rest = block.text.partition("\n")
        name = _FILE.match(first)
        body = rest if name and block.language != "yaml" else block.text
        if block.language == "json":
            json.loads(body)
        if block.language == "yaml":
            YAML(typ="safe", pure=True).load(body)
        if name:
            file = self.folder / name["name"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, encoding="utf-8")

    def _compare(self, block: Block, command: str, shown: str, printed: str) -> None:
        want, got = _trimmed(shown), _trimmed(printed)
        flags = doctest.ELLIPSIS | doctest.DONT_ACCEPT_BLANKLINE
        if not _CHECKER.check_output(want, got, flags):
            place = f"{self.page}:{block.line}: {command}".rstrip(": ")
            raise PageDiffersError(f"{place}\n--- the page shows\n{want}--- it prints\n{got}")


def commands(block: Block) -> list[Command]:
    """The commands of a console block; one that ends with a backslash goes on in the next line."""
    found: list[Command] = []
    lines = iter(block.text.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command += "\n" + next(lines, "")
            found.append(Command(command, None))
        elif found:
            found[-1] = Command(found[-1].line, (found[-1].shown or "") + line + "\n")
        else:
            raise PageDiffersError(f"line {block.line}: a console block begins with a command after `$ `")
    return found


def needed(page: str) -> tuple[str, ...]:
    """Files of the shared folder that a page reads: <!-- needs: ../shared/data/calls.csv -->"""
    return tuple(match["name"] for match in _NEEDS.finditer(page))


def _text_after(blocks: tuple[Block, ...], at: int) -> str | None:
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if after is None or after.language != "text" or after.excuse is not None:
        return None
    return after.text


def _environment() -> dict[str, str]:
    ours = Path(sys.executable).parent
    return {
        **os.environ,
        "PATH": f"{ours}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
    }


def _trimmed(text: str) -> str:
    """Without blanks at the ends of lines, and without empty lines at the end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip("\n") + "\n"

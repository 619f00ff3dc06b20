"""The reference of commands as Markdown, from the commands themselves.

python -m planner.cli.reference > docs/reference/commands.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import typer

from planner.cli.app import app


def commands_page() -> str:
    """The page docs/reference/commands.md."""
    group = typer.main.get_command(app)
    context = typer.Context(group, info_name="planner")
    lines = ["# Commands", "", "Written from the commands by `python -m planner.cli.reference`.", ""]
    for name, command in _all(group):
        lines += _command(name, command, context)
    return "\n".join(lines)


def _all(group: object, above: str = "") -> Iterator[tuple[str, object]]:
    """Every command by name; those of a group after one another."""
    for name, command in sorted(getattr(group, "commands", {}).items()):
        if hasattr(command, "commands"):
            yield from _all(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _command(name: str, command: object, context: typer.Context) -> Iterator[str]:
    own = typer.Context(command, info_name=name, parent=context)  # type: ignore[arg-type]  # click's own type
    yield f"## planner {name}"
    yield ""
    yield " ".join(str(getattr(command, "help", "") or "").split())
    yield ""
    yield "| option | holds |"
    yield "| --- | --- |"
    for parameter in getattr(command, "params", []):
        record = parameter.get_help_record(own)
        shown = record or (parameter.name.upper(), getattr(parameter, "help", "") or "")
        cells = [" ".join(str(cell).split()).replace("|", "\\|") for cell in shown]
        yield f"| `{cells[0]}` | {cells[1]} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(commands_page())

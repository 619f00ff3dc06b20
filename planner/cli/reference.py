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
    for name in sorted(getattr(group, "commands", {})):
        lines += _command(name, group.commands[name], context)  # type: ignore[attr-defined]  # a group has commands
    return "\n".join(lines)


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

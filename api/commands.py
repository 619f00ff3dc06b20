"""`planner serve` and `planner keys`: registered with the command `planner`, which looks them up by name.

The library knows nothing of this package; its command line asks the installed packages for commands.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, wrong

if TYPE_CHECKING:
    from api.store.database import Database

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        envvar="PLANNER_DATABASE",
        metavar="URL",
        help="Where plans and keys are kept: sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
]
_DATABASE = "sqlite:///planner.db"


def serve(
    host: Annotated[
        str, typer.Option("--host", envvar="PLANNER_HOST", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", envvar="PLANNER_PORT", min=0, max=65535, help="0: any free one.")
    ] = 8000,
    database: DatabaseOption = _DATABASE,
    keys: Annotated[
        bool | None,
        typer.Option(
            "--keys/--no-keys",
            help="Whether requests need a key. Left out: only where others than this machine can call; "
            "there they always do.",
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            envvar="PLANNER_JOBS",
            metavar="N",
            min=0,
            help="Plans solved at a time; the rest wait in order. 0: answer only.",
        ),
    ] = 1,
    lease: Annotated[
        float,
        typer.Option(
            "--lease",
            envvar="PLANNER_LEASE",
            metavar="SECONDS",
            min=1.0,
            help="After so long without a sign of a server its plans are solved by another, or again.",
        ),
    ] = 15.0,
    keep_days: Annotated[
        float | None,
        typer.Option(
            "--keep-days",
            envvar="PLANNER_KEEP_DAYS",
            metavar="DAYS",
            min=0.01,
            help="Plans are deleted so long after they ended. Left out: never.",
        ),
    ] = None,
    limits: Annotated[
        Path | None,
        typer.Option("--limits", metavar="FILE", help="JSON with limits, as /health shows them."),
    ] = None,
) -> None:
    """Serve plans over HTTP. Several servers may share one database.

    Exit codes: 0 stopped by Ctrl-C, 1 the address cannot be taken or an error of ours, 2 bad input,
    143 stopped by SIGTERM.
    """
    with explained(as_json=False):
        needs_key = _needs_key(host, keys)
        with _installed():
            from api.serving import serve_until_stopped
            from api.settings import Settings
        told = Settings(
            database=database, keys=needs_key, jobs=jobs, lease_seconds=lease, keep_days=keep_days
        )
        serve_until_stopped((host, port), told, limits)


keys = typer.Typer(help="Keys of those who may call `planner serve`.", no_args_is_help=True)


@keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="Who will use it, for the list.")],
    database: DatabaseOption = _DATABASE,
) -> None:
    """Make a key and print it. It is shown this once: only its hash is kept."""
    with explained(as_json=False):
        if not (name.strip() and name.isprintable() and len(name) <= 80):
            raise wrong("NAME", "must have 1 to 80 printable characters")
        with _installed():
            from api.store.keys import create_key
        typer.echo(create_key(_migrated(database), name))


@keys.command("list")
def list_(database: DatabaseOption = _DATABASE) -> None:
    """Print the keys: id, state, name."""
    with explained(as_json=False):
        with _installed():
            from api.store.keys import all_keys
        for key in all_keys(_migrated(database)):
            typer.echo(f"{key.id}  {'holds' if key.revoked_at is None else 'revoked'}  {key.name}")


@keys.command("revoke")
def revoke(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As `planner keys list` shows it.")],
    database: DatabaseOption = _DATABASE,
) -> None:
    """End a key at once. Its plans stay, and nobody sees them any more."""
    with explained(as_json=False):
        with _installed():
            from api.store.keys import revoke_key
        if not revoke_key(_migrated(database), identity):
            raise wrong("ID", f"is no key that holds (got {identity}); `planner keys list` shows them")


def _needs_key(host: str, asked: bool | None) -> bool:
    local = host in {"localhost", "::1"} or host.startswith("127.")
    if asked is False and not local:
        raise wrong("--no-keys", f"goes only with an address of this machine alone (--host is {host})")
    return not local if asked is None else asked


def _migrated(url: str) -> Database:
    from api.store.database import opened
    from api.store.migration import migrate

    database = opened(url)
    migrate(database)
    return database


class _installed:  # noqa: N801 - reads as a word after `with`
    """Says what to install where a package of the service is absent."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, failure: BaseException | None, trace: object) -> None:
        if isinstance(failure, ModuleNotFoundError):
            what = f"needs the package {failure.name}: pip install 'contact-centre-planner[service]'"
            raise wrong("planner serve", what) from failure

"""A finished plan, or its certificate, on standard output: tables or one JSON object."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from planner.allocation import Allocation
    from planner.certificate import Certificate
    from planner.plan import Plan
    from planner.report.labels import Language
    from planner.seasons import Differences


def print_plan_or_json(plan: Plan, as_json: bool) -> None:
    """Print the plan for a program or for a person."""
    if as_json:
        print(plan.to_json())
        return
    from rich.console import Console

    from planner.report.text import print_plan

    print_plan(plan, Console(highlight=False))


def deliver(
    plan: Plan,
    folder: Path | None,
    as_json: bool,
    certificate: Certificate | None = None,
    language: Language = "en",
) -> None:
    """Write the files if asked, and print the plan even where they cannot be written: it was dear.

    As JSON the plan has its certificate, if there is one, as a key beside its own.

    Raises
    ------
    InvalidInput
        If the files could not be written.
    """
    with _printed_all_the_same(lambda: _print(plan, certificate, as_json)):
        if folder is not None:
            from planner.report.files import write_results

            write_results(plan, folder, certificate, language)


def _print(plan: Plan, certificate: Certificate | None, as_json: bool) -> None:
    if certificate is None:
        print_plan_or_json(plan, as_json)
    elif as_json:
        import json

        whole = json.loads(plan.to_json()) | {"certificate": json.loads(certificate.to_json())}
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    else:
        print_plan_or_json(plan, as_json=False)
        print()
        _print_certificate(certificate, as_json=False)


def deliver_certificate(certificate: Certificate, folder: Path | None, as_json: bool) -> None:
    """Write certificate.json if asked, and print the certificate even where that cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written.
    """
    with _printed_all_the_same(lambda: _print_certificate(certificate, as_json)):
        if folder is not None:
            from planner.report.files import write_certificate

            write_certificate(certificate, folder)


def deliver_allocation(made: Allocation, folder: Path | None, as_json: bool) -> None:
    """Write allocation.json and allocation.csv if asked, and print the allocation in any case.

    Raises
    ------
    InvalidInput
        If the files could not be written.
    """
    with _printed_all_the_same(lambda: _print_allocation(made, as_json)):
        if folder is not None:
            from planner.report.files import write_allocation

            write_allocation(made, folder)


def deliver_differences(found: Differences, folder: Path | None, as_json: bool) -> None:
    """Write differences.json, plans.csv and parts.csv if asked, and print the comparison in any case.

    Raises
    ------
    InvalidInput
        If the files could not be written.
    """
    with _printed_all_the_same(lambda: _print_differences(found, as_json)):
        if folder is not None:
            from planner.report.files import write_differences

            write_differences(found, folder)


@contextmanager
def _printed_all_the_same(printing: Callable[[], None]) -> Iterator[None]:
    failure: InvalidInput | None = None
    try:
        yield
    except InvalidInput as refused:
        failure = refused
    printing()
    sys.stdout.flush()
    if failure is not None:
        raise failure


def _print_certificate(certificate: Certificate, as_json: bool) -> None:
    if as_json:
        print(certificate.to_json())
        return
    from rich.console import Console

    from planner.report.certificate_text import print_certificate

    print_certificate(certificate, Console(highlight=False))


def _print_allocation(made: Allocation, as_json: bool) -> None:
    if as_json:
        print(made.to_json())
        return
    from rich.console import Console

    from planner.report.allocation_text import print_allocation

    print_allocation(made, Console(highlight=False))


def _print_differences(found: Differences, as_json: bool) -> None:
    if as_json:
        print(found.to_json())
        return
    from rich.console import Console

    from planner.report.differences_text import print_differences

    print_differences(found, Console(highlight=False))

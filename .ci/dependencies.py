"""What the planner is built from, by the metadata of what is installed: a page, or a CycloneDX document.

python .ci/dependencies.py page > docs/reference/dependencies.md
python .ci/dependencies.py sbom > sbom.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "contact-centre-planner"
PARTS = ("", "cluster", "service")
"""The library itself, and what each extra adds; what only tests need is left out."""
_LONGEST = 60


def required(found: Distribution, extra: str = "") -> Iterator[Requirement]:
    """What a distribution needs here, and with an extra what that adds."""
    for line in found.requires or ():
        asked = Requirement(line)
        plain = asked.marker is None or asked.marker.evaluate({"extra": ""})
        added = asked.marker is not None and asked.marker.evaluate({"extra": extra}) and not plain
        if (added if extra else plain) and canonicalize_name(asked.name) != OURS:
            yield asked


def licence(found: Distribution) -> str:
    """A distribution's licence, as short as it tells it."""
    told = found.metadata.get("License-Expression")
    if told:
        return told
    kinds = [
        line.rpartition("::")[2].strip()
        for line in found.metadata.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    if kinds:
        return ", ".join(kinds)
    first = (found.metadata.get("License") or "not told").strip().splitlines()[0]
    return first if len(first) <= _LONGEST else "see its own text"


def everything() -> dict[str, Distribution]:
    """All that is installed for the library and its extras, by name, what others bring along too."""
    ours = distribution(OURS)
    waiting = [(asked.name, asked.extras) for part in PARTS for asked in required(ours, part)]
    known: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    while waiting:
        name, extras = waiting.pop()
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        known[canonicalize_name(name)] = found
        for extra in ("", *sorted(extras)):
            if (canonicalize_name(name), extra) not in seen:
                seen.add((canonicalize_name(name), extra))
                waiting += [(asked.name, asked.extras) for asked in required(found, extra)]
    return dict(sorted(known.items()))


def page() -> str:
    """The dependencies as a page."""
    known, direct = everything(), set()
    lines = [
        "# Dependencies",
        "",
        "What the planner is built from. What only its tests need is left out.",
        "",
    ]
    lines += ["| package | versions | for | licence |", "| --- | --- | --- | --- |"]
    for part in PARTS:
        for asked in sorted(required(distribution(OURS), part), key=lambda one: one.name.lower()):
            name = canonicalize_name(asked.name)
            direct.add(name)
            told = licence(known[name]) if name in known else "not installed here"
            versions = ", ".join(sorted(str(asked.specifier).split(",")))
            lines.append(f"| {name} | `{versions}` | {part or 'everything'} | {told} |")
    lines += ["", "They bring along:", "", "| package | licence |", "| --- | --- |"]
    lines += [f"| {name} | {licence(found)} |" for name, found in known.items() if name not in direct]
    told = "`make sbom` writes them with their installed versions as CycloneDX."
    lines += ["", f"{told} [Security](../explanation/security.md) tells what is defended."]
    return "\n".join(lines) + "\n"


def sbom() -> str:
    """The dependencies as a CycloneDX 1.5 document."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": found.version,
            "purl": f"pkg:pypi/{name}@{found.version}",
            "licenses": [{"license": {"name": licence(found)}}],
        }
        for name, found in everything().items()
    ]
    ours = {"type": "application", "name": OURS, "version": distribution(OURS).version}
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": ours}}
    return json.dumps(whole | {"components": components}, indent=1)


if __name__ == "__main__":
    sys.stdout.write(page() if sys.argv[1:] == ["page"] else sbom())

#!/usr/bin/env bash
# Asks a public source of advisories about every pinned dependency, from an environment of its own that is thrown away.
# Needs a machine that reaches that source; fails where it does not, and where an advisory holds.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python=.venv/bin/python
"$python" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit
"$python" -m pip freeze --exclude-editable >"$place/installed.txt"
"$place/venv/bin/pip-audit" --no-deps --disable-pip --requirement "$place/installed.txt"

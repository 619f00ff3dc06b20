#!/usr/bin/env bash
# Builds .venv-peers, where benchmarks run other planners, with a Python that these support.
# Exits with 3 where no such Python is at hand; does nothing where it stands already.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.venv-peers
pins=.ci/peers-constraints.txt

if [ "$folder/.ready" -nt "$pins" ]; then exit; fi
python=$(bash .ci/newer_python.sh)
if [ -z "$python" ]; then
    echo "peers: no Python 3.12 or 3.13 is at hand" >&2
    exit 3
fi
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$pins" pyworkforce
touch "$folder/.ready"

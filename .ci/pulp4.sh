#!/usr/bin/env bash
# Runs the tests of the seam to PuLP in a second environment with PuLP 4, where a Python 3.12 or newer is at hand.
set -euo pipefail
cd "$(dirname "$0")/.."

seam=tests/solver/test_pulp_seam.py
folder=.venv-pulp4

if [ ! -e "$seam" ]; then
    echo "PuLP 4: skipped, $seam is not there."
elif .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then
    echo "PuLP 4: the whole suite above ran with it."
else
    python=$(bash .ci/newer_python.sh)
    if [ -z "$python" ]; then
        echo "PuLP 4: skipped, no Python 3.12 or newer is at hand."
        exit
    fi
    bash .ci/venv.sh "$folder" "$python"
    "$folder/bin/python" -m pytest "$seam"
fi

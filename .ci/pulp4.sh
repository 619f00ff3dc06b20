#!/usr/bin/env bash
# Runs the tests of the seam to PuLP in a second environment with PuLP 4, where a Python 3.12 or newer is at hand.
set -euo pipefail
cd "$(dirname "$0")/.."

seam=tests/solver/test_pulp_seam.py
folder=.venv-pulp4

# Interpreters on PATH first, then those that pyenv keeps.
interpreters() {
    printf '%s\n' python3.13 python3.12
    if command -v pyenv >/dev/null; then
        find "$(pyenv root)/versions" -path '*/bin/python3.1[23]' | sort --reverse
    fi
}

first_that_runs() {
    local python
    while read -r python; do
        if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            echo "$python"
            return
        fi
    done < <(interpreters)
}

if [ ! -e "$seam" ]; then
    echo "PuLP 4: skipped, $seam is not there."
elif .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then
    echo "PuLP 4: the whole suite above ran with it."
else
    python=$(first_that_runs)
    if [ -z "$python" ]; then
        echo "PuLP 4: skipped, no Python 3.12 or newer is at hand."
        exit
    fi
    bash .ci/venv.sh "$folder" "$python"
    "$folder/bin/python" -m pytest "$seam"
fi

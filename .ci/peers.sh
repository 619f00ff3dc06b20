#!/usr/bin/env bash
# Builds .venv-peers, where benchmarks run other planners, with a Python that these support.
# Exits with 3 where no such Python is at hand; does nothing where it stands already.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.venv-peers
pins=.ci/peers-constraints.txt

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

if [ "$folder/.ready" -nt "$pins" ]; then exit; fi
python=$(first_that_runs)
if [ -z "$python" ]; then
    echo "peers: no Python 3.12 or 3.13 is at hand" >&2
    exit 3
fi
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$pins" pyworkforce
touch "$folder/.ready"

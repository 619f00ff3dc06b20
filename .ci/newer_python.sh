#!/usr/bin/env bash
# Prints the first Python 3.13 or 3.12 that can make environments; nothing where there is none.
# Found by running it: a pyenv shim can be on PATH and stand for nothing.
set -euo pipefail

# Interpreters on PATH first, then those that pyenv keeps.
interpreters() {
    printf '%s\n' python3.13 python3.12
    if command -v pyenv >/dev/null; then
        find "$(pyenv root)/versions" -path '*/bin/python3.1[23]' | sort --reverse
    fi
}

while read -r python; do
    if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        echo "$python"
        exit
    fi
done < <(interpreters)

#!/usr/bin/env bash
# Builds a virtual environment with this project and its pinned dependencies; one that works is kept and brought up to date.
#
#   .ci/venv.sh FOLDER [PYTHON]
#
# Without PYTHON it takes the first Python on PATH that is new enough and can make environments.
# uv installs when it is on PATH, else pip.
set -euo pipefail

folder=$1
asked=${2:-}

fail() {
    echo "$1" >&2
    exit 1
}

# Found by running it: a pyenv shim can be on PATH and stand for nothing.
runs() {
    "$1" -c '' >/dev/null 2>&1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

makes_environments() {
    if command -v uv >/dev/null; then return 0; fi
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

find_python() {
    local candidate too_old="" without_venv="" candidates=(python3.13 python3.12 python3.11 python3)
    if [ -n "$asked" ]; then candidates=("$asked"); fi
    for candidate in "${candidates[@]}"; do
        if ! runs "$candidate"; then continue; fi
        if ! new_enough "$candidate"; then too_old=$candidate; continue; fi
        if ! makes_environments "$candidate"; then without_venv=$candidate; continue; fi
        echo "$candidate"
        return
    done
    if [ -n "$without_venv" ]; then no_venv "$without_venv"; fi
    if [ -n "$too_old" ]; then
        fail "Python 3.11 or newer is needed; $too_old is $("$too_old" --version 2>&1)."
    fi
    fail "Python 3.11 or newer is needed; found none on PATH."
}

no_venv() {
    fail "$1 has no venv, which builds the virtual environment (Debian: apt-get install python3-venv)."
}

can_install() {
    command -v uv >/dev/null || "$folder/bin/python" -m pip --version >/dev/null 2>&1
}

make_environment() {
    local python=$1 said
    if command -v uv >/dev/null; then
        uv venv --quiet --clear --python "$python" "$folder"
    elif ! said=$("$python" -m venv --clear "$folder" 2>&1); then
        rm -rf "$folder"
        case $said in
            *ensurepip* | *"No module named venv"*) no_venv "$python" ;;
            *) fail "$python -m venv $folder failed: $(tail -n 1 <<<"$said")" ;;
        esac
    fi
}

install() {
    if command -v uv >/dev/null; then
        uv pip install --quiet --python "$folder/bin/python" --constraint .ci/constraints.txt --editable '.[dev]'
    else
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
            --constraint .ci/constraints.txt --editable '.[dev]'
    fi
}

cd "$(dirname "$0")/.."
if ! { new_enough "$folder/bin/python" && can_install; }; then
    python=$(find_python)
    make_environment "$python"
fi
echo "Installing into $folder ($("$folder/bin/python" --version)); the first time takes a few minutes." >&2
install

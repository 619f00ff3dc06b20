#!/usr/bin/env bash
# Builds .venv-client, where a test generates a client from our OpenAPI and uses it: neither the generator
# nor what the client needs is to hold back our own pins. Does nothing where it stands already.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.venv-client
pins=.ci/client-constraints.txt

if [ "$folder/.ready" -nt "$pins" ]; then exit; fi
if command -v uv >/dev/null; then
    uv venv --quiet --clear --python .venv/bin/python "$folder"
    uv pip install --quiet --python "$folder/bin/python" --constraint "$pins" openapi-python-client
else
    .venv/bin/python -m venv --clear "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --constraint "$pins" openapi-python-client
fi
touch "$folder/.ready"

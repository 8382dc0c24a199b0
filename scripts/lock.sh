#!/usr/bin/env bash
# Chooses the versions in requirements.lock anew, for Python 3.11 to 3.13 at once.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x build/lock/bin/uv ] || { python3 -m venv build/lock && build/lock/bin/pip install -qq uv; }
{
  echo "# Made by 'make lock' from pyproject.toml: every package, with its exact version."
  build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --extra dev \
    --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml
} >build/requirements.lock
mv build/requirements.lock requirements.lock

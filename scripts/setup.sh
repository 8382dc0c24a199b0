#!/usr/bin/env bash
# Makes .venv from requirements.lock and sees that Tesseract is there. Quiet and quick
# where nothing is to be done.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# Runs a command as root where that is possible without asking a machine that cannot answer.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && [ -z "${CI:-}" ]; }; }; then sudo "$@"
  else return 1
  fi
}

# Installs Debian packages where apt-get is there and it is allowed.
apt_install() {
  command -v apt-get >/dev/null || return 1
  say "Installing $* with apt-get …"
  as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "$@" >/dev/null
}

# Prints the first Python that is 3.11 to 3.13; a name on the PATH may be one that does not start.
find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  say "No Python 3.11, 3.12 or 3.13 found. Install one, or name it: make setup PYTHON=/path/to/python3"
  return 1
}

make_venv() {
  local python
  python=$(find_python)
  say "Making .venv with $("$python" --version) …"
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install python3-venv || { say "This Python cannot make environments. Install: apt-get install python3-venv"; exit 1; }
  fi
  "$python" -m venv .venv
}

install_packages() {
  local stamp=.venv/.installed wanted
  wanted=$(cat requirements.lock pyproject.toml | cksum)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  say "Installing the packages of requirements.lock (a minute or two) …"
  .venv/bin/python -m pip install -qq --disable-pip-version-check -r requirements.lock
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
  printf '%s' "$wanted" >"$stamp"
}

has_tesseract() {
  command -v tesseract >/dev/null && [ "$(tesseract --list-langs 2>/dev/null | grep -cxE 'vie|eng')" -eq 2 ]
}

[ -x .venv/bin/python ] || make_venv
install_packages
if ! has_tesseract && ! apt_install tesseract-ocr tesseract-ocr-vie tesseract-ocr-eng; then
  say "Scans cannot be read yet: Tesseract or its Vietnamese data is missing. Install it:"
  say "  Debian, Ubuntu:  sudo apt-get install tesseract-ocr tesseract-ocr-vie"
  say "  Fedora:          sudo dnf install tesseract tesseract-langpack-vie"
  say "  macOS:           brew install tesseract tesseract-lang"
  say "Papers with a text layer can be read without it."
fi

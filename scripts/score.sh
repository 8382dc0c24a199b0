#!/usr/bin/env bash
# Measures against papers with hand-read truths: a folder of NAME.PROFILE.pdf and NAME.truth.json,
# by default the one that lies beside the project where it is developed.
set -euo pipefail
cd "$(dirname "$0")/.."
truth=${1:-../shared/corpus}
judge=$(dirname "$truth")/score/score.py
profile=${PROFILE:-digital}
[ -f "$judge" ] || { echo "There is no $judge: make score TRUTH=/path/to/corpus" >&2; exit 2; }
export SOHOA_HOME="$PWD/build/score"
.venv/bin/sohoa ingest "$truth"/*."$profile".pdf
.venv/bin/python "$judge" --db "sqlite:///$SOHOA_HOME/sohoa.db" --truth "$truth" --only "$profile" --misses

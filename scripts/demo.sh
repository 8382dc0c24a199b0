#!/usr/bin/env bash
# Reads the sample papers into a warehouse of its own and asks it the README's questions.
set -euo pipefail
cd "$(dirname "$0")/.."
export SOHOA_HOME="$PWD/demo"
unset SOHOA_WAREHOUSE SOHOA_STORE

bold='' plain=''
if [ -t 1 ]; then bold=$'\033[1m' plain=$'\033[0m'; fi
outcome=0
.venv/bin/sohoa ingest raw/samples || outcome=$?
for question in docs/questions/*.sql; do
  printf '\n%s%s%s\n' "$bold" "$(sed -n '1s/^-- //p' "$question")" "$plain"
  .venv/bin/sohoa sql "$(sed 1d "$question")"
done
printf '\nAsk your own: .venv/bin/sohoa sql --warehouse sqlite:///demo/sohoa.db "select …"\n'
exit "$outcome"

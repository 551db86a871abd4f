#!/bin/bash
# Runs the benchmark kit of ../shared/bench on maek: import of neo4j-admin CSV, queries over
# `maek pipe`, answers compared with the expected ones. Prints the path of the result file.
#
#   bench/query/run.sh [S|M|L] [further words for run_cmd.py, such as --only R09 --writes 1000]
#
# MAEK_PROGRAM (default build/release/tools/maek), MAEK_SHARED (default ../shared) and BENCH_SCRATCH
# (default /tmp/maek-bench; the data stay there for the next run) may be set.
set -eu
root="$(cd "$(dirname "$0")/../.." && pwd)"
scale="${1:-M}"
[ $# -eq 0 ] || shift
kit="${MAEK_SHARED:-$root/../shared}/bench"
program="${MAEK_PROGRAM:-$root/build/release/tools/maek}"
scratch="${BENCH_SCRATCH:-/tmp/maek-bench}"
[ -d "$kit" ] || { echo "bench: no kit at $kit; set MAEK_SHARED" >&2; exit 1; }
[ -x "$program" ] || { echo "bench: no program at $program; build it or set MAEK_PROGRAM" >&2; exit 1; }

data="$scratch/data/$scale"
mkdir -p "$scratch/data" "$scratch/out"
[ -f "$data/manifest.json" ] || python3 "$kit/gen_graph.py" --scale "$scale" --out "$data"
# The nodes before the edges; both kinds stand in the files of neo4j-admin form.
files=$(cd "$data" && find . -path './neo4j*' -name '*.csv' | sort | sed 's|^\./|{data}/|' | tr '\n' ' ')
[ -n "$files" ] || { echo "bench: no neo4j-admin CSV under $data" >&2; exit 1; }
result="$scratch/out/maek_$scale.json"
python3 "$kit/run_cmd.py" --name maek --data "$data" --db "$scratch/db/maek_$scale" \
    --load "$program --quiet import {db} $files" \
    --serve "$program pipe {db}" \
    --oneshot "$program query {db} {query} --params {params} --format jsonl --read-only" \
    --expected "$kit/expected_$scale.json" "$@" > "$result" || status=$?
echo "$result"
exit "${status:-0}"

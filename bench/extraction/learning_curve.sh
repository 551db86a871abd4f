#!/bin/sh
# What more hand-read articles are worth: entities by folds, learned from the gold articles and a share of
# tools/train/silver. Prints a line of gold/score.py for each share. Minutes of CPU for each.
# usage: bench/extraction/learning_curve.sh BUILD_DIR [SHARE...]
set -eu
build=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=${MAEK_SHARED:-$root/../shared}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
[ $# -gt 0 ] || set -- 0 0.25 0.5 1
cd "$root"
for share in "$@"; do
    "$build/tools/train/maek-train" folds --shared "$shared" --share "$share" --out "$out/folds.jsonl"
    printf 'share %s: ' "$share"
    python3 "$shared/gold/score.py" "$shared/gold" "$out/folds.jsonl" | grep '^entities  '
done

#!/bin/sh
# Reproduces the relation figures of docs/extraction.md. Five-fold, each article judged by models that
# have not seen it nor another report of the same event:
#   1. trains the five taggers (maek-train folds --keep) unless PREFIX.0 to PREFIX.4 are there,
#   2. measures the relations with the gold entities given,
#   3. measures them end to end: with the entities that the fold's tagger and the linker find,
#   4. measures names and relations that decide together (maek-train-joint): what the whole chain gives.
# usage: bench/extraction/folds.sh BUILD_DIR [PREFIX [--errors KIND|ALL|AMOUNT]]
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=${MAEK_SHARED:-$root/../shared}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
prefix=${2:-$out/tagger}
shift
[ $# -eq 0 ] || shift
cd "$root"
for fold in 0 1 2 3 4; do
    if [ ! -s "$prefix.$fold" ]; then
        "$build/tools/train/maek-train" folds --shared "$shared" --out "$out/folds.jsonl" --keep "$prefix"
        break
    fi
done
echo "relations, gold entities given"
"$build/tools/train/maek-train-relations" --shared "$shared" "$@"
echo "relations, end to end"
"$build/tools/train/maek-train-relations" --shared "$shared" --taggers "$prefix" --out "$out/relations" "$@"
echo "names and relations, deciding together"
"$build/tools/train/maek-train-joint" --shared "$shared" --taggers "$prefix" --relations "$out/relations"

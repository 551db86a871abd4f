#!/bin/sh
# Remakes zones.txt from the tz source that Debian ships. Needs: dpkg-dev's apt-get source (deb-src
# lines), zic (package libc-bin or tzcode), python3. Usage: schema/tz/regenerate.sh [tzdata.orig.tar.gz]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -ge 1 ]; then
    cp "$1" "$work/tzdata.orig.tar.gz"
else
    (cd "$work" && apt-get source --download-only tzdata && mv tzdata_*.orig.tar.gz tzdata.orig.tar.gz)
fi
mkdir "$work/source" "$work/zones"
tar -xzf "$work/tzdata.orig.tar.gz" -C "$work/source"
cd "$work/source"
# Not backzone: zones alike since 1970 share one history, as upstream's default build has it.
zic -b slim -d "$work/zones" africa antarctica asia australasia europe northamerica southamerica \
    etcetera backward
python3 "$here/pack.py" "$work/zones" "$(cat version)" > "$here/zones.txt"
echo "zones.txt: tz $(cat version), $(wc -c < "$here/zones.txt") bytes"

#!/usr/bin/env python3
"""Packs compiled time zones (TZif files of `zic -b slim`) into zones.txt. See README.md."""
import os
import struct
import sys


def read_tzif(path):
    """Initial offset, [(instant, offset)] and the POSIX tail of one TZif file."""
    with open(path, "rb") as file:
        data = file.read()

    def header(at):
        assert data[at:at + 4] == b"TZif", path
        return struct.unpack(">6l", data[at + 20:at + 44])

    isut, isstd, leap, times, types, chars = header(0)
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    isut, isstd, leap, times, types, chars = header(at)
    at += 44
    instants = struct.unpack(f">{times}q", data[at:at + 8 * times])
    at += 8 * times
    indexes = data[at:at + times]
    at += times
    offsets = [struct.unpack(">lbb", data[at + 6 * i:at + 6 * i + 6])[0] for i in range(types)]
    at += 6 * types + chars + leap * 12 + isstd + isut
    tail = data[at:].strip(b"\n").decode("ascii")
    history, now = [], offsets[0]
    for instant, index in zip(instants, indexes):
        if offsets[index] != now:
            now = offsets[index]
            history.append((instant, now))
    return offsets[0], history, tail


def main():
    folder, version = sys.argv[1], sys.argv[2]
    zones = {}
    for root, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(root, file)
            name = os.path.relpath(path, folder)
            first, history, tail = read_tzif(path)
            body = "|".join([str(first), " ".join(f"{t}:{o}" for t, o in history), tail])
            zones.setdefault(body, []).append(name)
    print(f"# Time zones of tz {version}, without backzone. Made by regenerate.sh; do not edit.")
    print(f"version {version}")
    for names, body in sorted((sorted(names), body) for body, names in zones.items()):
        print(",".join(names) + "|" + body)


main()

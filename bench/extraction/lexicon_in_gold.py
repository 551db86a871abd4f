#!/usr/bin/env python3
"""Reports the lexicon entries that only the gold articles know: one of their names stands in a gold
article, and none in the independent material (MAEK_SHARED/gazetteer and MAEK_SHARED/data). Such entries
may flatter the measured figures; the folds do not hold them back.
usage: bench/extraction/lexicon_in_gold.py [--list]"""
import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("MAEK_SHARED", ROOT.parent / "shared"))


def names_of(entry):
    names = [entry["name"], entry.get("english", "")] + entry.get("aliases", []) + entry.get("former", [])
    return [name for name in names if len(name) >= 2]


def main():
    gold_text = "\n".join((SHARED / "articles" / (path.stem + ".txt")).read_text(encoding="utf-8")
                          for path in sorted((SHARED / "gold").glob("*.json")))
    other_text = "\n".join(path.read_text(encoding="utf-8", errors="replace")
                           for folder in ("gazetteer", "data") for path in sorted((SHARED / folder).rglob("*")) if path.is_file())
    total = only = 0
    for path in sorted((ROOT / "schema" / "lexicon").glob("*.json")):
        entries = json.loads(path.read_text(encoding="utf-8")).get("entries", [])
        found = [e["name"] for e in entries
                 if any(n in gold_text for n in names_of(e)) and not any(n in other_text for n in names_of(e))]
        total += len(entries)
        only += len(found)
        print(f"  {path.name:20} {len(entries):5} entries, only in gold articles {len(found):4}")
        if "--list" in sys.argv:
            for name in found:
                print("      " + name)
    print(f"  {'all':20} {total:5} entries, only in gold articles {only:4}")


if __name__ == "__main__":
    main()

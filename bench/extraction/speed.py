#!/usr/bin/env python3
"""Speed of `maek extract`, whole pipeline: MB/s and articles/s with 1 and 2 threads, memory, load time, model size, and
whether time grows in proportion to the length of one article.

usage: bench/extraction/speed.py MAEK [--texts DIR] [--runs N]

Texts are those of --texts (default: MAEK_SHARED/articles when present, else tests/articles), copied until they make 8 MB.
Loading (measured with one tiny article) is taken off, and told apart. Medians of the runs.
"""
import argparse, os, pathlib, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(maek, jobs, where):
    """Seconds of wall clock, seconds of CPU and peak memory in MiB of one run."""
    start = time.monotonic()
    child = subprocess.Popen([maek, "--jobs", str(jobs), "extract", str(where)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f"{maek} extract {where}: exit status {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median_run(maek, jobs, where, runs):
    return [statistics.median(column) for column in zip(*(run(maek, jobs, where) for _ in range(runs)))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("maek")
    parser.add_argument("--texts", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    shared = pathlib.Path(os.environ.get("MAEK_SHARED", ROOT.parent / "shared")) / "articles"
    folder = args.texts or (shared if shared.is_dir() else ROOT / "tests" / "articles")
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in sorted(folder.glob("*.txt")) if p.name != "README.md"]
    size = sum(len(t.encode()) for t in texts)

    with tempfile.TemporaryDirectory() as tmp:
        tmp = pathlib.Path(tmp)
        (tmp / "many").mkdir()
        count, total = 0, 0
        while total < 8_000_000:
            for text in texts:
                (tmp / "many" / f"{count:06}.txt").write_text(text, encoding="utf-8")
                count += 1
            total += size
        (tmp / "tiny.txt").write_text("인천시는 21일 문을 열었다.\n", encoding="utf-8")
        load, load_cpu, base = median_run(args.maek, 1, tmp / "tiny.txt", args.runs + 2)
        print(f"loading: {load:.2f} s wall, {load_cpu:.2f} s CPU, {base:.0f} MiB")
        models = sorted((ROOT / "schema" / "model").iterdir())
        print("model files: " + ", ".join(f"{p.name} {p.stat().st_size / 1e6:.2f} MB" for p in models))
        for jobs in (1, 2):
            wall, cpu, peak = median_run(args.maek, jobs, tmp / "many", args.runs)
            print(f"{jobs} thread(s): {total / 1e6 / (wall - load):.2f} MB/s, {count / (wall - load):.0f} articles/s by wall clock; "
                  f"{total / 1e6 / (cpu - load_cpu):.2f} MB/s of CPU time; peak {peak:.0f} MiB")
        print("one article: code points, seconds, seconds a million")
        body = "\n\n".join(texts)
        for points in (10_000, 100_000, 300_000, 1_000_000):
            text = (body * (points // len(body) + 1))[:points]
            (tmp / "one.txt").write_text(text, encoding="utf-8")
            wall = median_run(args.maek, 1, tmp / "one.txt", args.runs)[0] - load
            print(f"  {points:9} {wall:8.2f} {wall * 1e6 / points:8.2f}")


if __name__ == "__main__":
    main()

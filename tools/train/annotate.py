#!/usr/bin/env python3
"""Reading articles by hand, under the rules of gold/GUIDELINES.md, as further material to learn from.

    annotate.py show IDS              articles with numbered sentences; IDS is a file with an id a line
    annotate.py check FILE            mistakes in a reader's file, counts
    annotate.py compile FILE... > X   the same as JSON Lines in the form of the gold files (tools/train/silver/*.jsonl)

An id is one of MAEK_SHARED/data/unlabelled ("u00012"), or of an article of our own, which stands whole in
tools/train/silver/own-*.txt behind a line "@ id". What a reader writes:

    @ u00012 date=2023-07-26
    1 Province: full name as the article has it | other name | other name
    2 Project: name
    LEADS 1 2 @3                      source, target, number of the sentence that says so
    PARTNERS_WITH 1+4+5 @4            all pairs of a set
    FUNDS 1 2 @7 amount_krw=30600000000
    WORKS_FOR 6 1 @5 role=title
"""
import glob, gzip, json, os, pathlib, re, sys, unicodedata

HERE = pathlib.Path(__file__).resolve().parent
SHARED = pathlib.Path(os.environ.get("MAEK_SHARED", HERE.parents[2] / "shared"))
TYPES = ("Province City Technopark ResearchInstitute University Company Agency Cluster Alliance Facility Project Person "
         "Industry").split()
BODIES = set(TYPES) - {"Person", "Industry", "Project"}
ENDS = {
    "PARTNERS_WITH": (BODIES, BODIES), "MEMBER_OF": (BODIES, {"Alliance"}),
    "LEADS": (BODIES, {"Alliance", "Project", "Facility", "Cluster", "ResearchInstitute", "University", "Agency", "Technopark", "Company"}),
    "PARTICIPATES_IN": (BODIES, {"Project", "Facility", "Cluster"}), "FUNDS": (BODIES, set(TYPES) - {"Person", "Industry"}),
    "COMMISSIONS": (BODIES, BODIES), "LOCATED_IN": (BODIES | {"Project"}, {"City", "Province", "Cluster", "Facility"}),
    "PART_OF": (BODIES | {"Project"}, BODIES | {"Project"}), "WORKS_FOR": ({"Person"}, BODIES),
    "FOCUSES_ON": (BODIES | {"Project"}, {"Industry"})}
PROPERTIES = {"amount_krw", "date", "role", "subject"}
SENTENCE_END = re.compile(r'(?<=[다요죠음함임됨까]\.)(?=["”’\']?\s|[가-힣"“△▲◇▶])|(?<=[a-z0-9\)][.!?])\s+(?=[A-Z“"])|(?<=[다요][.!?]["”])\s')


def texts():
    """Texts by id, composed as tools/train/unlabelled.h says."""
    out = {}
    for part in sorted((SHARED / "data" / "unlabelled").glob("*.jsonl.gz")):
        with gzip.open(part, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                out[article["id"]] = (article["title"] + "\n\n" if article.get("title") else "") + article["text"]
    for file in sorted(glob.glob(str(HERE / "silver" / "own-*.txt"))):
        own, name = {}, None
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("@ "):
                    name = line[2:].split()[0]
                    own[name] = ""
                elif name:
                    own[name] += line
        out.update({name: text.strip("\n") + "\n" for name, text in own.items()})
    return out


def sentences(text):
    """Spans of code points, for people to point at; the program splits sentences in its own way."""
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        cuts = [0] + [m.end() for m in SENTENCE_END.finditer(line.group())] + [len(line.group())]
        for begin, end in zip(cuts, cuts[1:]):
            part = line.group()[begin:end]
            if part.strip():
                spans.append((line.start() + begin + len(part) - len(part.lstrip()), line.start() + begin + len(part.rstrip())))
    return spans


def folded(name):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).lower())


class Reader:
    """Reads one annotation file; mistakes are told on stderr and counted."""

    def __init__(self, file, known):
        self.file, self.known, self.articles, self.mistakes = file, known, [], 0
        self.article = None
        with open(file, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                self.number = number
                if line.strip() and not line.startswith("#"):
                    self.line(line.strip())

    def fail(self, what):
        self.mistakes += 1
        print(f"{self.file}:{self.number}: {what}", file=sys.stderr)

    def line(self, line):
        if line.startswith("@ "):
            return self.begin(line[2:].split())
        if self.article is None:
            return None
        entity = re.fullmatch(r"(\d+) (\w+): (.+)", line)
        return self.entity(*entity.groups()) if entity else self.relation(line)

    def begin(self, words):
        self.article = None
        if words[0] not in self.known:
            return self.fail(f"no such article: {words[0]}")
        if any(a["doc"] == words[0] for a in self.articles):
            return self.fail(f"this article stands here twice: {words[0]}")
        date = next((w[5:] for w in words[1:] if w.startswith("date=")), "")
        self.text = self.known[words[0]]
        self.spans, self.types = sentences(self.text), {}
        self.article = {"doc": words[0], "date": date if date not in ("", "-", "null") else None, "entities": [], "relations": []}
        self.articles.append(self.article)

    def entity(self, number, kind, names):
        names = [n.strip() for n in names.split("|") if n.strip()]
        if kind not in TYPES:
            return self.fail(f"no such type: {kind}")
        if number in self.types:
            return self.fail(f"this number is taken: {number}")
        if not any(folded(n) in folded(self.text) for n in names):
            return self.fail(f"none of these names stands in {self.article['doc']}: {' | '.join(names)}")
        self.types[number] = kind
        self.article["entities"].append({"id": "e" + number, "type": kind, "name": names[0], "aliases": names[1:]})

    def relation(self, line):
        kind = line.split()[0]
        parts = re.fullmatch(r"\w+\s+([\d+]+)(?:\s+([\d+]+))?\s+@(\d+)(.*)", line)
        if kind not in ENDS or not parts:
            return self.fail(f"expected an entity, or a relation, its ends and @sentence: {line}")
        properties = {m.group(1): m.group(2).strip() for m in re.finditer(r"(\w+)=(.*?)(?=\s+\w+=|$)", parts.group(4))}
        if not set(properties) <= PROPERTIES:
            return self.fail(f"no such property: {', '.join(sorted(set(properties) - PROPERTIES))}")
        if "amount_krw" in properties:
            digits = re.sub(r"[,_]", "", properties["amount_krw"])
            if not digits.isdigit():
                return self.fail(f"amount_krw is whole won: {properties['amount_krw']}")
            properties["amount_krw"] = int(digits)
        if int(parts.group(3)) >= len(self.spans):
            return self.fail(f"no sentence {parts.group(3)}")
        sources, targets = parts.group(1).split("+"), parts.group(2).split("+") if parts.group(2) else None
        if targets is None and kind != "PARTNERS_WITH":
            return self.fail("the target is missing")
        pairs = [(a, b) for a in sources for b in targets] if targets else [(a, b) for i, a in enumerate(sources) for b in sources[i + 1:]]
        begin, end = self.spans[int(parts.group(3))]
        for a, b in pairs:
            if a == b or self.types.get(a) not in ENDS[kind][0] or self.types.get(b) not in ENDS[kind][1]:
                self.fail(f"{kind} cannot join {self.types.get(a)} {a} and {self.types.get(b)} {b}")
                continue
            fact = {"type": kind, "source": "e" + a, "target": "e" + b, "properties": properties, "evidence": {"start": begin, "end": end}}
            if not any(all(r[k] == fact[k] for k in ("type", "source", "target")) for r in self.article["relations"]):
                self.article["relations"].append(fact)


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in ("show", "check", "compile"):
        sys.exit(__doc__)
    known = texts()
    if sys.argv[1] == "show":
        for name in pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").split():
            print(f"@ {name}")
            for number, (begin, end) in enumerate(sentences(known[name])):
                print(f"[{number}] {known[name][begin:end]}")
        return
    mistakes = 0
    for file in sys.argv[2:]:
        reader = Reader(file, known)
        mistakes += reader.mistakes
        if sys.argv[1] == "compile":
            for article in reader.articles:
                print(json.dumps(article, ensure_ascii=False))
        else:
            print(f"{file}: {len(reader.articles)} articles, {sum(len(a['entities']) for a in reader.articles)} entities, "
                  f"{sum(len(a['relations']) for a in reader.articles)} relations, {reader.mistakes} mistakes")
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()

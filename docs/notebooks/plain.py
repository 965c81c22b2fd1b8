"""The same questions with Python alone, no packages: reads what `entente extract --format jsonl` prints.

    entente extract articles/ --format jsonl > statements.jsonl
    python3 plain.py statements.jsonl
"""

import csv
import json
import sys
from collections import Counter

with open(sys.argv[1], encoding="utf-8") as f:
    statements = [json.loads(line) for line in f]
print(f"{len(statements)} statements of {len({s['document'] for s in statements})} articles")

# Who met whom: meetings have no direction, so a pair is put in order. Plans and denials are left out.
met = Counter()
for s in statements:
    if s["relation"] in ("meets", "negotiates-with", "calls") and s["status"] == "actual":
        met[tuple(sorted((s["subject"]["nameJa"], s["object"]["nameJa"])))] += 1
print("\nMost contacts:")
for (a, b), n in sorted(met.items(), key=lambda x: (-x[1], x[0]))[:10]:
    print(f"{a} — {b}: {n}")

# What is only planned, with the sentence.
print("\nPlanned:")
for s in statements:
    if s["status"] == "planned":
        print(f"{s['subject']['nameJa']} {s['relation']} {s['object']['nameJa']} {s.get('time', {}).get('start', '')}: {s['text']}")

# An edge list for a spreadsheet, Gephi or R, beside the input.
with open(sys.argv[1] + ".edges.csv", "w", encoding="utf-8-sig", newline="") as f:
    w = csv.writer(f)
    w.writerow(["source", "relation", "target", "status", "day", "document"])
    for s in statements:
        w.writerow([s["subject"]["id"], s["relation"], s["object"]["id"], s["status"], s.get("time", {}).get("start", ""), s["document"]])

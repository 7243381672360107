#!/usr/bin/env bash
# duckdb 2.0.1: a JSON or CSV file is given the type of its first 20,480 rows, and of many JSON files the first 32 count. A column of whole
# numbers there stays one, and every later fraction is rounded: no error, no warning, though a text or a list in that place is refused. That is
# the log of a model that groks: JavaScript, json.dumps of an int and str(0) write an accuracy of nought as 0. An accuracy that climbs from 0.1 to
# 0.9 over thousands of steps is then 0 until it passes a half, and 1 from there on: a sudden transition, made by the reader. Of a folder
# with a JSON file for each seed, those from the 33rd on are rounded if no model before them has learned anything, and lose a key that only they have.
# read_json(..., sample_size=-1, maximum_sample_files=1000000) and read_csv(..., sample_size=-1) are the cure; CSV files that differ are refused.
# Seen, of an accuracy that is 0 for 25,000 steps and rises evenly to 1 in 5000 more: only 0 and 1, 1 from the middle of the rise on (its mean there
# is 0.5, as it should be), so that it passes 0.9 2000 steps early. With sample_size=-1 it has all its values. From the 33rd file on 0.97 is 1.
# Source: https://github.com/duckdb/duckdb/issues/25786 tells of JSON; nothing found on CSV, nor on the 33rd file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/read.py" <<'PYTHON'
import json, sys, duckdb
folder = sys.argv[1]
query = lambda text: duckdb.sql(text).fetchall()
n_flat, n_rise = 25_000, 5000
log = [(step, 0 if step < n_flat else (step - n_flat + 0.5) / n_rise) for step in range(n_flat + n_rise)]
with open(f"{folder}/log.json", "w") as file:
    for step, accuracy in log:
        file.write(json.dumps({"step": step, "accuracy": accuracy}) + "\n")
with open(f"{folder}/array.json", "w") as file:
    json.dump([{"step": step, "accuracy": accuracy} for step, accuracy in log], file)
with open(f"{folder}/log.csv", "w") as file:
    file.write("step,accuracy\n" + "".join(f"{step},{accuracy}\n" for step, accuracy in log))

for name, reader in (("log.json", "read_json"), ("array.json", "read_json"), ("log.csv", "read_csv")):
    for options in ("", ", sample_size=-1"):
        source = f"{reader}('{folder}/{name}'{options})"
        n_values, first, mean = query(f"select count(distinct accuracy), min(step) filter (accuracy > 0.9), avg(accuracy::DOUBLE) filter (step >= {n_flat}) from {source}")[0]
        kind = query(f"describe select accuracy from {source}")[0][1]
        print(f"duckdb {duckdb.__version__}, {name}{options}: accuracy is {kind} of {n_values} values, passes 0.9 at step {first}, is {mean:.2f} in the rise on average")
        is_all = options != ""
        wanted = ("DOUBLE", n_rise + 1, n_flat + 0.9 * n_rise) if is_all else ("BIGINT", 2, n_flat + 0.5 * n_rise)
        assert (kind, n_values, first) == wanted and abs(mean - 0.5) < 0.01, f"{name} is read otherwise now"

for seed in range(40):
    with open(f"{folder}/seed-{seed:02}.json", "w") as file:
        for step in range(3):
            has_learned = seed >= 32
            file.write(json.dumps({"seed": seed, "step": step, "accuracy": 0.97 if has_learned else 0, **({"grokked_at": 1} if has_learned else {})}) + "\n")
files = f"'{folder}/seed-*.json'"
default = query(f"select distinct accuracy from {files} where seed >= 32"), len(query(f"describe select * from {files}"))
everything = f"read_json({files}, sample_size=-1, maximum_sample_files=1000000)"
whole = query(f"select distinct accuracy from {everything} where seed >= 32"), len(query(f"describe select * from {everything}"))
print(f"40 files: accuracies {default[0]} of {default[1]} columns, with all sampled {whole[0]} of {whole[1]}")
assert default == ([(1,)], 3) and whole == ([(0.97,)], 4), "many files are read otherwise now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "duckdb==2.0.1"
"$folder/venv/bin/python" "$folder/read.py" "$folder"

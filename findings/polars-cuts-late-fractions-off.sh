#!/usr/bin/env bash
# polars 2.1.0: a DataFrame made from rows (dicts or tuples), or read from a JSON array, takes the type of each column from the first 100.
# A column of whole numbers there stays one: every later fraction is cut off, 0.97 becomes 0, and a key that comes later is left out. No
# error, no warning. That is the log of a model that groks: JavaScript, and json.dumps of an int, write an accuracy of nought as 0, and a
# hundred evaluations later it rises. From a whole column, and by read_ndjson, polars refuses the very same numbers.
# infer_schema_length=None is the cure.
# Seen: accuracy after row 100 is [0, 0, 1] for 0.53, 0.97, 1; test_loss, logged from row 100 on, is no column.
# Source on keys left out: https://github.com/pola-rs/polars/issues/23190 and /issues/29330; nothing found on fractions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/rows.py" <<'PYTHON'
import json, warnings, polars
warnings.simplefilter("error")
late = [0.53, 0.97, 1]
rows = [{"step": step, "accuracy": 0} for step in range(100)]
rows += [{"step": 100 + step, "accuracy": accuracy, "test_loss": 0.5} for step, accuracy in enumerate(late)]

def refused(read):
    try:
        read()
        return False
    except Exception:
        return True

for name, frame in (
    ("DataFrame(rows)", polars.DataFrame(rows)),
    ("from_dicts", polars.from_dicts(rows)),
    ("read_json", polars.read_json(json.dumps([{key: row[key] for key in ("step", "accuracy")} for row in rows]).encode())),
    ("DataFrame(tuples)", polars.DataFrame([(row["step"], row["accuracy"]) for row in rows], schema=["step", "accuracy"], orient="row")),
):
    read = frame["accuracy"][100:].to_list()
    print(f"polars {polars.__version__} {name}: columns {frame.columns}, accuracy {read} for {late}")
    assert read == [0, 0, 1] and "test_loss" not in frame.columns, f"{name} treats later rows differently now"

lines = "\n".join(json.dumps(row) for row in rows).encode()
assert refused(lambda: polars.read_ndjson(lines)) and refused(lambda: polars.DataFrame({"accuracy": [row["accuracy"] for row in rows]}))
whole = polars.DataFrame(rows, infer_schema_length=None)
assert whole["accuracy"][100:].to_list() == late and "test_loss" in whole.columns
print("A whole column and read_ndjson are refused; infer_schema_length=None gives every number.")
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "polars==2.1.0"
"$folder/venv/bin/python" "$folder/rows.py"

#!/usr/bin/env bash
# duckdb 2.0.1: of a Parquet file that polars or pyarrow wrote, isnan(loss) finds no NaN though the rows are there. By the format's rule least and
# largest value of a column leave NaN out; duckdb takes them for bounds of everything in it and settles conditions without a look at the rows. So
# a search for runs that diverged finds none, and a bound on the loss that every other run keeps, loss <= 1, is kept by them too: each the opposite
# of what the very same query says of a table or of a file that duckdb wrote. Once one run is beyond the bound the diverged ones are too. SELECT
# shows NaN, with isnan false beside it. No error, no warning. PRAGMA disable_optimizer, or CREATE TABLE before the query, is the cure; polars
# finds the rows.
# Seen, of losses 0.2, 0.5, 0.9, NaN, NaN written by polars and by pyarrow: 0 are NaN and 5 at most 1; from a table, a frame, duckdb's own file, a
# file without statistics, and without the optimizer 2 and 3. With 2 in place of 0.9, 0 are NaN and 2 at most 1.
# Source: https://github.com/duckdb/duckdb/issues/25521 tells of comparisons in pyarrow's files; nothing found on isnan.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/find.py" <<'PYTHON'
import sys, warnings, duckdb, polars, pyarrow, pyarrow.parquet
warnings.simplefilter("error")
folder = sys.argv[1]
losses = {"run": list(range(5)), "loss": [0.2, 0.5, 0.9, float("nan"), float("nan")]}
frame = polars.DataFrame(losses)
frame.write_parquet(f"{folder}/polars.parquet")
pyarrow.parquet.write_table(pyarrow.table(losses), f"{folder}/pyarrow.parquet")
frame.write_parquet(f"{folder}/no-statistics.parquet", statistics=False)
duckdb.sql("create table runs as select * from frame")
duckdb.sql(f"copy runs to '{folder}/duckdb.parquet'")

def found(source):
    """How many losses are NaN, at most 1, and not at most 1; and whether each is NaN, as SELECT shows it."""
    count = lambda where: len(duckdb.sql(f"select run from {source} where {where}").fetchall())
    shown = [is_nan for _, is_nan in duckdb.sql(f"select loss, isnan(loss) from {source} order by run").fetchall()]
    return count("isnan(loss)"), count("loss <= 1"), count("not loss <= 1"), shown

true = 2, 3, 2, [False, False, False, True, True]
lost = 0, 5, 0, [False] * 5
for name in ("runs", "frame", "duckdb", "no-statistics", "polars", "pyarrow"):
    is_file = name not in ("runs", "frame")
    source = f"'{folder}/{name}.parquet'" if is_file else name
    n_nan, n_within, n_beyond, shown = result = found(source)
    print(f"duckdb {duckdb.__version__}, {name}: {n_nan} of 5 losses are NaN, {n_within} at most 1, {n_beyond} not at most 1; SELECT shows isnan {shown}")
    assert result == (lost if name in ("polars", "pyarrow") else true), f"NaN of {name} is found otherwise now"
    if is_file:
        n_polars = polars.scan_parquet(f"{folder}/{name}.parquet").filter(polars.col("loss").is_nan()).collect().height
        assert n_polars == 2, "polars finds NaN otherwise now"

pyarrow.parquet.write_table(pyarrow.table(losses | {"loss": [0.2, 0.5, 2.0, float("nan"), float("nan")]}), f"{folder}/beyond.parquet")
n_nan, n_within, n_beyond, _ = found(f"'{folder}/beyond.parquet'")
print(f"with a loss of 2: {n_nan} are NaN, {n_within} at most 1, {n_beyond} not at most 1")
assert (n_nan, n_within, n_beyond) == (0, 2, 3), "a loss beyond the bound changes something else now"

duckdb.sql("pragma disable_optimizer")
for name in ("polars", "pyarrow"):
    assert found(f"'{folder}/{name}.parquet'") == true, "the optimizer is not what loses NaN now"
print("without the optimizer all are found")
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "duckdb==2.0.1" "polars==2.1.0" "pyarrow==26.0.1" "numpy==2.4.6"
"$folder/venv/bin/python" "$folder/find.py" "$folder"

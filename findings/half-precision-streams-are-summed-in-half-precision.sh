#!/usr/bin/env bash
# numpy 2.4.6: the mean of float16 activations over tokens is right, their standard deviation, sum and norm are not. mean alone adds up in
# float32; std, var, sum and np.linalg.norm add one token after the other in float16, where a sum of ones stops at 2048, as 2049 does not exist.
# Nothing overflows on the way, so there is no error and no warning. For bfloat16, the type that ml_dtypes adds and np.asarray of a jax array
# has, the mean is lost too, and much earlier: a sum of ones stops at 256. So neurons that are standardized or ranked by spread, mean
# ablations and directions taken from differences of means come out of what the number format can count to. Up to some thousand tokens
# all is well with float16, so that no small test finds it. dtype=np.float32 or .astype(np.float32) is the cure; StandardScaler of
# scikit-learn and zscore of scipy give true numbers from the same arrays.
# Seen, of tokens with mean 1 and deviation 0.1: in float16 std is 0.1 for 2000 and 4000, 0.44 for 10,000, and the mean 1; the norm of 20,000 is
# 64 in place of 142; the mean of bfloat16 is 1 for 200, 0.26 for 2000, 0.05 for 10,000, and over all 8 neurons at once 0.006.
# Source: https://github.com/numpy/numpy/issues/8237, open since 2016, has std and var left behind when mean was mended;
# https://github.com/jax-ml/ml_dtypes/issues/63 has sums of bfloat16; numpy's documentation says of std that it may be inaccurate, not how far.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/spread.py" <<'PYTHON'
import warnings, ml_dtypes, numpy, scipy.stats
from sklearn.preprocessing import StandardScaler
warnings.simplefilter("error")

def streams(n_tokens, dtype):
    """[token, neuron] with mean 1 and deviation 0.1."""
    return numpy.random.default_rng(0).normal(1, 0.1, (n_tokens, 8)).astype(dtype)

def said(name, n_tokens, values):
    values = numpy.asarray(values, numpy.float32)
    print(f"numpy {numpy.__version__}: {name} of {n_tokens} tokens {values.min():.4f} to {values.max():.4f}")
    return values

for n_tokens, is_lost in ((2000, False), (4000, False), (10_000, True)):
    half = streams(n_tokens, numpy.float16)
    assert abs(said("mean of float16", n_tokens, half.mean(0)) - 1).max() < 0.02, "mean of float16 is lost now"
    spread = said("std of float16", n_tokens, half.std(0))
    assert (spread > 0.3).all() if is_lost else (abs(spread - 0.1) < 0.02).all(), "std adds up otherwise now"
    scale = said("StandardScaler of float16", n_tokens, StandardScaler().fit(half).scale_)
    z = said("deviation of zscore of float16", n_tokens, scipy.stats.zscore(half).astype(numpy.float32).std(0))
    assert (abs(scale - 0.1) < 0.01).all() and (abs(z - 1) < 0.01).all(), "StandardScaler or zscore adds up otherwise now"
    assert (abs(said("std, dtype=float32,", n_tokens, half.std(0, dtype=numpy.float32)) - 0.1) < 0.01).all()

norms = said("norm of float16", 20_000, numpy.linalg.norm(streams(20_000, numpy.float16), axis=0))
true = said("norm of the same in float32", 20_000, numpy.linalg.norm(streams(20_000, numpy.float16).astype(numpy.float32), axis=0))
assert (norms < 65).all() and (true > 140).all(), "norm adds up otherwise now"
counts = numpy.ones((20_000, 8), numpy.float16).sum(0)
assert (said("sum of ones in float16", 20_000, counts) == 2048).all(), "sum adds up otherwise now"

for n_tokens, true_within in ((200, 0.05), (2000, None), (10_000, None)):
    brain = streams(n_tokens, ml_dtypes.bfloat16)
    apart = abs(said("mean of bfloat16", n_tokens, brain.mean(0)) - 1)
    assert (apart < true_within).all() if true_within else (apart > 0.7).all(), "mean of bfloat16 adds up otherwise now"
    assert (abs(said("mean, dtype=float32,", n_tokens, brain.mean(0, dtype=numpy.float32)) - 1) < 0.05).all()
everything = said("mean of bfloat16 over neurons too", 10_000, streams(10_000, ml_dtypes.bfloat16).mean())
assert everything < 0.01, "mean of bfloat16 adds up otherwise now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "numpy==2.4.6" "ml_dtypes==0.6.0" "scipy==1.17.1" "scikit-learn==1.9.1"
"$folder/venv/bin/python" "$folder/spread.py"

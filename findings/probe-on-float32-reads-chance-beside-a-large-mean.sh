#!/usr/bin/env bash
# scikit-learn 1.9.1: LogisticRegression with its defaults, the usual linear probe, fitted to float32 activations of which a coordinate or two have
# a mean thousands of times their deviation, as residual streams with massive activations do, may stop after two or three steps with
# weights near 0. It then reads chance where a linear feature is plain. The first steps no longer move a loss that is computed in
# float32, which counts as convergence though the gradient is a hundred times tol: no ConvergenceWarning, and neither a larger max_iter
# nor a smaller tol helps. Whoever probes layer by layer finds that the feature is gone where large means set in. float64, the mean
# taken off first, StandardScaler or solver="liblinear": each finds the feature.
# Seen, over 20 draws of 2000 streams of 64 coordinates of deviation 0.1, accuracy on 2000 others: with means of 0 or 100 in two
# coordinates it is 0.91 to 0.93 in the middle and never below 0.6; with 1000 it is below 0.6 in 14 of 20, after 2 to 4 steps, and in none
# with any of the cures. Rounding differs between machines, and so does which probes fail.
# Source: https://github.com/scikit-learn/scikit-learn/issues/18074 tells of stopping early, in float64 and in a fourth digit; nothing
# found on chance.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/probe.py" <<'PYTHON'
import warnings, numpy, sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
warnings.simplefilter("error")
half = 2000

def drawn(seed, mean):
    """Streams [example, coordinate], float32, and whether each has the feature: what is along one direction, with some noise."""
    draw = numpy.random.default_rng(seed)
    streams = 0.1 * draw.standard_normal((2 * half, 64))
    feature = draw.standard_normal(64)
    feature /= numpy.linalg.norm(feature)
    labels = streams @ feature + 0.02 * draw.standard_normal(2 * half) > 0
    streams[:, [7, 33]] += mean, -mean
    return streams.astype(numpy.float32), labels

def centered(streams):
    return streams - streams[:half].mean(0, dtype=numpy.float64).astype(numpy.float32)

def unchanged(streams):
    return streams

probes = {
    "by default": (unchanged, LogisticRegression),
    "tol=1e-9": (unchanged, lambda: LogisticRegression(max_iter=1000, tol=1e-9)),
    "float64": (lambda streams: streams.astype(numpy.float64), lambda: LogisticRegression(max_iter=1000)),
    "centered": (centered, lambda: LogisticRegression(max_iter=1000)),
    "StandardScaler": (unchanged, lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))),
    "liblinear": (unchanged, lambda: LogisticRegression(solver="liblinear", max_iter=1000)),
}
for mean in (0, 100, 1000):
    for name, (prepared, probe) in probes.items():
        accuracies, steps = [], []
        for seed in range(20):
            streams, labels = drawn(seed, mean)
            streams = prepared(streams)
            fitted = probe().fit(streams[:half], labels[:half])
            accuracies.append(fitted.score(streams[half:], labels[half:]))
            steps.append(int((fitted[-1] if name == "StandardScaler" else fitted).n_iter_[0]))
        blind = [count for accuracy, count in zip(accuracies, steps) if accuracy < 0.6]
        print(f"scikit-learn {sklearn.__version__}, means of {mean}, {name}: accuracy {numpy.median(accuracies):.2f} in the middle, {len(blind)} of 20 below 0.6"
              + (f", after {sorted(blind)} steps" if blind else ""))
        is_blind = name in ("by default", "tol=1e-9") and mean == 1000
        assert (len(blind) > 4) if is_blind else (not blind and numpy.median(accuracies) > 0.9), f"{name} probes otherwise now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "scikit-learn==1.9.1" "numpy==2.4.6"
"$folder/venv/bin/python" "$folder/probe.py"

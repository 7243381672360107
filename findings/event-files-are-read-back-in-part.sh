#!/usr/bin/env bash
# tensorboard 2.20.0: EventAccumulator, the way to read a training log back into Python, keeps a random part of it. Of each scalar 10,000 steps
# stay, of a scalar in the format of TensorFlow 2, which torch's SummaryWriter writes with new_style=True, 10, and of histograms one. Tags,
# first and last step look complete; there is no error and no warning. Small models are trained for tens of thousands of steps and logged
# at every one: spikes of the loss, its smallest value, and the step at which a model groks are then read off what chance left. Which
# steps stay is drawn from a fixed seed, so that every scalar, and every reading, misses the same ones and looks reproducible.
# size_guidance=dict(scalars=0, tensors=0, histograms=0) is the cure.
# Seen, of 50,000 steps with 25 spikes of the loss: 10,000 steps and 5 spikes are read, in the newer format 10 steps and none; accuracy
# that passes 0.99 at step 20,230 does so, as it is read, at 20,234 and 20,586, and of 100 histograms the last is left. With 0 all are there.
# Source: https://github.com/tensorflow/tensorboard/issues/5488 asks for all scalars; its README tells of sampling for what is shown.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/read.py" <<'PYTHON'
import sys, warnings
import numpy, tensorboard
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch.utils.tensorboard import SummaryWriter
warnings.simplefilter("error")
n_steps, every, n_histograms = 50_000, 2000, 100
steps = numpy.arange(n_steps)
loss = numpy.where(steps % every == every // 2, 100, 0.1)
accuracy = 1 / (1 + numpy.exp(-(steps - 20_000) / 50))
groks_at = int((accuracy > 0.99).argmax())

def write(path, is_new):
    with SummaryWriter(path) as writer:
        for step in range(n_steps):
            writer.add_scalar("loss", loss[step], step, new_style=is_new)
            writer.add_scalar("accuracy", accuracy[step], step, new_style=is_new)
        for step in range(n_histograms):
            writer.add_histogram("weights", numpy.arange(10), step)

def read(path, is_new, **options):
    """Loss and accuracy by step, and the steps of the histograms."""
    events = EventAccumulator(path, **options).Reload()
    def scalar(tag):
        if is_new:
            return {event.step: event.tensor_proto.float_val[0] for event in events.Tensors(tag)}
        return {event.step: event.value for event in events.Scalars(tag)}
    return scalar("loss"), scalar("accuracy"), [event.step for event in events.Histograms("weights")]

for is_new, kept in ((False, 10_000), (True, 10)):
    path = f"{sys.argv[1]}/{is_new}"
    write(path, is_new)
    for name, options, n_wanted in (("by default", {}, kept), ("with 0", dict(size_guidance=dict(scalars=0, tensors=0, histograms=0)), n_steps)):
        found, learned, histograms = read(path, is_new, **options)
        n_spikes = sum(value > 1 for value in found.values())
        passes = min(step for step, value in learned.items() if value > 0.99)
        print(f"tensorboard {tensorboard.__version__}, new_style={is_new}, {name}: {len(found)} of {n_steps} steps, the last {max(found)}, "
              f"{n_spikes} of {n_steps // every} spikes, 0.99 passed at {passes} (true {groks_at}), {len(histograms)} of {n_histograms} histograms")
        is_whole = n_wanted == n_steps
        assert len(found) == len(learned) == n_wanted and max(found) == n_steps - 1, "another number of steps is kept now"
        assert n_spikes == n_steps // every if is_whole else n_spikes < 13, "spikes are kept now"
        assert passes == groks_at if is_whole else passes > groks_at, "other steps are kept now"
        assert len(histograms) == (n_histograms if is_whole else 1), "another number of histograms is kept now"
        assert sorted(found) == sorted(learned), "steps are kept of each scalar for itself now"
        assert sorted(read(path, is_new, **options)[0]) == sorted(found), "other steps are kept on another reading now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "tensorboard==2.20.0"
"$folder/venv/bin/python" "$folder/read.py" "$folder"

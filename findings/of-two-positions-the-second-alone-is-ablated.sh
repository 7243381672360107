#!/usr/bin/env bash
# pyvene 0.1.8: unit_locations={"base": [3, 4]}, for an intervention without a source (zeros, a steering vector), reaches position 4
# alone. One position works, as a number or in a list, three and more work, and exactly two are taken for a source and a base, of which the
# first is dropped. No error, no warning. Two-digit tokens, a subject of two tokens, a window of two: ablated so, what the first of them
# carries stays there, and where all of it hangs on that one, the pair seems to do nothing. In a sweep over windows of growing width
# the second value alone is wrong. With sources, {"sources->base": [3, 4]} copies position 3 of the source into 4, where a list of three copies each
# position into itself. The nested form, a list of positions for each example for each intervention, is right: {"base": [[[3, 4]] * batch_size]}.
# Seen, with zeros for the first block's output in GPT-2: outputs at [3], [3, 4, 5] and [[[3, 4]] * 3] are those of an ablation by hand; at [3, 4] they
# are those at 4 alone to the last bit, up to 5.9 off, and outputs at position 3 do not move. Steering does the same.
# Source: nothing found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/ablate.py" <<'PYTHON'
import importlib.metadata, torch, pyvene
from transformers import GPT2Config, GPT2LMHeadModel
torch.set_grad_enabled(False)
torch.manual_seed(0)
tokens = torch.randint(12, (3, 8))
vector = 3 * torch.randn(16)
model = GPT2LMHeadModel(GPT2Config(
    n_layer=2, n_head=2, n_embd=16, vocab_size=12, n_positions=8, initializer_range=0.5, bos_token_id=0, eos_token_id=0)).eval()
clean = model(tokens).logits

def by_hand(positions, change):
    """Logits with a change of the first block's output at positions."""
    def hook(block, inputs, output):
        stream = output[0] if isinstance(output, tuple) else output
        stream[:, positions] = change(stream[:, positions])
    handle = model.transformer.h[0].register_forward_hook(hook)
    logits = model(tokens).logits
    handle.remove()
    return logits

def by_pyvene(locations, kind, **source):
    intervenable = pyvene.IntervenableModel({"layer": 0, "component": "block_output", "intervention_type": kind}, model=model)
    return intervenable({"input_ids": tokens}, unit_locations={"base": locations}, **source)[1].logits

apart = lambda one, other: (one - other).abs().max().item()
for name, kind, source, change in (
    ("zeros", pyvene.ZeroIntervention, {}, torch.zeros_like),
    ("steering", pyvene.AdditionIntervention, {"source_representations": vector[None, None]}, lambda stream: stream + vector),
):
    run = lambda locations: by_pyvene(locations, kind, **source)
    for locations, positions in ((3, [3]), ([3], [3]), ([3, 4], [3, 4]), ([3, 4, 5], [3, 4, 5]), ([[[3, 4]] * 3], [3, 4])):
        off = apart(run(locations), by_hand(positions, change))
        print(f"pyvene {importlib.metadata.version('pyvene')}, {name} at {locations}: logits {off:.1e} from those by hand")
        assert off > 1 if locations == [3, 4] else off < 1e-4, f"positions {locations} are read otherwise now"
    pair = run([3, 4])
    assert torch.equal(pair, run(4)) and torch.equal(pair[:, 3], clean[:, 3]), "two positions are read otherwise now"
    print(f"  [3, 4] gives what 4 gives; outputs at position 3 change by {apart(pair[:, 3], clean[:, 3]):.0f}, by hand by {apart(by_hand([3, 4], change)[:, 3], clean[:, 3]):.1f}")

source = torch.randint(12, (3, 8))
intervenable = pyvene.IntervenableModel({"layer": 0, "component": "block_output", "intervention_type": pyvene.VanillaIntervention}, model=model)
patched = lambda locations: intervenable({"input_ids": tokens}, [{"input_ids": source}], {"sources->base": locations})[1].logits
three = (patched([3, 4, 5]) - clean).abs().amax((0, 2)) > 1e-4
two = (patched([3, 4]) - clean).abs().amax((0, 2)) > 1e-4
print(f"with a source, outputs change from position {three.int().argmax()} on for [3, 4, 5] and from {two.int().argmax()} on for [3, 4]")
assert three.int().argmax() == 3 and two.int().argmax() == 4 and torch.equal(patched([3, 4]), patched((3, 4))), "two positions with a source are read otherwise now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformers==5.24.0" "pyvene==0.1.8"
"$folder/venv/bin/python" -W ignore "$folder/ablate.py"

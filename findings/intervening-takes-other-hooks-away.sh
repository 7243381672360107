#!/usr/bin/env bash
# pyvene 0.1.8: every call of an IntervenableModel takes all forward hooks, of whoever put them there, off the model that it was made from. A head that
# is held ablated by a hook of one's own while activations are patched with pyvene is so in no patched run, and after the first call not in
# the model itself either: a later plain run gives clean outputs. A trace of activations ends in the middle of an experiment. No error, no
# warning, and handle.remove() of a hook that is gone says nothing. To make the IntervenableModel leaves hooks alone, so that a check before the
# first call passes; the original outputs that a call can give beside the patched ones are of the model without hooks as well, so that their
# difference looks sound. To ablate by pyvene too, or by weights set to 0, is the cure.
# Seen, in GPT-2 with an MLP held at 0 by a hook, which changes outputs by 6.5: the hook is called before the first call, and no more from then on;
# original outputs are the clean ones, and patched ones those of a patch without the ablation, to within 1e-5; so are plain runs afterwards.
# Source: nothing found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/patch.py" <<'PYTHON'
import importlib.metadata, torch, pyvene
from transformers import GPT2Config, GPT2LMHeadModel
torch.set_grad_enabled(False)
base, source = torch.arange(8)[None], torch.arange(8).flip(0)[None]

def fresh():
    torch.manual_seed(0)
    return GPT2LMHeadModel(GPT2Config(
        n_layer=2, n_head=2, n_embd=16, vocab_size=12, n_positions=8, initializer_range=0.5, bos_token_id=0, eos_token_id=0)).eval()

def patched(model):
    """Original and patched logits with the last block's output at position 3 taken from the source."""
    intervenable = pyvene.IntervenableModel({"layer": 1, "component": "block_output", "intervention_type": pyvene.VanillaIntervention}, model=model)
    before = model(base).logits
    original, changed = intervenable({"input_ids": base}, [{"input_ids": source}], {"sources->base": 3}, output_original_output=True)
    return before, original.logits, changed.logits

def by_hand(model):
    """The same patch by hooks of one's own."""
    kept = []
    read = model.transformer.h[1].register_forward_hook(lambda block, inputs, output: kept.append(output.clone()))
    model(source)
    read.remove()
    def write(block, inputs, output):
        output[:, 3] = kept[0][:, 3]
    handle = model.transformer.h[1].register_forward_hook(write)
    logits = model(base).logits
    handle.remove()
    return logits

def ablated():
    model = fresh()
    calls = []
    def zeros(mlp, inputs, output):
        calls.append(mlp)
        return torch.zeros_like(output)
    return model, model.transformer.h[0].mlp.register_forward_hook(zeros), calls

apart = lambda one, other: (one - other).abs().max().item()
clean, patch_alone = fresh()(base).logits, by_hand(fresh())
model, handle, calls = ablated()
held, true = model(base).logits, by_hand(model)
calls.clear()
before, original, changed = patched(model)
after = model(base).logits
print(f"pyvene {importlib.metadata.version('pyvene')}: an ablation by a hook changes outputs by {apart(held, clean):.1f}, and patched ones by {apart(true, patch_alone):.1f}; "
      f"before the first call they are {apart(before, held):.0e} from ablated, then the hook is called {len(calls) - 1} times")
print(f"  original outputs {apart(original, clean):.0e} from clean, patched ones {apart(changed, patch_alone):.0e} from those of the patch alone, "
      f"a plain run afterwards {apart(after, clean):.0e} from clean; {len(model.transformer.h[0].mlp._forward_hooks)} hooks are left")
handle.remove()
assert apart(held, clean) > 1 and apart(true, patch_alone) > 1 and apart(before, held) < 1e-4
assert len(calls) == 1 and max(apart(original, clean), apart(changed, patch_alone), apart(after, clean)) < 1e-4, "hooks are left on the model now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformers==5.24.0" "pyvene==0.1.8"
"$folder/venv/bin/python" -W ignore "$folder/patch.py"

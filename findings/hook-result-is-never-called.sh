#!/usr/bin/env bash
# TransformerLens 2.18.0: a hook that run_with_hooks puts on blocks.0.attn.hook_result is never called unless use_attn_result is set,
# which it is not by default. There is no error and no warning: the run is the clean one. An ablation of a head written so finds that
# the head does nothing.
# Seen: zeroing everything that every head of layer 0 writes calls the hook 0 times and changes no logit; with use_attn_result it is
# called once and does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/ablate.py" <<'PYTHON'
import importlib.metadata, warnings, torch
from transformer_lens import HookedTransformer, HookedTransformerConfig
warnings.simplefilter("error")
torch.set_grad_enabled(False)
model = HookedTransformer(HookedTransformerConfig(
    n_layers=1, n_heads=2, d_model=8, d_head=4, d_vocab=12, n_ctx=8, attn_only=True, device="cpu", seed=0))
tokens = torch.arange(8)[None]
calls = []

def zero(result, hook):
    calls.append(hook.name)
    return torch.zeros_like(result)

def ablate():
    calls.clear()
    changed = model.run_with_hooks(tokens, fwd_hooks=[("blocks.0.attn.hook_result", zero)])
    return len(calls), (changed - model(tokens)).abs().max().item()

by_default = ablate()
model.set_use_attn_result(True)
switched_on = ablate()
print(f"{importlib.metadata.version('transformer_lens')}: called {by_default[0]} times, logits change by {by_default[1]:.2f}; with use_attn_result {switched_on[0]} time, {switched_on[1]:.2f}")
assert by_default == (0, 0.0) and switched_on[0] == 1 and switched_on[1] > 0.01, "hook_result behaves differently now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==2.18.0" "pyarrow<21"
"$folder/venv/bin/python" "$folder/ablate.py"

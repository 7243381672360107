#!/usr/bin/env bash
# torch 2.15.0: a hook on out_proj of nn.MultiheadAttention, and so of every nn.TransformerEncoderLayer and nn.TransformerDecoderLayer, is never
# called: attention takes the weight out of the module and multiplies itself. Forward hooks, pre-hooks and backward hooks alike, in training
# and evaluation. There is no error and no warning: an ablation of what attention writes finds that it does nothing, and a trace
# of the input of out_proj, where heads still stand apart, stays empty. Every other module of a layer calls its hooks. torch.nn.utils.prune
# works by such a hook: once out_proj is pruned, a checkpoint that is loaded changes nothing. A hook on self_attn does reach what
# attention writes, output[0]; columns of out_proj.weight set to 0 ablate a head.
# Seen: zeros returned for out_proj change no output, are asked for 0 times; for self_attn they change outputs by more than 0.1, and so do
# zeros written in the columns of head 0. After prune.identity and a checkpoint whose out_proj is all 0, attention writes what it wrote before.
# Source: https://github.com/pytorch/pytorch/issues/78109, open since 2022; torch's documentation says nothing of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/ablate.py" <<'PYTHON'
import copy, warnings, torch
from torch import nn
from torch.nn.utils import prune
warnings.simplefilter("error")
torch.manual_seed(0)
stream = torch.randn(2, 6, 16)
layer = nn.TransformerEncoderLayer(16, 2, 32, dropout=0, batch_first=True)
version = torch.__version__.split("+")[0]
calls = []

def zeros(module, inputs, output):
    calls.append(module)
    return (torch.zeros_like(output[0]), output[1]) if isinstance(output, tuple) else torch.zeros_like(output)

def change(ablated, module):
    """How far the layer's outputs move with zeros for what a module gives, and how often its hook is called."""
    clean = ablated(stream)
    calls.clear()
    handle = module.register_forward_hook(zeros)
    moved = (ablated(stream) - clean).abs().max().item()
    handle.remove()
    return moved, len(calls)

for is_training in (True, False):
    for has_gradients in (True, False):
        layer.train(is_training)
        with torch.set_grad_enabled(has_gradients):
            found = {name: change(layer, module) for name, module in layer.named_modules() if name}
        print(f"torch {version}, {'training' if is_training else 'evaluation'}, {'with' if has_gradients else 'without'} gradients: "
              + ", ".join(f"{name} {moved:.1f} in {count} call{'s' * (count != 1)}" for name, (moved, count) in found.items()))
        assert found.pop("self_attn.out_proj") == (0, 0), "hooks of out_proj are called now"
        assert all(moved > 0.1 and count == 1 for moved, count in found.values()), "hooks of another module are not called now"

attention = layer.self_attn
for register in ("register_forward_pre_hook", "register_full_backward_hook"):
    calls.clear()
    handle = getattr(attention.out_proj, register)(lambda module, *values: calls.append(module))
    attention(stream, stream, stream)[0].sum().backward()
    handle.remove()
    print(f"{register} on out_proj: {len(calls)} calls")
    assert not calls, f"{register} works now"

with torch.no_grad():
    clean = attention(stream, stream, stream)[0]
    ablated = copy.deepcopy(attention)
    ablated.out_proj.weight[:, :8] = 0
    by_weight = (ablated(stream, stream, stream)[0] - clean).abs().max().item()
    pruned = copy.deepcopy(attention)
    prune.identity(pruned.out_proj, "weight")
    pruned.load_state_dict({name: torch.zeros_like(value) if name == "out_proj.weight_orig" else value for name, value in pruned.state_dict().items()})
    kept = (pruned(stream, stream, stream)[0] - clean).abs().max().item()
print(f"head 0's columns set to 0 change attention by {by_weight:.2f}; pruned, with zeros loaded for out_proj, it is {kept:.0e} from before")
assert by_weight > 0.1 and kept < 1e-6 < clean.abs().max().item(), "weights of out_proj are treated differently now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "numpy==2.4.6"
"$folder/venv/bin/python" "$folder/ablate.py"

#!/usr/bin/env bash
# pyvene 0.1.8: subspaces given for each example of a batch, which is what the argument asks for, are mixed. With VanillaIntervention (AdditionIntervention
# the same) at one position every example has the subspaces of all examples exchanged; at as many positions as there are examples, every
# example has the first one's at the first position, the second one's at the second. No error, no warning, though other numbers
# of positions fail on a shape. Where all examples have the same subspaces, where these differ in size, and with RotatedSpaceIntervention, each
# example gets its own. So a batch of counterfactuals that differ in the variable that is exchanged, say a digit in one and a carry in
# the other, exchanges both in all; the result turns on what else is in the batch, and is right in batches of one.
# Seen, of 64 examples of GPT-2 of random weights whose stream is exchanged in [0..3] in every other one and in [4..7] in the rest: in one batch all
# have what [0..7] gives, and 38% predict something else than alone, with AdditionIntervention 22%; rotated, none does.
# Source: https://github.com/stanfordnlp/pyvene/issues/33 has subspaces and positions as each example's own; nothing found on the mixing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/exchange.py" <<'PYTHON'
import importlib.metadata, torch, pyvene
from transformers import GPT2Config, GPT2LMHeadModel
torch.set_grad_enabled(False)
torch.manual_seed(0)
base, source = torch.randint(12, (64, 8)), torch.randint(12, (64, 8))
model = GPT2LMHeadModel(GPT2Config(
    n_layer=2, n_head=2, n_embd=16, vocab_size=12, n_positions=8, initializer_range=0.5, bos_token_id=0, eos_token_id=0)).eval()
one, other, both = [0, 1, 2, 3], [4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7]

def exchanger(kind):
    torch.manual_seed(1)  # of the rotation
    intervenable = pyvene.IntervenableModel({"layer": 0, "component": "block_output", "intervention_type": kind}, model=model)
    return lambda which, subspaces, positions=7: intervenable(
        {"input_ids": base[which]}, [{"input_ids": source[which]}], {"sources->base": positions}, subspaces=[subspaces])[1].logits

version = importlib.metadata.version("pyvene")
apart = lambda one, other: (one - other).abs().max().item()
for kind in (pyvene.VanillaIntervention, pyvene.AdditionIntervention, pyvene.RotatedSpaceIntervention):
    exchange = exchanger(kind)
    wanted = [one, other] * 32
    alone = torch.cat([exchange([i], [wanted[i]]) for i in range(64)])
    together, of_both = exchange(range(64), wanted), exchange(range(64), [both] * 64)
    same_size = exchange(range(64), [one] * 64)
    all_one = torch.cat([exchange([i], [one]) for i in range(64)])
    others = (together[:, -1].argmax(-1) != alone[:, -1].argmax(-1)).float().mean().item()
    print(f"pyvene {version} {kind.__name__}: in a batch logits are {apart(together, alone):.0e} from those of each example alone, "
          f"{apart(together, of_both):.0e} from those of both subspaces; {others:.0%} predict something else")
    is_mixed = kind is not pyvene.RotatedSpaceIntervention
    assert apart(same_size, all_one) < 1e-4, "one subspace for all is exchanged otherwise now"
    assert (apart(together, of_both) < 1e-4 and others > 0.1) if is_mixed else apart(together, alone) < 1e-4, "subspaces are exchanged otherwise now"

exchange = exchanger(pyvene.VanillaIntervention)
ragged = [one, other + [8]] * 32
assert apart(exchange(range(64), ragged), torch.cat([exchange([i], [ragged[i]]) for i in range(64)])) < 1e-4
three = [one, other, [8, 9, 10, 11]]
found = exchange(range(3), three, [3, 4, 5])
first = exchange([0], [one], [3, 4, 5])
moved = [apart(found[:, at], exchange(range(3), [one] * 3, [3, 4, 5])[:, at]) for at in (3, 4)]
print(f"three examples at three positions: outputs are {moved[0]:.0e} at the first and {moved[1]:.1f} at the second from those with the first one's subspace for all; "
      f"the first example's are {apart(found[:1], first):.1f} from its own")
assert moved[0] < 1e-4 < 0.1 < moved[1] and apart(found[:1], first) > 0.1, "subspaces at several positions are exchanged otherwise now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformers==5.24.0" "pyvene==0.1.8"
"$folder/venv/bin/python" -W ignore "$folder/exchange.py"

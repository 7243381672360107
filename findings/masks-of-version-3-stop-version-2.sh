#!/usr/bin/env bash
# TransformerLens 3.9.0 saves every causal mask as an empty tensor, [0, 0], where 2.18.0 has [n_ctx, n_ctx]. So a state_dict that 3.9.0 saved is
# refused by 2.18.0, by load_state_dict and by load_and_process_state_dict alike, though not one weight differs. The other
# way round works. Leaving the keys that end in .mask and .IGNORE out is the cure.
# Seen in 2.18.0: "size mismatch for blocks.0.attn.mask: copying a param with shape torch.Size([0, 0])"; without masks it loads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/masks.py" <<'PYTHON'
import importlib.metadata, sys, torch
from transformer_lens import HookedTransformer, HookedTransformerConfig
path = sys.argv[2] + "/weights.pt"
model = HookedTransformer(HookedTransformerConfig(
    n_layers=1, n_heads=2, d_model=8, d_head=4, d_vocab=12, n_ctx=8, attn_only=True, device="cpu", seed=0))
version = importlib.metadata.version("transformer_lens")
if sys.argv[1] == "save":
    torch.save(model.state_dict(), path)
    print(version, "saves a mask of shape", list(model.state_dict()["blocks.0.attn.mask"].shape))
else:
    weights = torch.load(path)
    try:
        model.load_and_process_state_dict(dict(weights))
        raise SystemExit("the mask is taken now")
    except RuntimeError as error:
        print(version, str(error).splitlines()[1].strip())
        assert "size mismatch for blocks.0.attn.mask" in str(error)
    model.load_and_process_state_dict({name: value for name, value in weights.items() if not name.endswith((".mask", ".IGNORE"))})
    print(version, "loads the rest")
PYTHON

python3 -m venv "$folder/three"
"$folder/three/bin/pip" install -q "torch==2.15.0" "transformer_lens==3.9.0"
"$folder/three/bin/python" "$folder/masks.py" save "$folder"
python3 -m venv "$folder/two"
"$folder/two/bin/pip" install -q "torch==2.15.0" "transformer_lens==2.18.0" "pyarrow<21"
"$folder/two/bin/python" "$folder/masks.py" load "$folder"

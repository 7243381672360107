#!/usr/bin/env bash
# TransformerLens 4.3.0: TransformerBridge.boot_native takes use_attn_scale=False, scale_attn_by_inverse_layer_idx=True and
# use_local_attn=True, and computes as if they were not there: no error, no warning. So it is with parallel_attn_mlp, use_qk_norm,
# post_embedding_ln and num_experts, of which the last leaves one MLP. HookedTransformer 2.18 obeys all of them. So weights that were trained
# with one of these settings and moved to version 4, as its converter suggests, give other numbers without a word.
# Seen: largest change of a logit by the setting, with the same weights: 0 in 4.3.0, 0.13 to 2.00 in 2.18.0. attention_dir, which 4.3.0
# does obey, shows that the comparison can tell.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/change.py" <<'PYTHON'
import importlib.metadata, torch, transformer_lens
torch.set_grad_enabled(False)
is_native = importlib.metadata.version("transformer_lens").startswith("4.")
shape = dict(n_layers=2, n_heads=2, d_model=8, d_head=4, d_vocab=12, n_ctx=8, normalization_type="LN", attn_only=True, device="cpu", seed=0)
tokens = torch.arange(8)[None]

def build(**setting):
    if is_native:
        from transformer_lens.config import TransformerBridgeConfig
        from transformer_lens.model_bridge import TransformerBridge
        return TransformerBridge.boot_native(TransformerBridgeConfig(**shape | setting))
    return transformer_lens.HookedTransformer(transformer_lens.HookedTransformerConfig(**shape | setting))

mlp = dict(attn_only=False, d_mlp=16, act_fn="relu")
for shared, setting in (
    ({}, dict(use_attn_scale=False)),
    ({}, dict(scale_attn_by_inverse_layer_idx=True)),
    ({}, dict(use_local_attn=True, window_size=2, attn_types=["local", "local"])),
    ({}, dict(attention_dir="bidirectional")),
    (mlp, dict(parallel_attn_mlp=True)),
    (mlp, dict(use_qk_norm=True)),
    (mlp, dict(post_embedding_ln=True)),
    (mlp, dict(num_experts=2, experts_per_token=1)),
):
    plain, other = build(**shared), build(**shared | setting)
    buffers = (".mask", ".IGNORE")
    weights = {name: value for name, value in plain.state_dict().items() if not name.endswith(buffers)}
    other.load_state_dict(weights, strict=False)
    change = (other(tokens) - plain(tokens)).abs().max().item()
    name = next(iter(setting))
    print(f"{importlib.metadata.version('transformer_lens')} {name}: {change:.2f}")
    obeyed = change > 0.01
    assert obeyed == (not is_native or name == "attention_dir"), f"{name} behaves differently now"
PYTHON

python3 -m venv "$folder/four"
"$folder/four/bin/pip" install -q "torch==2.15.0" "transformer_lens==4.3.0"
"$folder/four/bin/python" "$folder/change.py"
python3 -m venv "$folder/two"
"$folder/two/bin/pip" install -q "torch==2.15.0" "transformer_lens==2.18.0" "pyarrow<21"
"$folder/two/bin/python" "$folder/change.py"

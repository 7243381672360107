#!/usr/bin/env bash
# TransformerLens 4.3.0: convert_tl_checkpoint, made to move checkpoints of earlier versions into TransformerBridge.boot_native, leaves W_Q and W_K of a model with
# rotary positions as they are, though the two rotate different pairs of coordinates: HookedTransformer, by default, i and i + rotary_dim / 2, as
# GPT-NeoX does, the native model 2i and 2i + 1. So the moved model attends elsewhere and predicts something else, with no error and no warning;
# shapes and names fit. rotary_adjacent_pairs, which tells HookedTransformer which to take, is accepted by the native model and not looked at. Models
# trained with True move rightly, and so do those with standard positions. To put the rows of W_Q, W_K, b_Q and b_K in the other order is the cure.
# Seen, with random weights saved by 2.18.0 or 3.9.0: 721 of 2048 predictions are others in 4.3.0, with half of each head rotated 662, with adjacent
# pairs or standard positions none; with queries and keys in the other order logits are 4e-6 off in place of 7.
# Source: the native model's code calls its pairs Llama's format; nothing found on what becomes of those that are converted.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/rotate.py" <<'PYTHON'
import importlib.metadata, sys, warnings, torch, transformer_lens
warnings.simplefilter("error")
warnings.filterwarnings("ignore", "HookedTransformer is deprecated")
torch.set_grad_enabled(False)
torch.manual_seed(0)
command, path = sys.argv[1:]
version = importlib.metadata.version("transformer_lens")
tokens = torch.randint(12, (256, 8), generator=torch.Generator().manual_seed(1))
sizes = dict(n_layers=2, n_heads=2, d_model=16, d_head=8, d_mlp=32, act_fn="relu", d_vocab=12, n_ctx=8, normalization_type="LN", device="cpu")
kinds = {
    "rotary": dict(positional_embedding_type="rotary", rotary_dim=8),
    "rotary in half of a head": dict(positional_embedding_type="rotary", rotary_dim=4),
    "rotary, adjacent pairs": dict(positional_embedding_type="rotary", rotary_dim=8, rotary_adjacent_pairs=True),
    "standard": {},
}

if command == "save":
    saved = {}
    for kind, setting in kinds.items():
        model = transformer_lens.HookedTransformer(transformer_lens.HookedTransformerConfig(**sizes, **setting))
        buffers = (".mask", ".IGNORE", "_sin", "_cos")
        weights = {name: torch.randn(value.shape) / 2 + ("ln" in name and name.endswith(".w")) for name, value in model.state_dict().items() if not name.endswith(buffers)}
        weights["unembed.b_U"].zero_()
        weights["ln_final.b"].zero_()
        model.load_state_dict(weights, strict=False)
        saved[kind] = weights, model(tokens)
    torch.save((version, saved), path)
    raise SystemExit

from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge
from transformer_lens.utilities.tl_checkpoint_conversion import convert_tl_checkpoint
source, saved = torch.load(path)

def moved(weights, setting):
    config = TransformerBridgeConfig(**sizes, **setting)
    model = TransformerBridge.boot_native(config)
    model.load_state_dict(convert_tl_checkpoint(dict(weights), config))
    return model(tokens)

def interleaved(weights, rotary_dim):
    """Queries and keys with what stood at i and i + rotary_dim / 2 at 2i and 2i + 1."""
    order = torch.cat([torch.arange(rotary_dim).view(2, -1).T.flatten(), torch.arange(rotary_dim, sizes["d_head"])])
    is_rotated = lambda name: name.endswith(("W_Q", "W_K", "b_Q", "b_K"))
    return {name: value[..., order] if is_rotated(name) else value for name, value in weights.items()}

for kind, (weights, true) in saved.items():
    setting = kinds[kind]
    logits = moved(weights, setting)
    others = (logits.argmax(-1) != true.argmax(-1)).sum().item()
    off = (logits - true).abs().max().item()
    print(f"{source} to {version}, {kind}: logits up to {off:.0e} off, {others} of 2048 predictions are others")
    is_lost = "rotary_dim" in setting and "rotary_adjacent_pairs" not in setting
    assert others > 100 if is_lost else off < 1e-4, f"{kind} is converted otherwise now"
    if is_lost:
        cured = (moved(interleaved(weights, setting["rotary_dim"]), setting) - true).abs().max().item()
        print(f"  with queries and keys in the other order {cured:.0e}")
        assert cured < 1e-4, "the native model rotates other pairs now"
PYTHON

python3 -m venv "$folder/venv"
for version in 2.18.0 3.9.0; do
  old=$([ "$version" = 2.18.0 ] && echo "pyarrow<21" || true)
  "$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==$version" $old
  "$folder/venv/bin/python" -W ignore "$folder/rotate.py" save "$folder/saved-$version.pt"
done
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==4.3.0"
for version in 2.18.0 3.9.0; do
  "$folder/venv/bin/python" -W ignore "$folder/rotate.py" load "$folder/saved-$version.pt"
done

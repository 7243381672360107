#!/usr/bin/env bash
# TransformerLens 3.9.0 and 4.3.0 tell by its sizes which axis of a weight is d_model. Where W_in or W_U is square, that is where
# d_mlp or d_vocab is d_model, they fold normalizations and center weights along the wrong one. load_and_process_state_dict and
# enable_compatibility_mode then give a model that predicts something else, with no error and no warning. 2.18.0 does not, and the
# cure in the others is to load without processing.
# Seen: the largest change of a log-probability by processing, which should change none, is below 0.0001 in 2.18.0 and where no weight
# is square. Where W_in is square it is 2.3 in 3.9.0 and 1.2 in 4.3.0, where W_U is, 18 and 4.6.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/change.py" <<'PYTHON'
import importlib.metadata, torch, transformer_lens
torch.set_grad_enabled(False)
version = importlib.metadata.version("transformer_lens")
tokens = torch.arange(8)[None]
sizes = dict(n_layers=1, n_heads=2, d_model=16, d_head=8, d_mlp=32, d_vocab=12, n_ctx=8, act_fn="relu", normalization_type="LN", device="cpu")

def random(model):
    torch.manual_seed(0)
    return {name: torch.randn(value.shape) for name, value in model.state_dict().items() if not name.endswith((".mask", ".IGNORE"))}

def log_probs(is_processed, **shape):
    if version.startswith("4."):
        from transformer_lens.config import TransformerBridgeConfig
        from transformer_lens.model_bridge import TransformerBridge
        model = TransformerBridge.boot_native(TransformerBridgeConfig(**sizes | shape))
        model.load_state_dict(random(model))
        model.enable_compatibility_mode(disable_warnings=True, no_processing=not is_processed)
    else:
        model = transformer_lens.HookedTransformer(transformer_lens.HookedTransformerConfig(**sizes | shape))
        steps = ("fold_ln", "center_writing_weights", "center_unembed", "fold_value_biases")
        model.load_and_process_state_dict(random(model), **dict.fromkeys(steps, is_processed))
    return model(tokens).log_softmax(-1)

for shape in (
    dict(normalization_type="LN"),
    dict(normalization_type="RMS"),
    dict(normalization_type="LN", d_mlp=16),
    dict(normalization_type="RMS", d_vocab=16),
):
    change = (log_probs(True, **shape) - log_probs(False, **shape)).abs().max().item()
    print(version, shape, f"{change:.1e}")
    is_square = len(shape) > 1
    assert (change > 0.1) == (is_square and not version.startswith("2.")), f"{shape} is processed differently now"
PYTHON

python3 -m venv "$folder/venv"
for version in 4.3.0 3.9.0 2.18.0; do
  old=$([ "$version" = 2.18.0 ] && echo "pyarrow<21" || true)
  "$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==$version" $old
  "$folder/venv/bin/python" -W ignore "$folder/change.py"
done

#!/usr/bin/env bash
# TransformerLens 3.9.0: load_and_process_state_dict with fold_ln turns normalization_type "LN" into "LNPre", and "RMS" into "RMSPre", in
# the very config that the caller made the model from. A second model from that config has normalizations without weights, and
# load_state_dict(strict=False), which causal masks often ask for, drops the weights that it has no place for. No error, no warning. So
# the raw model that is put beside the processed one, to see whether processing changed anything, is another model. 2.18.0 and 4.3.0
# leave the config alone. A config of its own for each model, or copy.deepcopy, is the cure. 2.18.0 uses up the dict of weights
# instead, which is empty afterwards; handing over dict(weights) saves it.
# Seen: with the same weights, log-probabilities of the second, unprocessed model are 0 from the true ones in 2.18.0 and 4.3.0, and in
# 3.9.0 12 with LN and 20 with RMS; from a fresh config 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/twice.py" <<'PYTHON'
import importlib.metadata, torch, transformer_lens
torch.set_grad_enabled(False)
version = importlib.metadata.version("transformer_lens")
tokens = torch.arange(8)[None]
sizes = dict(n_layers=2, n_heads=2, d_model=16, d_head=8, d_mlp=32, d_vocab=12, n_ctx=8, act_fn="relu", device="cpu")
if version.startswith("4."):
    from transformer_lens.config import TransformerBridgeConfig as Config
    from transformer_lens.model_bridge import TransformerBridge
else:
    from transformer_lens import HookedTransformerConfig as Config

def build(config, weights, is_processed):
    if version.startswith("4."):
        model = TransformerBridge.boot_native(config)
        model.load_state_dict(weights)
        model.enable_compatibility_mode(disable_warnings=True, no_processing=not is_processed, center_writing_weights=False)
        return model
    model = transformer_lens.HookedTransformer(config)
    if is_processed:
        model.load_and_process_state_dict(weights, center_writing_weights=False)
    else:
        model.load_state_dict(weights, strict=False)
    return model

def drawn(config):
    torch.manual_seed(0)
    model = TransformerBridge.boot_native(config) if version.startswith("4.") else transformer_lens.HookedTransformer(config)
    return {name: torch.randn(value.shape) for name, value in model.state_dict().items() if not name.endswith((".mask", ".IGNORE"))}

for kind in ("LN", "RMS"):
    fresh = lambda: Config(**sizes, normalization_type=kind)
    weights = drawn(fresh())
    log_probs = lambda config, is_processed: build(config, dict(weights), is_processed)(tokens).log_softmax(-1)
    true = log_probs(fresh(), False)
    config = fresh()
    apart = lambda which: (which - true).abs().max().item()
    processed, second, other = apart(log_probs(config, True)), apart(log_probs(config, False)), apart(log_probs(fresh(), False))
    spent = dict(weights)
    build(fresh(), spent, True)
    print(f"{version}: config says {config.normalization_type} after {kind}; log-probabilities differ by {processed:.0e} in the processed model, "
          f"by {second:.1f} in a second one of its config, by {other:.1f} in one of a fresh config; the dict of {len(weights)} weights is {'left' if spent else 'emptied'}")
    is_changed = version.startswith("3.")
    assert processed < 1e-3 and other == 0
    assert config.normalization_type == kind + "Pre" * is_changed and (second > 1) == is_changed, f"a config of {kind} is treated differently now"
    assert (len(spent) == 0) == version.startswith("2."), "the weights that are given are treated differently now"
PYTHON

python3 -m venv "$folder/venv"
for version in 4.3.0 3.9.0 2.18.0; do
  old=$([ "$version" = 2.18.0 ] && echo "pyarrow<21" || true)
  "$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==$version" $old
  "$folder/venv/bin/python" -W ignore "$folder/twice.py"
done

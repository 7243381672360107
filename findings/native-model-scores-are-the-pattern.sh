#!/usr/bin/env bash
# TransformerLens 4.3.0: in a model made by TransformerBridge.boot_native, the activation cached as blocks.0.attn.hook_attn_scores is not the
# attention scores but the pattern: rows that sum to 1, equal to hook_pattern in every entry. HookedTransformer 2.18 caches
# q·k/√d_head there, -inf where a key is later. Whoever reads scores, say to see how decided a head is, reads probabilities.
# Seen: largest distance of hook_attn_scores from hook_pattern 0, from q·k/√d_head more than 0.1 (99 with weights three times as large as at the start).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/scores.py" <<'PYTHON'
import importlib.metadata, warnings, torch
from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge
warnings.simplefilter("error")
torch.set_grad_enabled(False)
model = TransformerBridge.boot_native(TransformerBridgeConfig(
    n_layers=1, n_heads=2, d_model=8, d_head=4, d_vocab=12, n_ctx=8, normalization_type="LN", attn_only=True, device="cpu", seed=0))
model.load_state_dict({name: 3 * value for name, value in model.state_dict().items()})
model.enable_compatibility_mode(disable_warnings=True, no_processing=True)
_, cache = model.run_with_cache(torch.arange(8)[None])
at = "blocks.0.attn.hook_"
scores, pattern, q, k = (cache[at + name] for name in ("attn_scores", "pattern", "q", "k"))
earlier = torch.ones(8, 8).tril().bool()
true = torch.einsum("bqhd,bkhd->bhqk", q, k) / 2
from_pattern = (scores - pattern)[..., earlier].abs().max().item()
from_scores = (scores - true)[..., earlier].abs().max().item()
print(f"{importlib.metadata.version('transformer_lens')}: hook_attn_scores is {from_pattern:.1e} from hook_pattern and {from_scores:.2f} from q·k/√d_head")
assert from_pattern < 1e-6 and from_scores > 0.1, "hook_attn_scores behaves differently now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==4.3.0"
"$folder/venv/bin/python" "$folder/scores.py"

#!/usr/bin/env bash
# transformers 5.24.0 takes head_mask, until version 4 the documented way to switch heads off, and does nothing with it: it was taken out,
# but forward still accepts any keyword. No error, no warning. A sweep that ablates one head after the other finds that no head
# matters. 4.57.6 obeys it with attn_implementation="eager"; with "sdpa" it says that it does not.
# Seen: with every head masked, outputs of GPT-2 and BERT change by 0 in 5.24.0, and by 4.88 and 2.83 in 4.57.6.
# Source: https://github.com/huggingface/transformers/pull/41076 took it out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/mask.py" <<'PYTHON'
import warnings, torch, transformers
from transformers import BertConfig, BertModel, GPT2Config, GPT2LMHeadModel
warnings.simplefilter("error")
torch.set_grad_enabled(False)
tokens = torch.arange(8)[None]
sizes = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, vocab_size=12, max_position_embeddings=8)
common = dict(initializer_range=0.5, attn_implementation="eager", bos_token_id=0, eos_token_id=0, pad_token_id=None)
for Model, config in (
    (GPT2LMHeadModel, GPT2Config(n_layer=2, n_head=2, n_embd=16, vocab_size=12, n_positions=8, **common)),
    (BertModel, BertConfig(**sizes, **common)),
):
    torch.manual_seed(0)
    model = Model(config).eval()
    masked = model(tokens, head_mask=torch.zeros(2, 2))[0]
    change = (masked - model(tokens)[0]).abs().max().item()
    print(f"{transformers.__version__} {Model.__name__}: masking every head changes outputs by {change:.2f}")
    assert (change > 0.1) if transformers.__version__.startswith("4.") else (change == 0), f"{Model.__name__} treats head_mask differently now"
PYTHON

python3 -m venv "$folder/venv"
for version in 5.24.0 4.57.6; do
  "$folder/venv/bin/pip" install -q "torch==2.15.0" "transformers==$version"
  "$folder/venv/bin/python" "$folder/mask.py"
done

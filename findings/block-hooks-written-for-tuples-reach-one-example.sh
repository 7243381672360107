#!/usr/bin/env bash
# transformers 5.24.0: a block of GPT-2, GPT-NeoX, Llama or BERT returns the residual stream itself, where 4.57.6 (Llama apart) returns
# a tuple that starts with it. In a forward hook output[0] was the stream of the whole batch and is now that of its first example. A
# hook that ablates or steers output[0] in place does so in one example and leaves the others clean, and one that reads it reads that
# example alone. No error, no warning; an effect averaged over a batch of 100 is a hundredth. GPT-Neo, which TinyStories models are,
# returns a tuple in both. `stream = output if torch.is_tensor(output) else output[0]` is right everywhere.
# Seen, with output[0][:] = 0 on the first block and a batch of three equal examples: in 5.24.0 outputs change in the first example
# by more than 2 and not at all in the others; in 4.57.6 (Llama apart), and in GPT-Neo in both, they change alike in all three.
# Source: https://github.com/huggingface/transformers/issues/43979 has blocks return the stream directly, and
# https://github.com/zjunlp/EasyEdit/pull/670 mends hooks for it; nothing found on the one example.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/ablate.py" <<'PYTHON'
import warnings, torch, transformers
from transformers import (BertConfig, BertModel, GPT2Config, GPT2LMHeadModel, GPTNeoConfig, GPTNeoForCausalLM, GPTNeoXConfig, GPTNeoXForCausalLM,
    LlamaConfig, LlamaForCausalLM)
warnings.simplefilter("error")
torch.set_grad_enabled(False)
tokens = torch.arange(8).repeat(3, 1)
is_4 = transformers.__version__.startswith("4.")
shared = dict(hidden_size=16, intermediate_size=32, vocab_size=12, max_position_embeddings=8)
sizes = dict(num_hidden_layers=2, num_attention_heads=2, **shared)
common = dict(initializer_range=0.5, bos_token_id=0, eos_token_id=0, pad_token_id=None)

def ablate(block, inputs, output):
    output[0][:] = 0

for Model, config, block, returns_tuple in (
    (GPT2LMHeadModel, GPT2Config(n_layer=2, n_head=2, n_embd=16, vocab_size=12, n_positions=8, **common), lambda model: model.transformer.h[0], is_4),
    (GPTNeoXForCausalLM, GPTNeoXConfig(**sizes, **common), lambda model: model.gpt_neox.layers[0], is_4),
    (LlamaForCausalLM, LlamaConfig(**sizes, **common), lambda model: model.model.layers[0], False),
    (BertModel, BertConfig(**sizes, **common), lambda model: model.encoder.layer[0], is_4),
    (GPTNeoForCausalLM, GPTNeoConfig(num_layers=2, num_heads=2, attention_types=[[["global", "local"], 1]], **shared, **common),
     lambda model: model.transformer.h[0], True),
):
    torch.manual_seed(0)
    model = Model(config).eval()
    clean = model(tokens)[0]
    block(model).register_forward_hook(ablate)
    change = (model(tokens)[0] - clean).abs().amax((1, 2)).tolist()
    print(f"{transformers.__version__} {Model.__name__}: outputs of the three examples change by " + ", ".join(f"{value:.2f}" for value in change))
    wanted = change[:1] * 3 if returns_tuple else [change[0], 0, 0]
    assert change[0] > 0.1 and torch.allclose(torch.tensor(change), torch.tensor(wanted)), f"{Model.__name__}'s block returns something else now"
PYTHON

python3 -m venv "$folder/venv"
for version in 5.24.0 4.57.6; do
  "$folder/venv/bin/pip" install -q "torch==2.15.0" "transformers==$version"
  "$folder/venv/bin/python" "$folder/ablate.py"
done

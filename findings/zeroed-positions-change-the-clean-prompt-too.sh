#!/usr/bin/env bash
# nnsight 0.8.1: what one invoke of a trace does to position embeddings it does to all of them. A trace with a clean invoke and a corrupted one
# runs both in one batch, and each is to see and change its own rows alone. But rows are told by the first axis being as long as the
# batch, and transformers computes positions once for a batch: wpe of GPT-2 and GPT-Neo gives [1, position, d_model], rotary_emb of Llama and
# GPT-NeoX [1, position, d_head]. So the clean invoke is corrupted as well, also where it comes first. No error, no warning: both give
# the same logits, and positions seem not to matter. fc1 of OPT, whose MLPs read the tokens of all prompts in one row after the other, is shared
# as well. With a single invoke, so with one trace for each, all is right, as it is for what has a row for each prompt: an MLP of the
# others, and OPT's position embeddings.
# Seen, with positions zeroed (rotations: of angle 0) in the second of two invokes with the same prompt: logits of the first are 2.2 to 6.9 from those
# of the model alone, to the last bit the corrupted ones; with an MLP zeroed they are the model's own. In OPT it is the other way round.
# Source: https://github.com/ndif-team/nnsight/pull/722 has the test of the first axis, and what it does to mixtures of experts; nothing
# found on positions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/corrupt.py" <<'PYTHON'
import importlib.metadata, warnings, torch
from nnsight import TransformersModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import (GPT2Config, GPT2LMHeadModel, GPTNeoConfig, GPTNeoForCausalLM, GPTNeoXConfig, GPTNeoXForCausalLM, LlamaConfig, LlamaForCausalLM,
    OPTConfig, OPTForCausalLM, PreTrainedTokenizerFast)
torch.set_grad_enabled(False)
tokens = torch.arange(2, 10)[None]
tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel({"x": 0, "y": 1}, unk_token="x")), pad_token="y", unk_token="x")
shared = dict(hidden_size=16, vocab_size=12, max_position_embeddings=16)
sizes = dict(num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, **shared)
common = dict(initializer_range=0.5, bos_token_id=0, eos_token_id=0, pad_token_id=1)

def zero(output):
    """No position: embeddings of 0, rotations of angle 0."""
    if isinstance(output, tuple):
        output[0][:], output[1][:] = 1, 0
    else:
        output[:] = 0

for Model, config, positions, mlp, is_shared in (
    (GPT2LMHeadModel, GPT2Config(n_layer=2, n_head=2, n_embd=16, vocab_size=12, n_positions=16, **common),
     lambda model: model.transformer.wpe, lambda model: model.transformer.h[0].mlp, True),
    (GPTNeoForCausalLM, GPTNeoConfig(num_layers=2, num_heads=2, attention_types=[[["global", "local"], 1]], intermediate_size=32, **shared, **common),
     lambda model: model.transformer.wpe, lambda model: model.transformer.h[0].mlp, True),
    (LlamaForCausalLM, LlamaConfig(**sizes, **common), lambda model: model.model.rotary_emb, lambda model: model.model.layers[0].mlp, True),
    (GPTNeoXForCausalLM, GPTNeoXConfig(**sizes, **common), lambda model: model.gpt_neox.rotary_emb, lambda model: model.gpt_neox.layers[0].mlp, True),
    (OPTForCausalLM, OPTConfig(num_hidden_layers=2, num_attention_heads=2, word_embed_proj_dim=16, ffn_dim=32, init_std=0.5, **shared, **common),
     lambda model: model.model.decoder.embed_positions, lambda model: model.model.decoder.layers[0].fc1, False),
):
    torch.manual_seed(0)
    plain = Model(config).eval()
    true = plain(tokens).logits
    model = TransformersModel(plain, tokenizer=tokenizer, task="text-generation")

    def both(module):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with model.trace() as tracer:
                with tracer.invoke(tokens):
                    clean = model.output.logits.save()
                with tracer.invoke(tokens):
                    zero(module(model).output)
                    corrupted = model.output.logits.save()
        return clean, corrupted

    def alone(module):
        with model.trace(tokens):
            zero(module(model).output)
            corrupted = model.output.logits.save()
        return corrupted

    apart = lambda one, other: (one - other).abs().max().item()
    clean, corrupted = both(positions)
    clean_mlp, corrupted_mlp = both(mlp)
    print(f"nnsight {importlib.metadata.version('nnsight')} {Model.__name__}: without positions in the second invoke the first is {apart(clean, true):.1f} from clean, "
          f"{apart(clean, corrupted):.1f} from the second; without an MLP {apart(clean_mlp, true):.0e} and {apart(clean_mlp, corrupted_mlp):.1f}")
    assert apart(corrupted, alone(positions)) < 1e-4 < 1 < apart(corrupted, true), "positions are zeroed otherwise now"
    assert apart(corrupted_mlp, alone(mlp)) < 1e-4 < 0.1 < apart(corrupted_mlp, true), "an MLP is zeroed otherwise now"
    for first, second, is_one in ((clean, corrupted, is_shared), (clean_mlp, corrupted_mlp, not is_shared)):
        assert torch.equal(first, second) if is_one else apart(first, true) < 1e-4, f"invokes share activations of {Model.__name__} otherwise now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformers==5.24.0" "nnsight==0.8.1"
"$folder/venv/bin/python" "$folder/corrupt.py"

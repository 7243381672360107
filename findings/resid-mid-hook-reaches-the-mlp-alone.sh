#!/usr/bin/env bash
# TransformerLens 4.3.0: a hook on blocks.0.hook_resid_mid that returns a new tensor changes what the MLP reads and not the residual
# stream, since the name stands for the input of ln2. The cache shows the stream as if it were replaced. The same hook written in place
# does reach the stream. So patching or ablating the stream between attention and MLP gives other numbers by how the hook is written,
# without a word. In HookedTransformer 2.18 both are the same.
# Seen, with the stream replaced by zeros, in a native model and in GPT-2 alike: resid_post minus mlp_out, which is the stream that went
# past the MLP, is as without the hook where zeros are returned, and 0 where they are written in place; the logits differ by more than 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/resid_mid.py" <<'PYTHON'
import importlib.metadata, sys, torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast
from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge
torch.set_grad_enabled(False)
torch.manual_seed(0)
tokens = torch.arange(8)[None]

def native():
    model = TransformerBridge.boot_native(TransformerBridgeConfig(
        n_layers=1, n_heads=2, d_model=8, d_head=4, d_mlp=16, act_fn="relu", d_vocab=12, n_ctx=8, normalization_type="LN", device="cpu"))
    model.load_state_dict({name: torch.randn(value.shape) for name, value in model.state_dict().items()})
    return model

def gpt2():
    path = sys.argv[1] + "/gpt2"
    GPT2LMHeadModel(GPT2Config(
        n_layer=1, n_head=2, n_embd=8, vocab_size=12, n_positions=8, bos_token_id=0, eos_token_id=0, initializer_range=0.5)).save_pretrained(path)
    special = {kind + "_token": "x" for kind in ("bos", "eos", "pad", "unk")}
    PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel({"x": 0}, unk_token="x")), **special).save_pretrained(path)
    return TransformerBridge.boot_transformers(path)

def returned(resid_mid, hook):
    return torch.zeros_like(resid_mid)

def in_place(resid_mid, hook):
    resid_mid[:] = 0

def run(model, hooks):
    with model.hooks(fwd_hooks=hooks):
        logits, cache = model.run_with_cache(tokens)
    past_mlp = cache["blocks.0.hook_resid_post"] - cache["blocks.0.hook_mlp_out"]
    return logits, cache["blocks.0.hook_resid_mid"], past_mlp

for make in (native, gpt2):
    model = make().eval()
    model.enable_compatibility_mode(disable_warnings=True, no_processing=True)
    _, _, clean = run(model, [])
    one, one_cached, one_stream = run(model, [("blocks.0.hook_resid_mid", returned)])
    other, other_cached, other_stream = run(model, [("blocks.0.hook_resid_mid", in_place)])
    still_there = (one_stream - clean).abs().max().item()
    gone = other_stream.abs().max().item()
    apart = (one - other).abs().max().item()
    print(f"{importlib.metadata.version('transformer_lens')} {make.__name__}: returned zeros leave the stream {still_there:.1e} from the clean one, "
          f"zeros in place {gone:.1e} from 0; logits differ by {apart:.2f}")
    assert one_cached.abs().max() == 0 and other_cached.abs().max() == 0, "the cache shows the hook's result no more"
    assert still_there < 1e-5 and clean.abs().max() > 0.1 and gone < 1e-5 and apart > 0.1, "hook_resid_mid behaves differently now"
PYTHON

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==4.3.0"
HF_HUB_OFFLINE=1 "$folder/venv/bin/python" "$folder/resid_mid.py" "$folder"

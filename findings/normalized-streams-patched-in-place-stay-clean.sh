#!/usr/bin/env bash
# TransformerLens 4.3.0: a hook on ln1.hook_normalized or hook_scale, of ln2 and ln_final too, that writes into the tensor and returns it, as patching is
# mostly written (normalized[:, position] = other; return normalized), changes nothing: outputs are the clean ones to the last bit. A
# normalization takes the hook's result only where it is another tensor than went in, and otherwise runs the original module on its own
# input. The cache shows the activation as if it were patched. No error, no warning; a sweep over positions or a frozen scale finds that
# what heads read does not matter. So it is in Llama, Qwen2, Mistral and GPT-NeoX, which Pythia models are, processed or not, and in native models
# with RMS; GPT-2, native models with LN and HookedTransformer 2.18.0 obey. Writing into normalized.clone() is the cure, and is answered by a warning about rounding.
# Seen, with one position of each hook doubled: outputs change by 0 where it is done in place, and by 0.4 to 10 in a clone.
# Source: https://github.com/TransformerLensOrg/TransformerLens/pull/1527 has edits told by identity, and as a limit hooks that write and return nothing;
# nothing found on those that write and return, as these do.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/patch.py" <<'PYTHON'
import importlib.metadata, sys, warnings, torch, transformer_lens
warnings.simplefilter("ignore")
torch.set_grad_enabled(False)
torch.manual_seed(0)
version = importlib.metadata.version("transformer_lens")
tokens = torch.arange(8)[None]
points = [f"{norm}.hook_{name}" for norm in ("blocks.0.ln1", "blocks.0.ln2", "ln_final") for name in ("normalized", "scale")]

def in_place(value, hook):
    value[:, 3] *= 2
    return value

def in_clone(value, hook):
    return in_place(value.clone(), hook)

def tell(name, model, is_lost):
    """How much outputs change by a hook at each point, in place and in a clone, with the warnings of the former made errors."""
    clean, cache = model.run_with_cache(tokens)
    found = []
    for point in points:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with model.hooks(fwd_hooks=[(point, in_place)]):
                patched, patched_cache = model.run_with_cache(tokens)
        assert torch.allclose(patched_cache[point][:, 3], 2 * cache[point][:, 3]), "the cache shows a patch in place no more"
        other = model.run_with_hooks(tokens, fwd_hooks=[(point, in_clone)])
        found.append(((patched - clean).abs().max().item(), (other - clean).abs().max().item()))
    print(f"{version} {name}: in place " + ", ".join(f"{one:.1f}" for one, _ in found) + "; in a clone " + ", ".join(f"{other:.1f}" for _, other in found))
    for one, other in found:
        assert other > 0.1 and (one == 0 if is_lost else abs(one - other) < 1e-3), f"{name} obeys hooks otherwise now"

def native(kind):
    sizes = dict(n_layers=1, n_heads=2, d_model=16, d_head=8, d_mlp=32, act_fn="relu", d_vocab=12, n_ctx=8, normalization_type=kind, device="cpu")
    if version.startswith("4."):
        from transformer_lens.config import TransformerBridgeConfig
        from transformer_lens.model_bridge import TransformerBridge
        model = TransformerBridge.boot_native(TransformerBridgeConfig(**sizes))
    else:
        model = transformer_lens.HookedTransformer(transformer_lens.HookedTransformerConfig(**sizes))
    weights = {name: torch.randn(value.shape) for name, value in model.state_dict().items() if not name.endswith((".mask", ".IGNORE"))}
    model.load_state_dict(weights, strict=False)
    if version.startswith("4."):
        model.enable_compatibility_mode(disable_warnings=True, no_processing=True)
    return model

for kind in ("LN", "RMS"):
    tell(kind, native(kind), is_lost=version.startswith("4.") and kind == "RMS")

if version.startswith("4."):
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from transformers import (GPT2Config, GPT2LMHeadModel, GPTNeoXConfig, GPTNeoXForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast)
    from transformer_lens.model_bridge import TransformerBridge
    sizes = dict(num_hidden_layers=1, num_attention_heads=2, hidden_size=16, intermediate_size=32, vocab_size=12, max_position_embeddings=8)
    common = dict(initializer_range=0.5, bos_token_id=0, eos_token_id=0, pad_token_id=0)
    special = {kind + "_token": "x" for kind in ("bos", "eos", "pad", "unk")}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(WordLevel({"x": 0}, unk_token="x")), **special)
    for Model, config in (
        (GPT2LMHeadModel, GPT2Config(n_layer=1, n_head=2, n_embd=16, vocab_size=12, n_positions=8, **common)),
        (LlamaForCausalLM, LlamaConfig(**sizes, **common)),
        (GPTNeoXForCausalLM, GPTNeoXConfig(use_parallel_residual=False, **sizes, **common)),
    ):
        path = f"{sys.argv[1]}/{Model.__name__}"
        Model(config).save_pretrained(path)
        tokenizer.save_pretrained(path)
        for is_processed in (False, True):
            model = TransformerBridge.boot_transformers(path).eval()
            model.enable_compatibility_mode(disable_warnings=True, no_processing=not is_processed)
            tell(f"{Model.__name__}, {'processed' if is_processed else 'unprocessed'}", model, is_lost=Model is not GPT2LMHeadModel)
PYTHON

python3 -m venv "$folder/venv"
for version in 4.3.0 2.18.0; do
  old=$([ "$version" = 2.18.0 ] && echo "pyarrow<21" || true)
  "$folder/venv/bin/pip" install -q "torch==2.15.0" "transformer_lens==$version" $old
  HF_HUB_OFFLINE=1 "$folder/venv/bin/python" -W ignore "$folder/patch.py" "$folder"
done

"""Makes test/cases/blocks: small models with every kind of block, and what TransformerLens 2.18 computes with them.

    python3 -m pip install torch transformer_lens==2.18.0 numpy==1.26.4 safetensors
    python3 test/peers/make_block_models.py

Each folder has the model's config.json and model.safetensors, and expected.json: log-probabilities where the answer of the
sums is predicted, activations at the last of these positions, and parameters after load_and_process_state_dict.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig

DIGITS = 3
SUMS = [(123, 456), (389, 411)]
TO = Path(__file__).parent.parent / "cases" / "blocks"
MODELS = {
    "mlp-relu": {"normalization_type": "LN", "d_mlp": 8, "act_fn": "relu"},
    "mlp-gelu": {"normalization_type": "LN", "d_mlp": 8, "act_fn": "gelu"},
    "rms-gelu-new": {"normalization_type": "RMS", "d_mlp": 8, "act_fn": "gelu_new"},
    "no-norm-silu": {"normalization_type": None, "d_mlp": 8, "act_fn": "silu"},
    "no-norm": {"normalization_type": None, "attn_only": True},
    "rms": {"normalization_type": "RMS", "attn_only": True},
}
HOOKS = ["hook_resid_mid", "ln2.hook_scale", "ln2.hook_normalized", "mlp.hook_pre", "mlp.hook_post", "hook_mlp_out"]
PROCESSED = ["attn.W_K", "attn.b_K", "attn.W_O", "attn.b_O", "mlp.W_in", "mlp.b_in", "mlp.W_out", "mlp.b_out"]


def digits(number):
    return [int(digit) for digit in str(number).zfill(DIGITS)]


def rounded(tensor):
    return [float(f"{value:.7g}") for value in tensor.flatten().tolist()]


def make(name, blocks):
    config = {"n_layers": 2, "n_heads": 2, "d_model": 6, "d_head": 3, "d_vocab": 12, "n_ctx": 3 * DIGITS + 2}
    config = {**config, "eps": 1e-5, **blocks}
    torch.manual_seed(sum(map(ord, name)))
    model = HookedTransformer(HookedTransformerConfig(**config, device="cpu"))
    for key, parameter in model.named_parameters():
        noise = torch.randn_like(parameter)
        if key.endswith(".w"):
            parameter.data = 1 + 0.3 * noise
        else:
            parameter.data = noise * (0.3 if key.split(".")[-1].startswith("b") else 0.6)
    state = {key: value for key, value in model.state_dict().items() if not key.endswith((".mask", ".IGNORE"))}
    folder = TO / name
    folder.mkdir(parents=True, exist_ok=True)
    save_file({key: value.contiguous() for key, value in state.items()}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps({**config, "numDigits": DIGITS}, indent=2) + "\n")

    tokens = torch.tensor([digits(a) + [10] + digits(b) + [11] + digits(a + b) for a, b in SUMS])
    first = 2 * DIGITS + 1
    logits, cache = model.run_with_cache(tokens)
    activations = {
        key: rounded(cache[key][:, first + DIGITS - 1])
        for key in [f"blocks.1.{hook}" for hook in HOOKS]
        if key in cache
    }
    processed = HookedTransformer(HookedTransformerConfig(**config, device="cpu"))
    processed.load_and_process_state_dict({key: value.clone() for key, value in model.state_dict().items()})
    weights = processed.state_dict()
    keys = ["embed.W_E", "unembed.W_U", "unembed.b_U", *(f"blocks.1.{key}" for key in PROCESSED)]
    expected = {
        "sums": SUMS,
        "logProbs": rounded(logits.log_softmax(-1)[:, first : first + DIGITS]),
        "activations": activations,
        "processed": {key: rounded(weights[key]) for key in keys if key in weights},
    }
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")


with torch.no_grad():
    for name, blocks in MODELS.items():
        make(name, blocks)

"""Makes the small model files in `cases/` and `cases/expected.json`, the log-probabilities that each has to give.

Run with a Python that has transformer_lens 3 (any version with HookedTransformer) and torch: python3 make_cases.py
Weights are random but fixed. Each model adds two digits: 1 layer, 2 heads, d_model 4, d_head 2.
"""

import argparse
import json
from collections import OrderedDict
from pathlib import Path

import numpy
import torch
from transformer_lens import HookedTransformer, HookedTransformerConfig

folder = Path(__file__).parent / "cases"
tokens = torch.tensor([[1, 2, 10, 3, 4, 11, 4, 6]])  # 12+34=46
shape = dict(n_layers=1, n_heads=2, d_model=4, d_head=2, d_vocab=12, n_ctx=8, eps=1e-5)
expected = {}


def model_of(normalization_type="LN", **more):
    """A model with random weights, large enough that a wrong reading shows."""
    torch.manual_seed(0)
    cfg = HookedTransformerConfig(
        **shape, normalization_type=normalization_type, device="cpu", **({"attn_only": True} | more)
    )
    model = HookedTransformer(cfg)
    for parameter in model.parameters():
        parameter.data = torch.randn(parameter.shape)
    return model


def weights_of(model, dtype=torch.float32):
    """The parameters without buffers, as views of one storage, which keeps the files small."""
    named = {name: value.detach() for name, value in model.state_dict().items() if not name.endswith((".mask", ".IGNORE"))}
    flat = torch.cat([value.flatten() for value in named.values()]).to(dtype)
    parts = flat.split([value.numel() for value in named.values()])
    return OrderedDict((name, part.reshape(value.shape)) for (name, value), part in zip(named.items(), parts))


def native(weights):
    """The same weights as `TransformerBridge.boot_native(cfg).state_dict()` of TransformerLens 4 has them."""
    named = OrderedDict()
    names = {"W_E": "weight", "W_pos": "weight", "W_U": "weight", "b_U": "bias", "w": "weight", "b": "bias", "b_O": "o.bias"}
    for name, value in weights.items():
        place, last = name.rsplit(".", 1)
        if last in ("W_Q", "W_K", "W_V"):
            named[f"{place}.{last[-1].lower()}.weight"] = value.transpose(1, 2).flatten(0, 1)
        elif last in ("b_Q", "b_K", "b_V"):
            named[f"{place}.{last[-1].lower()}.bias"] = value.flatten()
        elif last == "W_O":
            named[f"{place}.o.weight"] = value.flatten(0, 1).T
        elif last in ("W_in", "W_out"):
            named[f"{place}.{last[2:]}.weight"] = value.T
        elif last in ("b_in", "b_out"):
            named[f"{place}.{last[2:]}.bias"] = value
        else:
            named[f"{place}.{names[last]}"] = value.T if last == "W_U" else value
    return named


def save(name, value, model, **options):
    torch.save(value, folder / name, **options)
    with torch.no_grad():
        expected[name] = [round(entry, 6) for entry in model(tokens)[0, 5].log_softmax(-1).tolist()]


class Options:
    """A class of the training script, as checkpoints often hold one."""

    def __init__(self):
        self.learning_rate = 1e-3


folder.mkdir(exist_ok=True)
plain = model_of()
weights = weights_of(plain)
save("plain.pt", plain.state_dict(), plain)
save("old-format.pt", weights, plain, _use_new_zipfile_serialization=False)
for protocol in (4, 5):
    save(f"pickle-protocol-{protocol}.pt", weights, plain, pickle_protocol=protocol)
save("half.pt", weights_of(plain, torch.float16), plain)
save("transposed.pt", {name: value.T.contiguous().T if value.dim() == 2 else value for name, value in weights.items()}, plain)
expanded = model_of()
expanded.unembed.b_U.data = torch.tensor(0.5).expand(12)
save("expanded.pt", weights_of(expanded) | {"unembed.b_U": torch.tensor(0.5).expand(12)}, expanded)
counters = {"steps": torch.tensor(7), "seen": torch.zeros(2, dtype=torch.int32), "byte": torch.zeros(1, dtype=torch.uint8)}
save("counters.pt", weights | counters, plain)
save("parameters.pt", OrderedDict((name, torch.nn.Parameter(value)) for name, value in weights.items()), plain)
averaged = {f"module.{name}": value for name, value in weights.items()}  # as torch.optim.swa_utils.AveragedModel has it
save("averaged.pt", {"n_averaged": torch.tensor(3), **averaged}, plain)
save("compiled-lightning.pt", {f"model._orig_mod.{name}": value for name, value in weights.items()}, plain)
state = {"state": {0: {"step": torch.tensor(3.0), "exp_avg": torch.zeros(12, 4)}}, "param_groups": [{"lr": 1e-3, "betas": (0.9, 0.999)}]}
beside = {
    "epoch": 3,
    "losses": [0.5, 0.25, numpy.float32(0.125)],
    "accuracy": numpy.float64(0.5),
    "args": argparse.Namespace(lr=1e-3, path=Path("runs")),
    "options": Options(),
    "big": 2**70,
    "rng": torch.zeros(8, dtype=torch.uint8),
    "empty": {1, 2},
}
save("wrapped-state_dict.pt", {"optimizer_state_dict": state, **beside, "state_dict": weights}, plain)
save("wrapped-model_state_dict.pt", {"model_state_dict": weights, "optimizer": state, "cfg": plain.cfg.to_dict()}, plain)
save("series.pt", {"checkpoints": [weights_of(model_of(init_weights=False)), weights], "steps": [0, 10]}, plain)
save("native.pt", {"model": native(weights), "config": {**shape, "normalization_type": "LN", "attn_only": True}}, plain)
for kind in (None, "LNPre", "RMS", "RMSPre"):
    other = model_of(kind)
    cfg = {**shape, "normalization_type": kind, "attn_only": True}
    save(f"norm-{kind or 'none'}.pt", {"state_dict": weights_of(other), "config": cfg}, other)
for act_fn in ("relu", "gelu_new", "silu"):
    other = model_of(attn_only=False, d_mlp=6, act_fn=act_fn)
    cfg = {**shape, "normalization_type": "LN", "act_fn": act_fn, "d_mlp": 6}
    save(f"mlp-{act_fn}.pt", {"state_dict": native(weights_of(other)) if act_fn == "silu" else weights_of(other), "config": cfg}, other)
(folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
print(sum(file.stat().st_size for file in folder.iterdir()), "bytes in", len(expected), "files")

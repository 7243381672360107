"""Makes the models of test/fixtures/layouts with TransformerLens 2.18, and what it answers: `python make_layout_models.py`.

Each is a .safetensors file of random weights, its config.json with the task's layout, and expected.json: some sums, and the
log-probabilities [sum, answer digit, token id] at the positions that predict the digits, most significant first.
"""

import json
import random
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig

FOLDER = Path(__file__).parent.parent / "fixtures" / "layouts"
PLAIN = list(range(12))


def layout(operand_digits, answer_digits, units_first=False, largest=4, symbols=PLAIN, before=()):
    return {
        "operandDigits": operand_digits,
        "answerDigits": answer_digits,
        "answerOrder": "leastSignificantFirst" if units_first else "mostSignificantFirst",
        "largestFirstDigit": largest,
        "symbols": list(symbols),
        "before": list(before),
    }


CASES = {
    "one-digit-more": (layout(3, 4, largest=9), 12, 12),
    "units-first": (layout(3, 4, units_first=True, largest=9), 12, 12),
    "start-token": (layout(2, 2, symbols=[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 0], before=[2]), 15, 9),
    "long-context": (layout(5, 6, largest=9), 12, 32),
    "left-padding": (layout(2, 3, units_first=True, before=[13, 13, 13, 12]), 14, 13),
    "one-digit": (layout(1, 2, largest=9), 12, 6),
}


def tokens_of(task, a, b):
    digits, places = task["operandDigits"], task["answerDigits"]
    answer = str((a + b) % 10**places).zfill(places)
    if task["answerOrder"] == "leastSignificantFirst":
        answer = answer[::-1]
    text = f"{a:0{digits}}+{b:0{digits}}={answer}"
    return task["before"] + [task["symbols"]["0123456789+=".index(symbol)] for symbol in text]


def predicting(task):
    first = len(task["before"]) + 2 * task["operandDigits"] + 1
    positions = list(range(first, first + task["answerDigits"]))
    return positions[::-1] if task["answerOrder"] == "leastSignificantFirst" else positions


def build(d_vocab, n_ctx, d_model=8, d_head=4, seed=0):
    torch.manual_seed(seed)
    config = HookedTransformerConfig(
        n_layers=2, n_heads=2, d_model=d_model, d_head=d_head, d_vocab=d_vocab, n_ctx=n_ctx,
        normalization_type="LN", attn_only=True, device="cpu", seed=seed,
    )  # fmt: skip
    return HookedTransformer(config)


def weights_of(model):
    state = model.state_dict()
    return {name: state[name].contiguous() for name in state if not name.endswith((".mask", ".IGNORE"))}


def some_sums(task, count, source):
    limit = (task["largestFirstDigit"] + 1) * 10 ** (task["operandDigits"] - 1)
    return [(source.randrange(limit), source.randrange(limit)) for _ in range(count)]


def make_random():
    for number, (name, (task, d_vocab, n_ctx)) in enumerate(CASES.items()):
        model = build(d_vocab, n_ctx, seed=number)
        for parameter in model.parameters():
            torch.nn.init.normal_(parameter, std=0.5)
        sums = some_sums(task, 5, random.Random(number))
        tokens = torch.tensor([tokens_of(task, a, b) for a, b in sums])
        with torch.no_grad():
            log_probs = model(tokens).log_softmax(-1)[:, predicting(task)]
        shape = {key: getattr(model.cfg, key) for key in ("n_layers", "n_heads", "d_model", "d_head", "d_vocab", "n_ctx")}
        folder = FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        save_file(weights_of(model), folder / "model.safetensors")
        config = {**shape, "normalization_type": "LN", "eps": 1e-5, "attn_only": True, "layout": task}
        (folder / "config.json").write_text(json.dumps(config) + "\n")
        rounded = [[[round(value, 6) for value in row] for row in rows] for rows in log_probs.tolist()]
        (folder / "expected.json").write_text(json.dumps({"sums": sums, "logProbs": rounded}) + "\n")


make_random()

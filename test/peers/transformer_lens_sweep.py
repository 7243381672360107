"""The sweep of `carryscope bench` in TransformerLens, as a peer to compare loss differences and speed with.

Reads {config, parameters, tokens, repeats} as JSON from stdin. Mean-ablates the result, query, key and value of every head
in turn over all sums at once, as the library's users do, and prints as its last line {version, threads, milliseconds,
lossDiff}: the time of each repeat, and the loss differences over [site, layer, head] in nats.
"""

import importlib.metadata
import json
import sys
import time

import torch
from peer_model import build
from transformer_lens.utils import get_act_name


def loss_of(logits, tokens, digits):
    predicted = logits[:, -digits - 1 : -1]
    return torch.nn.functional.cross_entropy(predicted.flatten(0, 1), tokens[:, -digits:].flatten()).item()


def sweep(model, tokens, digits):
    """Loss differences; the clean run that the means come from is shared by all ablations."""
    names = {get_act_name(site, layer) for site in ("result", "q", "k", "v") for layer in range(model.cfg.n_layers)}
    model.set_use_attn_result(True)
    clean_logits, cache = model.run_with_cache(tokens, names_filter=lambda name: name in names)
    clean = loss_of(clean_logits, tokens, digits)
    means = {name: cache[name].mean(0) for name in names}
    differences = []
    for site in ("result", "q", "k", "v"):
        model.set_use_attn_result(site == "result")
        for layer in range(model.cfg.n_layers):
            name = get_act_name(site, layer)
            for head in range(model.cfg.n_heads):

                def replace(activation, hook, head=head, mean=means[name]):
                    activation[:, :, head] = mean[:, head]
                    return activation

                logits = model.run_with_hooks(tokens, fwd_hooks=[(name, replace)])
                differences.append(loss_of(logits, tokens, digits) - clean)
    return differences


@torch.inference_mode()
def main():
    given = json.load(sys.stdin)
    model = build(given["config"], given["parameters"])
    tokens = torch.tensor(given["tokens"]).reshape(-1, given["config"]["n_ctx"])
    digits = given["config"]["layout"]["answerDigits"]
    differences = sweep(model, tokens, digits)
    milliseconds = []
    for _ in range(given["repeats"]):
        start = time.perf_counter()
        sweep(model, tokens, digits)
        milliseconds.append((time.perf_counter() - start) * 1000)
    version = importlib.metadata.version("transformer_lens")
    answer = {"version": version, "threads": torch.get_num_threads(), "milliseconds": milliseconds}
    print(json.dumps({**answer, "lossDiff": differences}))


main()

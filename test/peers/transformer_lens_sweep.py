"""What `carryscope bench` times, in TransformerLens, as a peer to compare loss differences and speed with.

Reads {config, parameters, tokens, repeats} as JSON from stdin. On the CPU, and on a GPU where torch has one: mean-ablates the
result, query, key and value of every head in turn over all sums at once, as the library's users do; runs one sum with every
activation; scores all sums at once. Prints as its last line {version, threads, devices}, where each device has {device,
sweepMs, lossDiff, oneSumMs, sumsPerSecond}: medians of the repeats, and the loss differences over [site, layer, head] in nats.
"""

import importlib.metadata
import json
import statistics
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


def median_ms(work, repeats):
    """Of `repeats` runs after one that is not counted; each ends with a number on the CPU, so that a GPU is waited for."""
    work()
    milliseconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        milliseconds.append((time.perf_counter() - start) * 1000)
    return statistics.median(milliseconds)


def timed_on(device, given):
    model = build(given["config"], given["parameters"]).to(device)
    tokens = torch.tensor(given["tokens"]).reshape(-1, given["config"]["n_ctx"]).to(device)
    digits = given["config"]["layout"]["answerDigits"]
    repeats = given["repeats"]
    one = tokens[:1]
    sweep_ms = median_ms(lambda: sweep(model, tokens, digits), repeats)
    one_sum_ms = median_ms(lambda: loss_of(model.run_with_cache(one)[0], one, digits), 20 * repeats)
    scored_ms = median_ms(lambda: loss_of(model(tokens), tokens, digits), repeats)
    return {
        "device": device,
        "sweepMs": sweep_ms,
        "lossDiff": sweep(model, tokens, digits),
        "oneSumMs": one_sum_ms,
        "sumsPerSecond": 1000 * len(tokens) / scored_ms,
    }


@torch.inference_mode()
def main():
    given = json.load(sys.stdin)
    devices = ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]
    answer = {"version": importlib.metadata.version("transformer_lens"), "threads": torch.get_num_threads()}
    print(json.dumps({**answer, "devices": [timed_on(device, given) for device in devices]}))


main()

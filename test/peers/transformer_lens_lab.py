"""The carry lab of `carryscope bench --lab` in TransformerLens, as a peer to compare results and speed with.

Reads {config, parameters, places, repeats, tasks} as JSON from stdin; `places` are the positions of the digits of a and b and of
the predictions, most significant first. Each task finds all that our analysis finds, over all sums at once, with what
TransformerLens and PyTorch do fastest: runs stop behind the last layer that is read, heads are replaced at hook_z, areas under the
curve come from sorted ranks, probes of one position are solved together, curves are fitted together. Prints as its last line
{version, tasks: {name: {milliseconds, threads, found}}}: the time of each repeat on as many threads as were faster, one or all, and
numbers to compare.
"""

import importlib.metadata
import json
import sys
import time
from functools import partial

import torch
from lab_statistics import areas, histograms, log_cosh_fits
from peer_model import build


def hook_name(site, layer):
    return f"blocks.{layer}.attn.hook_{site}"


class Sums:
    """Tokens, and what arithmetic says of each column, [example, digit]."""

    def __init__(self, tokens, places):
        self.tokens = tokens
        self.places = places
        self.predicting = places["predicting"]
        a, b = (tokens[:, places[name]] for name in ("a", "b"))
        pad = len(self.predicting) - a.shape[1]
        self.columns = torch.nn.functional.pad(a + b, (pad, 0))
        carry = torch.zeros(len(tokens)).bool()
        carries, answers = [], []
        for column in self.columns.T.flip(0):
            carries.append(carry)
            answers.append((column + carry) % 10)
            carry = column + carry >= 10
        self.carry_in = torch.stack(carries[::-1], 1)
        self.answer = torch.stack(answers[::-1], 1)

    def observed(self, logits):
        return logits[:, self.predicting].argmax(-1)


def cached(model, tokens, names, layers):
    """Hooks of the first layers."""
    return model.run_with_cache(tokens, names_filter=lambda name: name in names, stop_at_layer=layers)[1]


def donors_of(model, sums, order, layers):
    return cached(model, sums.tokens[order], {hook_name("z", layer) for layer in layers}, max(layers) + 1)


def transplanted(model, sums, donors, sites):
    def take(activation, hook, head, position):
        activation[:, position, head] = donors[hook.name][:, position, head]
        return activation

    hooks = [(hook_name("z", layer), partial(take, head=head, position=at)) for layer, head, at in sites]
    return sums.observed(model.run_with_hooks(sums.tokens, fwd_hooks=hooks))


def shares(sums, order, observed):
    differ = sums.carry_in[order] != sums.carry_in
    moved = (sums.columns + sums.carry_in[order].long()) % 10
    hits = differ & (observed == moved) & (observed != sums.answer)
    return hits.sum(0) / differ.sum(0)


def transplant_map(model, sums, order, sites):
    donors = donors_of(model, sums, order, range(model.cfg.n_layers))
    return torch.stack([shares(sums, order, transplanted(model, sums, donors, [site])) for site in sites])


def transplant(model, sums, order, sites):
    donors = donors_of(model, sums, order, {layer for layer, _, _ in sites})
    return shares(sums, order, transplanted(model, sums, donors, sites))


def interaction(model, sums):
    heads = [(layer, head) for layer in range(model.cfg.n_layers) for head in range(model.cfg.n_heads)]
    names = {hook_name("z", layer) for layer in range(model.cfg.n_layers)}
    cache = cached(model, sums.tokens, names, model.cfg.n_layers)
    means = {name: cache[name].mean(0) for name in names}

    def replace(activation, hook, head):
        activation[:, :, head] = means[hook.name][:, head]
        return activation

    losses = []
    for subset in range(2 ** len(heads)):
        members = [place for index, place in enumerate(heads) if subset >> index & 1]
        hooks = [(hook_name("z", layer), partial(replace, head=head)) for layer, head in members]
        logits = model.run_with_hooks(sums.tokens, fwd_hooks=hooks)[:, sums.predicting]
        loss = torch.nn.functional.cross_entropy(logits.transpose(1, 2), sums.answer, reduction="none")
        losses.append(loss.mean(0))
    return torch.stack(losses)


def needles(model, sums):
    names = {hook_name(site, layer) for site in ("pattern", "z") for layer in range(model.cfg.n_layers)}
    cache = cached(model, sums.tokens, names, model.cfg.n_layers)
    query, key = torch.tril_indices(model.cfg.n_ctx, model.cfg.n_ctx)
    found, patterns = [], []
    groups = sums.carry_in[:, :-1]
    for layer in range(model.cfg.n_layers):
        patterns.append(cache[hook_name("pattern", layer)][:, :, query, key].flatten(1).T)
        found.append(areas(patterns[-1], groups)[0])
        z = cache[hook_name("z", layer)]
        # Projections of z @ W_O on a difference of its means are those of z on this.
        metric = model.W_O[layer] @ model.W_O[layer].transpose(1, 2)
        for digit in range(groups.shape[1]):
            even, odd, group = z[::2], z[1::2], groups[:, digit]
            difference = even[group[::2]].mean(0) - even[~group[::2]].mean(0)
            direction = torch.einsum("phd,hde->phe", difference, metric)
            areas(torch.einsum("ephd,phd->phe", odd, direction).flatten(0, 1), group[1::2, None])
    area = torch.cat(found)
    histograms(torch.cat(patterns), groups, (area - 0.5).abs().nan_to_num(0).topk(12, dim=0).indices)
    return area.flatten()


def probe_map(model, sums):
    names = ["blocks.0.hook_resid_pre", *(f"blocks.{layer}.hook_resid_post" for layer in range(model.cfg.n_layers))]
    cache = cached(model, sums.tokens, names, model.cfg.n_layers)
    digits = sums.columns.shape[1]
    classes = (sums.columns >= 9).long() + (sums.columns >= 10).long()
    one_hot = torch.nn.functional.one_hot
    targets = [
        *((sums.carry_in[:, digit].long(), 2) for digit in range(digits - 1)),
        *((classes[:, column], 3) for column in range(1, digits)),
        *((sums.columns[:, column] % 10, 10) for column in range(digits)),
        *((sums.answer[:, digit], 10) for digit in range(digits)),
    ]
    y = torch.cat([one_hot(labels, count) for labels, count in targets], 1).double()
    fold = torch.arange(len(y)) % 5
    found = []
    for name in names:
        x = cache[name].transpose(0, 1).double()  # [position, example, d_model]
        right = []
        for index in range(5):
            train, test = fold != index, fold == index
            mean_x, mean_y = x[:, train].mean(1, keepdim=True), y[train].mean(0)
            centred = x[:, train] - mean_x
            gram = centred.transpose(1, 2) @ centred
            trace = gram.diagonal(dim1=1, dim2=2).sum(-1)
            penalty = torch.where(trace > 0, 1e-3 * trace / gram.shape[-1], 1.0)
            eye = torch.eye(gram.shape[-1]).double()
            weights = torch.linalg.solve(gram + penalty[:, None, None] * eye, centred.transpose(1, 2) @ (y[train] - mean_y))
            scores = (x[:, test] - mean_x) @ weights + mean_y
            parts = scores.split([count for _, count in targets], -1)
            told = [(part.argmax(-1) == labels[test]).double().mean(1) for part, (labels, _) in zip(parts, targets)]
            right.append(torch.stack(told, -1))
        found.append(torch.stack(right).mean(0))
    return torch.stack(found)


def race(model, sums):
    cache = cached(model, sums.tokens, {hook_name("q", 0), hook_name("pattern", 0)}, 1)
    rows = torch.arange(10)[:, None].expand(10, model.cfg.n_ctx)
    of_digit = cached(model, rows, {hook_name("k", 0)}, 1)
    query = cache[hook_name("q", 0)].mean(0)
    scores = torch.einsum("phd,vkhd->hpkv", query, of_digit[hook_name("k", 0)]) / model.cfg.d_head**0.5
    later = torch.arange(model.cfg.n_ctx)[None, :] > torch.arange(model.cfg.n_ctx)[:, None]
    a, b = (scores.masked_fill(later[None, :, :, None], torch.nan)[:, :, sums.places[name]] for name in ("a", "b"))
    torch.sigmoid(a[..., :, None] - b[..., None, :])
    digits = torch.arange(10)
    winner = torch.where(a[..., :, None] >= b[..., None, :], digits[:, None], digits[None, :])
    for threshold in (10, 9):
        ((winner >= 5) == (digits[:, None] + digits >= threshold)).double().mean((-1, -2))
    pairs = torch.stack((a, b), -2).double().flatten(0, 2)
    log_cosh_fits(pairs[~pairs.isnan().any(-1).any(-1)])
    pattern = cache[hook_name("pattern", 0)].mean(0)
    pattern[:, :, sums.places["a"]] + pattern[:, :, sums.places["b"]]
    return scores[:, sums.predicting, 0]


def circle(model, sums):
    names = ["blocks.0.hook_resid_pre", *(f"blocks.{layer}.hook_resid_post" for layer in range(model.cfg.n_layers))]
    cache = cached(model, sums.tokens, names, model.cfg.n_layers)
    stages = torch.stack([cache[name][:, sums.predicting] for name in names])
    centred = stages - stages.mean(-1, keepdim=True)
    scaled = (centred / (centred.square().mean(-1, keepdim=True) + model.cfg.eps).sqrt()).transpose(1, 2)
    left = torch.linalg.svd(model.W_U[:, :10], full_matrices=False).U[:, :2]
    largest = left.gather(0, left.abs().argmax(0, keepdim=True))
    plane = left * largest.sign()
    points = scaled @ plane  # [stage, digit, example, component]
    members = torch.nn.functional.one_hot(sums.answer, 10).float().permute(1, 2, 0)
    count = members.sum(-1)
    means = members @ scaled / count[..., None]  # [stage, digit, value, d_model]
    centroid = means @ plane
    distance = members @ points.square().sum(-1, keepdim=True) / count[..., None]
    (distance[..., 0] - centroid.square().sum(-1)).clamp(min=0).sqrt()
    around = means - means.mean(2, keepdim=True)
    (around @ plane).square().sum((2, 3)) / around.square().sum((2, 3))
    mean = scaled.mean(2)
    of_mean = len(sums.tokens) * mean.square().sum(-1)
    between = (count[..., None] * means.square()).nan_to_num(0).sum((2, 3)) - of_mean
    between / (scaled.square().sum((2, 3)) - of_mean)
    power = torch.fft.rfft(around.nan_to_num(0), dim=2).abs().square().sum(-1)
    power[..., 1:5] *= 2
    power / power.sum(-1, keepdim=True)
    return centroid


TASKS = {
    "transplant-map": transplant_map,
    "transplant": transplant,
    "interaction": interaction,
    "carry-needles": needles,
    "probe-map": probe_map,
    "hierarchy": race,
    "residual-circle": circle,
}


def timed(run, threads):
    """Milliseconds of one run on so many threads."""
    torch.set_num_threads(threads)
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


@torch.inference_mode()
def main():
    given = json.load(sys.stdin)
    model = build(given["config"], given["parameters"])
    most_threads = torch.get_num_threads()
    measured = {}
    for task in given["tasks"]:
        sums = Sums(torch.tensor(task["tokens"]).reshape(-1, given["config"]["n_ctx"]), given["places"])
        asked = {name: task[name] for name in ("order", "sites") if name in task}
        run = partial(TASKS[task["name"]], model, sums, **asked)
        found = run()
        # For models so small a second thread may cost more than it saves, most of all beside other work.
        first = {count: timed(run, count) for count in sorted({1, most_threads})}
        threads = min(first, key=first.get)
        milliseconds = [timed(run, threads) for _ in range(given["repeats"])]
        data = [None if value != value else value for value in found.double().flatten().tolist()]
        measured[task["name"]] = {"milliseconds": milliseconds, "threads": threads, "found": data}
    version = importlib.metadata.version("transformer_lens")
    print(json.dumps({"version": version, "tasks": measured}))


main()

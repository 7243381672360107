"""The training step in PyTorch, as a peer to compare losses and speed with.

Reads {config, parameters, batches, learningRate} as JSON from stdin, trains on the batches one after the other with
torch.optim.Adam, and prints {losses, milliseconds, threads}: the loss before each step, and the time that each took.
"""

import json
import sys
import time

import torch


def layer_norm(x, weight, bias, eps):
    return torch.nn.functional.layer_norm(x, (x.shape[-1],), weight, bias, eps)


def logits_of(p, config, tokens):
    """The forward pass in TransformerLens's order; all positions, as training there does."""
    heads, d_head, eps = config["n_heads"], config["d_head"], config["eps"]
    x = p["embed.W_E"][tokens] + p["pos_embed.W_pos"]
    mask = torch.triu(torch.full((tokens.shape[1],) * 2, float("-inf")), 1)
    for layer in range(config["n_layers"]):
        at = f"blocks.{layer}.attn."
        normalized = layer_norm(x, p[f"blocks.{layer}.ln1.w"], p[f"blocks.{layer}.ln1.b"], eps)

        def project(name):
            weight = p[at + "W_" + name].permute(1, 0, 2).reshape(config["d_model"], heads * d_head)
            flat = normalized @ weight + p[at + "b_" + name].reshape(-1)
            return flat.unflatten(-1, (heads, d_head)).transpose(1, 2)

        q, k, v = project("Q"), project("K"), project("V")
        pattern = torch.softmax(q @ k.transpose(-1, -2) / d_head**0.5 + mask, -1)
        z = (pattern @ v).transpose(1, 2).flatten(2)
        x = x + z @ p[at + "W_O"].flatten(0, 1) + p[at + "b_O"]
    return layer_norm(x, p["ln_final.w"], p["ln_final.b"], eps) @ p["unembed.W_U"] + p["unembed.b_U"]


def loss_of(p, config, tokens):
    digits = config["layout"]["answerDigits"]
    predicted = logits_of(p, config, tokens)[:, -digits - 1 : -1]
    return torch.nn.functional.cross_entropy(predicted.flatten(0, 1), tokens[:, -digits:].flatten())


def main():
    given = json.load(sys.stdin)
    torch.set_num_threads(given["threads"])
    parameters = {
        name: torch.nn.Parameter(torch.tensor(value["data"], dtype=torch.float32).reshape(value["shape"]))
        for name, value in given["parameters"].items()
    }
    optimizer = torch.optim.Adam(parameters.values(), lr=given["learningRate"])
    losses, milliseconds = [], []
    for batch in given["batches"]:
        tokens = torch.tensor(batch).reshape(-1, given["config"]["n_ctx"])
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = loss_of(parameters, given["config"], tokens)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        milliseconds.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"losses": losses, "milliseconds": milliseconds, "torch": torch.__version__}))


main()

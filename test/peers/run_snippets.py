"""Runs TransformerLens snippets, each in a namespace of its own, and prints what they found.

Whichever version is installed runs them. Reads [{name, code}] as JSON from stdin and prints as its last line {version, found}:
for each, {shape, data} of every tensor of `result` (data flat, missing values null), and numbers and lists as they are; or
{error} with a traceback.
"""

import importlib.metadata
import json
import math
import sys
import traceback

import torch


def plain(value):
    if isinstance(value, torch.Tensor):
        data = [None if math.isnan(entry) else entry for entry in value.double().flatten().tolist()]
        return {"shape": list(value.shape), "data": data}
    return value


def run(code):
    namespace = {}
    try:
        exec(compile(code, "snippet", "exec"), namespace)
        return {name: plain(value) for name, value in namespace["result"].items()}
    except Exception:
        return {"error": traceback.format_exc()}


# The models are so small that a second thread costs several times what it saves, most of all beside other work.
torch.set_num_threads(1)
found = [run(snippet["code"]) for snippet in json.load(sys.stdin)]
print(json.dumps({"version": importlib.metadata.version("transformer_lens"), "found": found}))

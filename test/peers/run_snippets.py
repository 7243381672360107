"""Runs TransformerLens snippets, each in a namespace of its own, and prints what they found.

Reads [{name, code}] as JSON from stdin and prints as its last line, for each, {shape, data} of every tensor of `result` (data
flat, missing values null), and numbers and lists as they are; or {error} with a traceback.
"""

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


print(json.dumps([run(snippet["code"]) for snippet in json.load(sys.stdin)]))

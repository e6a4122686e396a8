"""Prints what PyTorch itself reads from files: every tensor's type, shape and bytes, by its path in the file.

Usage: python3 expected_values.py FILE...   (its output is golden/torch/expected.json)
"""
import json
import os
import sys

import torch

NAMES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8",
    torch.bool: "BOOL", torch.complex64: "C64",
}


def tensor(value):
    plain = value.detach().contiguous()
    if plain.dtype == torch.bfloat16:
        plain = plain.view(torch.int16)
    return {"dtype": NAMES[value.dtype], "shape": list(value.shape), "bytes": plain.numpy().tobytes().hex()}


def walk(path, value, found):
    if isinstance(value, torch.nn.Module):
        value = value.state_dict()
    if isinstance(value, torch.Tensor):
        found[path] = tensor(value)
    elif isinstance(value, dict):
        for key, element in value.items():
            walk(f"{path}/{key}", element, found)
    elif isinstance(value, (list, tuple)):
        for index, element in enumerate(value):
            walk(f"{path}/{index}", element, found)
    else:
        found[path] = repr(value)


result = {}
for name in sys.argv[1:]:
    entries = {}
    walk("", torch.load(name), entries)
    result[os.path.basename(name)] = entries
json.dump(result, sys.stdout, indent=0)
print()

"""Continues the optimiser checkpoints of golden/torch with PyTorch: the parameters after each of three more steps.

Usage: python3 continued_steps.py FOLDER   (its output is golden/torch/continued.json)
The gradient of element i of a parameter at step t is ((7919 i + 104729 t) mod 255) / 255 - 0.5.
"""
import json
import os
import sys

import torch

CASES = [
    ("tiny_checkpoint_sgd.pth", "model", "optimizer", torch.optim.SGD),
    ("tiny_checkpoint_adam.pth", "model", "opt", torch.optim.Adam),
    ("tiny_checkpoint_adamw.pth", "model", "optimizer", torch.optim.AdamW),
]


def gradient(parameter, step):
    index = torch.arange(parameter.numel(), dtype=torch.int64)
    values = ((index * 7919 + step * 104729) % 255).to(torch.float32) / 255 - 0.5
    return values.reshape(parameter.shape)


result = {}
for name, model, optimizer, kind in CASES:
    checkpoint = torch.load(os.path.join(sys.argv[1], name))
    state = {key: value for key, value in checkpoint[model].items() if "running" not in key and "num_batches" not in key}
    parameters = {key: torch.nn.Parameter(value.double()) for key, value in state.items()}
    continued = kind(parameters.values(), lr=1.0)
    continued.load_state_dict(checkpoint[optimizer])
    steps = []
    for step in range(3):
        for parameter in parameters.values():
            parameter.grad = gradient(parameter, step).double()
        continued.step()
        steps.append({key: parameter.flatten().tolist() for key, parameter in parameters.items()})
    result[name] = steps
json.dump(result, sys.stdout, indent=0)
print()

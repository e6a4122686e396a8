"""Checkpoints of optimisers after three steps of which one parameter missed two or all, and three more steps of all.

Usage: python3 thawed_optimizers.py FILE   (its output is golden/torch/thawed.pth; Debian's torch 1.13 wrote it)
Parameter 0 moves at every step, parameter 1 has no gradient before step 2, parameter 2 none before the checkpoint. The
gradients are those of optimizer_checkpoints.py, and the steps after the checkpoint are computed in double.
"""
import sys

import torch

CASES = [
    ("SGD", dict(lr=0.1, momentum=0.9, dampening=0.5)),
    ("Adam", dict(lr=0.01, weight_decay=0.1)),
    ("Adam", dict(lr=0.01, amsgrad=True)),
    ("AdamW", dict(lr=0.01, weight_decay=0.1)),
    ("Adadelta", dict(lr=0.5, rho=0.8)),
    ("Adagrad", dict(lr=0.1, lr_decay=0.1, initial_accumulator_value=0.1)),
    ("Adamax", dict(lr=0.01, betas=(0.8, 0.9))),
    ("ASGD", dict(lr=0.1, lambd=0.1, t0=1)),
    ("NAdam", dict(lr=0.01, momentum_decay=0.01, foreach=True)),
    ("RAdam", dict(lr=0.01, betas=(0.8, 0.9))),
    ("RMSprop", dict(lr=0.01, alpha=0.9, momentum=0.5, centered=True)),
    ("Rprop", dict(lr=0.02, etas=(0.4, 1.3), step_sizes=(1e-4, 0.05))),
]
FIRST = [0, 2, 3]


def gradient(parameter, step):
    index = torch.arange(parameter.numel(), dtype=torch.int64)
    values = ((index * 7919 + step * 104729) % 255).to(torch.float32) / 255 - 0.5
    return values.reshape(parameter.shape).to(parameter.dtype)


result = []
for name, options in CASES:
    torch.manual_seed(1)
    parameters = [torch.nn.Parameter(torch.randn(shape)) for shape in [(3, 4), (5,), (2, 3)]]
    optimizer = getattr(torch.optim, name)(parameters, **options)

    def step(stepped, by, number):
        for first, parameter in zip(FIRST, stepped):
            parameter.grad = gradient(parameter, number) if number >= first else None
        by.step()

    for number in range(3):
        step(parameters, optimizer, number)
    case = {"name": name, "model": {str(i): p.detach().clone() for i, p in enumerate(parameters)}}
    doubles = [torch.nn.Parameter(p.detach().double()) for p in parameters]
    continued = getattr(torch.optim, name)(doubles, **options)
    continued.load_state_dict(optimizer.state_dict())
    case["optimizer"] = optimizer.state_dict()
    steps = []
    for number in range(3, 6):
        step(doubles, continued, number)
        steps.append([p.detach().flatten().tolist() for p in doubles])
    case["continued"] = steps
    result.append(case)
torch.save(result, sys.argv[1])

"""Checkpoints of optimisers after three steps, and the parameters after each of three more steps.

Usage: python3 optimizer_checkpoints.py FILE   (its output is golden/torch/optimizers.pth; Debian's torch 1.13 wrote it)
The gradient of element i of a parameter at step t is ((7919 i + 104729 t) mod 255) / 255 - 0.5, and the steps after the
checkpoint are computed in double. LBFGS minimizes the sum of (p - gradient(0))^4 + (p - gradient(0))^2 / 2 instead.
"""
import sys

import torch

CASES = [
    ("Adadelta", dict(lr=0.5, rho=0.8, weight_decay=0.1)),
    ("Adagrad", dict(lr=0.1, lr_decay=0.1, initial_accumulator_value=0.1)),
    ("Adamax", dict(lr=0.01, betas=(0.8, 0.9), weight_decay=0.1)),
    ("ASGD", dict(lr=0.1, lambd=0.1, t0=1, weight_decay=0.1)),
    # Of torch 1.13's two implementations the other multiplies by a momentum twice, which later versions corrected.
    ("NAdam", dict(lr=0.01, momentum_decay=0.01, weight_decay=0.1, foreach=True)),
    ("RAdam", dict(lr=0.01, betas=(0.8, 0.9))),
    ("RMSprop", dict(lr=0.01, alpha=0.9, momentum=0.5, centered=True)),
    ("Rprop", dict(lr=0.02, etas=(0.4, 1.3), step_sizes=(1e-4, 0.05))),
    ("LBFGS", dict(lr=0.1, max_iter=3, history_size=4)),
    ("LBFGS", dict(max_iter=3, history_size=4, line_search_fn="strong_wolfe")),
]


def gradient(parameter, step):
    index = torch.arange(parameter.numel(), dtype=torch.int64)
    values = ((index * 7919 + step * 104729) % 255).to(torch.float32) / 255 - 0.5
    return values.reshape(parameter.shape).to(parameter.dtype)


def closure(optimizer, parameters):
    def evaluate():
        optimizer.zero_grad()
        differences = [parameter - gradient(parameter, 0) for parameter in parameters]
        loss = sum((d**4 + d**2 / 2).sum() for d in differences)
        loss.backward()
        return loss

    return evaluate


def step(name, optimizer, parameters, number):
    if name == "LBFGS":
        optimizer.step(closure(optimizer, parameters))
        return
    for parameter in parameters:
        parameter.grad = gradient(parameter, number)
    optimizer.step()


result = []
for name, options in CASES:
    torch.manual_seed(1)
    parameters = [torch.nn.Parameter(torch.randn(3, 4)), torch.nn.Parameter(torch.randn(5))]
    optimizer = getattr(torch.optim, name)(parameters, **options)
    for number in range(3):
        step(name, optimizer, parameters, number)
    case = {"name": name, "model": {str(i): p.detach().clone() for i, p in enumerate(parameters)}}
    doubles = [torch.nn.Parameter(p.detach().double()) for p in parameters]
    saved = optimizer.state_dict()
    continued = getattr(torch.optim, name)(doubles, **options)
    continued.load_state_dict(saved)
    steps = []
    for number in range(3, 6):
        step(name, continued, doubles, number)
        steps.append([p.detach().flatten().tolist() for p in doubles])
    case["optimizer"] = optimizer.state_dict()
    case["continued"] = steps
    result.append(case)
torch.save(result, sys.argv[1])

"""Loads states of optimisers that Netwright wrote with PyTorch, and compares the next step.

Usage: python3 load_optimizers.py FILE
FILE is as TorchOptimizersTest leaves it: a list of {name, model, optimizer, after}. Gradients are those of
optimizer_checkpoints.py at step 4, which also says what LBFGS minimizes. Optimisers that this PyTorch lacks are named.
"""
import sys

import torch


def gradient(parameter, step):
    index = torch.arange(parameter.numel(), dtype=torch.int64)
    values = ((index * 7919 + step * 104729) % 255).to(torch.float32) / 255 - 0.5
    return values.reshape(parameter.shape)


largest = 0
for case in torch.load(sys.argv[1]):
    name = case["name"]
    if not hasattr(torch.optim, name):
        print("PyTorch", torch.__version__, "has no", name)
        continue
    parameters = [torch.nn.Parameter(value.clone()) for value in case["model"].values()]
    optimizer = getattr(torch.optim, name)(parameters, lr=1.0)
    optimizer.load_state_dict(case["optimizer"])
    for group in optimizer.param_groups:
        # Of torch 1.13's two NAdams one multiplies by a momentum twice, which later versions corrected.
        group["foreach"] = name == "NAdam"

    def closure():
        optimizer.zero_grad()
        loss = sum(((p - gradient(p, 0)) ** 4 + (p - gradient(p, 0)) ** 2 / 2).sum() for p in parameters)
        loss.backward()
        return loss

    for parameter in parameters:
        parameter.grad = gradient(parameter, 4)
    optimizer.step(closure if name == "LBFGS" else None)
    differences = [(p.detach() - after).abs().max().item() for p, after in zip(parameters, case["after"].values())]
    print(f"{name}: largest difference after PyTorch's next step {max(differences):.2e}")
    largest = max(largest, *differences)
sys.exit(0 if largest <= 2e-6 else 1)

"""What PyTorch's initialisers draw one after the other from one generator, as lines of JSON: made with
python3 init_functions.py > init_functions.jsonl, and by a test with the argument all, where PyTorch is installed.

The lines that are kept are of PyTorch 1.13.
"""
import json
import math
import sys

import torch
from torch.nn import init


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0):
    """As up to 2.11: from 2.12 on PyTorch draws normal numbers until all lie between a and b."""
    if tuple(int(part) for part in torch.__version__.split(".")[:2]) < (2, 12):
        return init.trunc_normal_(tensor, mean, std, a, b)
    with torch.no_grad():
        low, high = (math.erf((end - mean) / std / math.sqrt(2)) for end in (a, b))
        tensor.uniform_(low, high).erfinv_().mul_(std * math.sqrt(2)).add_(mean)
        return tensor.clamp_(min=a, max=b)


FEW = [1, 2, 3, 15, 16, 17, 24, 31, 33, 48, 1000]
ALL = list(range(1, 41)) + [16 * k + r for k in (7, 8) for r in range(16)] + [5, 4999, 100000, 3]
MATRICES = [[3, 4], [5, 7], [1, 1], [64, 20]]
KERNELS = [[4, 3, 3, 3], [6, 2, 2, 5], [32, 16, 3, 3], [8, 1, 1, 1]]
FANS = MATRICES + KERNELS

vectors = [[n] for n in (ALL if "all" in sys.argv else FEW)]
RULES = {
    "uniform(-0.3, 0.7)": (vectors, lambda t: init.uniform_(t, -0.3, 0.7)),
    "normal(0.5, 2)": (vectors, lambda t: init.normal_(t, 0.5, 2)),
    "constant(3.1)": ([[5]], lambda t: init.constant_(t, 3.1)),
    "ones": ([[5]], init.ones_),
    "zeros": ([[5]], init.zeros_),
    "trunc_normal(0.1, 1, -1, 2)": (vectors, lambda t: trunc_normal_(t, 0.1, 1, -1, 2)),
    "trunc_normal(0, 0.02, -2, 2)": (vectors, lambda t: trunc_normal_(t, std=0.02)),
    "xavier_uniform(1)": (FANS, init.xavier_uniform_),
    "xavier_uniform(tanh)": (FANS, lambda t: init.xavier_uniform_(t, init.calculate_gain("tanh"))),
    "xavier_normal(selu)": (FANS, lambda t: init.xavier_normal_(t, init.calculate_gain("selu"))),
    "kaiming_uniform(0, fan_in, leaky_relu)": (FANS, init.kaiming_uniform_),
    "kaiming_uniform(0.2, fan_in, leaky_relu)": (FANS, lambda t: init.kaiming_uniform_(t, 0.2)),
    "kaiming_uniform(0, fan_out, sigmoid)": (
        FANS,
        lambda t: init.kaiming_uniform_(t, mode="fan_out", nonlinearity="sigmoid"),
    ),
    "kaiming_normal(0, fan_out, relu)": (
        FANS,
        lambda t: init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"),
    ),
    "kaiming_normal(0.01, fan_in, leaky_relu)": (FANS, lambda t: init.kaiming_normal_(t, 0.01)),
    "kaiming_normal(0, fan_in, linear)": (FANS, lambda t: init.kaiming_normal_(t, nonlinearity="linear")),
    "orthogonal(relu)": (
        FANS + [[20, 64], [64, 64]],
        lambda t: init.orthogonal_(t, init.calculate_gain("relu")),
    ),
    "eye": ([[3, 4], [4, 3], [2, 2]], init.eye_),
    "dirac(1)": (KERNELS + [[3, 4, 5], [2, 3, 3, 2, 5]], init.dirac_),
    "dirac(2)": (KERNELS + [[6, 4, 5]], lambda t: init.dirac_(t, 2)),
}


def digest(shape, fill):
    t = fill(torch.empty(shape)).flatten()
    d = t.double()
    return {"shape": shape, "sum": d.sum().item(), "first": t[:6].tolist(), "last": t[-6:].tolist()}


for name, (shapes, fill) in RULES.items():
    torch.manual_seed(11)
    cases = [digest(shape, fill) for shape in shapes]
    print(json.dumps({"rule": name, "cases": cases, "next": torch.rand(1).item()}))

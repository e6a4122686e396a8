"""Writes functions.jsonl: cases of functions that PyTorch has no modules of, and of attributes that no other file has.

Made by PyTorch 1.13.1 on a CPU, in double precision from inputs that are floats: python3 functions.py > functions.jsonl
"""
import json

import torch
import torch.nn.functional as F

torch.manual_seed(7)
COUNTS = {}


def tensor(values, kind="d"):
    data = [float("%.9g" % v) for v in values.detach().double().reshape(-1).tolist()]
    return {"dtype": kind, "shape": list(values.shape), "data": data}


def case(module, description, written, x, function, state=(), training=True, after=()):
    """Prints one; `function` is of the input and the state, `after` are buffers that it changes."""
    x = x.float().double().requires_grad_()
    state = {k: v.float().double() for k, v in dict(state).items()}
    trained = {k: v.requires_grad_() for k, v in state.items() if k in ("weight", "bias")}
    y = function(x, state)
    upstream = torch.randn(y.shape).float().double()
    y.backward(upstream)
    COUNTS[module] = COUNTS.get(module, -1) + 1
    print(json.dumps({
        "module": module, "case": COUNTS[module], "desc": description, "training": training,
        "ctor_args": [], "ctor_kwargs": written, "args": [{"t": tensor(x, "f")}], "kwargs": {},
        "state": {k: tensor(v, "f") for k, v in state.items()}, "out": [tensor(y)], "grad_out": tensor(upstream),
        "grad_in": [tensor(x.grad)], "grad_param": {k: tensor(v.grad) for k, v in trained.items()},
        "state_after": {k: tensor(v) for k, v in dict(after).items()}}))


x = torch.randn(2, 3, 4, 2)
ties = torch.tensor([[1.0, 2, 2, -1], [3, 3, 3, 3], [0, -0.5, 0, 0]])
for name, function in (("Mean", torch.mean), ("Sum", torch.sum), ("Max", torch.amax), ("Min", torch.amin)):
    case(name, "two", {"dim": [2, 3]}, x, lambda v, s: function(v, dim=(2, 3)))
    case(name, "kept", {"dim": -2, "keepdim": True}, x, lambda v, s: function(v, dim=-2, keepdim=True))
    case(name, "kink", {"dim": 1}, ties, lambda v, s: function(v, dim=1))

any_sign = torch.randn(2, 5)
positive = torch.randn(2, 5).abs() + 0.1
kink = torch.tensor([[0.0, -1, 2]])
for exponent, v in ((2.0, any_sign), (3.0, any_sign), (0.0, any_sign), (5.0, any_sign), (-1.0, any_sign),
                    (1.0, kink), (5.0, kink),
                    (0.5, positive), (-2.5, positive), (2.7, positive)):
    case("Power", "kink" if v is kink else str(exponent), {"exponent": exponent}, v, lambda a, s: torch.pow(a, exponent))

places = torch.tensor([[-2.0, -0.5, 0, 0.5, 0.25, 3]])
for written in ({"min": -0.5, "max": 0.5}, {"min": 0.25}, {"max": 0.0}, {"min": 1.0, "max": -1.0}):
    case("Clamp", "kink", written, places, lambda a, s: torch.clamp(a, **written))

with_zeros = torch.randn(2, 3, 4)
with_zeros[1] = 0
for written in ({}, {"p": 1.0, "dim": 2}, {"p": 3.0, "dim": -2}, {"eps": 2.0}):
    case("LpNormalize", "kink", written, with_zeros,
         lambda a, s: F.normalize(a, **written))
    case("LpNormalize", "norm", written, torch.randn(2, 3, 4), lambda a, s: F.normalize(a, **written))

for training in (True, False):
    state = {"weight": torch.randn(2), "bias": torch.randn(2), "running_mean": torch.randn(2),
             "running_var": torch.rand(2) + 0.5, "num_batches_tracked": torch.tensor(0.0)}
    mean = state["running_mean"].float().double()
    variance = state["running_var"].float().double()
    case("InstanceNorm2d", "tracked",
         {"num_features": 2, "eps": 0.001, "momentum": 0.3, "affine": True, "track_running_stats": True},
         torch.randn(3, 2, 4, 3),
         lambda a, s: F.instance_norm(a, mean, variance, s["weight"], s["bias"], training, 0.3, 0.001),
         state, training,
         {"running_mean": mean, "running_var": variance, "num_batches_tracked": torch.tensor(0.0)})

"""Makes attributes.jsonl: PyTorch's results for attribute values that no other golden case has.

Run with any PyTorch: python3 attributes.py > attributes.jsonl
Inputs are exact in float32; results are computed in float64 and printed with nine digits.
"""
import json
import torch
from torch import nn

torch.manual_seed(7)


def tensor(t):
    kind = "i" if t.dtype == torch.int64 else "f"
    data = t.detach().reshape(-1).tolist()
    return {"dtype": kind, "shape": list(t.shape), "data": data if kind == "i" else [float("%.9g" % v) for v in data]}


def exact(*shape):
    return torch.randn(shape, dtype=torch.float32).double()


def case(module, kwargs, *inputs):
    layer = getattr(nn, module)(**{k: tuple(v) if isinstance(v, list) else v for k, v in kwargs.items()}).double()
    for p in layer.parameters():
        p.data = p.data.float().double()
    state = {k: tensor(v) for k, v in layer.state_dict().items()}
    inputs = [i.requires_grad_() if i.dtype != torch.int64 else i for i in inputs]
    out = layer(*inputs)
    g = exact(*out.shape)
    out.backward(g)
    print(json.dumps({
        "module": module, "case": 0, "desc": "more attributes", "training": True, "ctor_args": [], "ctor_kwargs": kwargs,
        "args": [{"t": tensor(i)} for i in inputs], "kwargs": {}, "state": state, "out": [tensor(out)],
        "grad_out": tensor(g), "grad_in": [tensor(i.grad) for i in inputs if i.requires_grad],
        "grad_param": {k: tensor(p.grad) for k, p in layer.named_parameters()},
        "state_after": {k: tensor(v) for k, v in layer.state_dict().items()},
    }))


conv = {"in_channels": 2, "out_channels": 3}
case("Conv2d", dict(conv, kernel_size=3, padding="same"), exact(2, 2, 5, 6))
case("Conv2d", dict(conv, kernel_size=[2, 4], padding="same", dilation=[2, 1]), exact(1, 2, 5, 7))
case("Conv2d", dict(conv, kernel_size=3, padding=3, stride=2), exact(1, 2, 5, 4))
case("Conv2d", dict(conv, kernel_size=2, dilation=3), exact(2, 2, 6, 5))
case("Conv2d", dict(conv, kernel_size=3, dilation=4, padding=4, stride=3, bias=False), exact(1, 2, 7, 8))
case("MaxPool2d", {"kernel_size": 1, "stride": 2}, exact(2, 3, 5, 4))
case("MaxPool2d", {"kernel_size": 2, "stride": [1, 3]}, exact(1, 3, 5, 8))
case("MaxPool2d", {"kernel_size": 4, "padding": 2}, exact(1, 3, 6, 7))
case("MaxPool2d", {"kernel_size": 6, "padding": 3, "stride": 2}, exact(1, 2, 7, 6))
case("MaxPool2d", {"kernel_size": [4, 2], "padding": [2, 1]}, exact(1, 2, 7, 6))
case("MaxPool2d", {"kernel_size": 2, "dilation": 3, "stride": 1}, exact(2, 2, 6, 5))
case("MaxPool2d", {"kernel_size": 2, "dilation": [1, 2], "stride": 2}, exact(1, 2, 6, 5))
case("AvgPool2d", {"kernel_size": 1, "stride": 2}, exact(2, 3, 5, 4))
case("AvgPool2d", {"kernel_size": 2, "stride": [1, 3]}, exact(1, 3, 5, 8))
case("AvgPool2d", {"kernel_size": 4, "padding": 2}, exact(1, 3, 6, 7))
case("AvgPool2d", {"kernel_size": 6, "padding": 3, "stride": 2, "count_include_pad": False}, exact(1, 2, 7, 6))
case("AvgPool2d", {"kernel_size": [4, 2], "padding": [2, 1]}, exact(1, 2, 7, 6))
case("CrossEntropyLoss", {"ignore_index": -7, "reduction": "sum"}, exact(4, 3), torch.tensor([2, -7, 0, 1]))
case("CrossEntropyLoss", {"ignore_index": -1}, exact(3, 4, 2), torch.tensor([[3, -1], [0, 2], [-1, 1]]))
torch.manual_seed(8)
up = {"in_channels": 2, "out_channels": 3}
case("ConvTranspose2d", dict(up, kernel_size=2, stride=2), exact(1, 2, 3, 4))
case("ConvTranspose2d", dict(up, kernel_size=[3, 2], stride=[2, 3], padding=1, output_padding=[1, 2]), exact(1, 2, 4, 3))
case("ConvTranspose2d", dict(up, kernel_size=3, padding=2, dilation=[3, 2], output_padding=[2, 1]), exact(1, 2, 4, 5))
case("ConvTranspose2d", {"in_channels": 4, "out_channels": 6, "kernel_size": 4, "stride": 2, "padding": 1, "groups": 2,
                         "bias": False}, exact(1, 4, 2, 3))
case("ConvTranspose2d", {"in_channels": 3, "out_channels": 3, "kernel_size": 1, "stride": 3, "groups": 3}, exact(2, 3, 2, 3))
# of factors whose inverse is a float, so that it is the same in float64
case("Upsample", {"scale_factor": 2}, exact(1, 2, 3, 4))
case("Upsample", {"size": [7, 3]}, exact(1, 2, 4, 5))
case("Upsample", {"scale_factor": [1.6, 2.5]}, exact(1, 2, 4, 3))
case("Upsample", {"scale_factor": 2, "mode": "bilinear"}, exact(2, 2, 3, 4))
case("Upsample", {"scale_factor": [3, 1.8], "mode": "bilinear", "align_corners": True}, exact(1, 2, 3, 5))
case("Upsample", {"size": [4, 8], "mode": "bilinear"}, exact(1, 2, 6, 5))
case("Upsample", {"size": [5, 5], "mode": "bilinear", "align_corners": True}, exact(1, 2, 3, 9))
case("Upsample", {"size": 1, "mode": "bilinear"}, exact(1, 2, 3, 4))
case("Upsample", {"scale_factor": [0.8, 1.6], "mode": "bilinear", "align_corners": False}, exact(1, 2, 6, 4))

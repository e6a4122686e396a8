"""Makes attributes.jsonl: PyTorch's results for attribute values that no other golden case has.

Run with any PyTorch and torchvision: python3 attributes.py > attributes.jsonl
Inputs are exact in float32; results are computed in float64 and printed with nine digits.
"""
import json
import torch
import torchvision
from torch import nn

torch.manual_seed(7)


def tensor(t):
    kind = "i" if t.dtype == torch.int64 else "f"
    data = t.detach().reshape(-1).tolist()
    return {"dtype": kind, "shape": list(t.shape), "data": data if kind == "i" else [float("%.9g" % v) for v in data]}


def exact(*shape):
    return torch.randn(shape, dtype=torch.float32).double()


def case(module, kwargs, *inputs, make=None, training=True):
    made = make or getattr(nn, module)
    layer = made(**{k: tuple(v) if isinstance(v, list) else v for k, v in kwargs.items()}).double().train(training)
    for p in layer.parameters():
        p.data = p.data.float().double()
    state = {k: tensor(v) for k, v in layer.state_dict().items()}
    inputs = [i.requires_grad_() if i.dtype != torch.int64 else i for i in inputs]
    out = layer(*inputs)
    g = exact(*out.shape)
    out.backward(g)
    print(json.dumps({
        "module": module, "case": 0, "desc": "more attributes", "training": training, "ctor_args": [], "ctor_kwargs": kwargs,
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


class Part(nn.Module):
    """A function as a module."""

    def __init__(self, part):
        super().__init__()
        self.part = part

    def forward(self, x):
        return self.part(x)


def shuffled(x, groups):
    """nn.ChannelShuffle, which has no derivative before PyTorch 2."""
    grouped = x.reshape(x.shape[0], groups, -1, *x.shape[2:])
    y = grouped.transpose(1, 2).reshape(x.shape)
    assert torch.equal(y, nn.ChannelShuffle(groups)(x.detach()))
    return y


PARTS = {
    "ChannelShuffle": lambda groups: Part(lambda x: shuffled(x, groups)),
    "Chunk": lambda chunks, index, dim=1: Part(lambda x: torch.chunk(x, chunks, dim)[index]),
    "Slice": lambda dim=1, start=0, end=None: Part(
        lambda x: x[tuple([slice(None)] * (dim % x.dim()) + [slice(start, end)])]),
}


def more(module, kwargs, *inputs, training=True):
    made = PARTS.get(module) or getattr(torchvision.ops, module, None) or getattr(nn, module, None) or getattr(
        torchvision.models.convnext, module)
    case(module, kwargs, *inputs, make=made, training=training)


more("Hardsigmoid", {}, torch.tensor([[-3.5, -2.5, 0, 2.5, 3.5]], dtype=torch.float64))
more("Hardsigmoid", {}, 4 * exact(2, 3, 4, 5))
more("ChannelShuffle", {"groups": 2}, exact(2, 6, 3, 2))
more("ChannelShuffle", {"groups": 3}, exact(1, 6, 5))
more("Permute", {"dims": [0, 2, 3, 1]}, exact(2, 3, 4, 5))
more("Permute", {"dims": [0, -1, 1, 2]}, exact(2, 3, 4, 5))
more("Slice", {"start": 1, "end": 3}, exact(2, 4, 3, 2))
more("Slice", {"dim": -1, "start": -4, "end": -1}, exact(2, 3, 2, 6))
more("Chunk", {"chunks": 2, "index": 1}, exact(2, 6, 3, 2))
more("Chunk", {"chunks": 3, "index": 2, "dim": 2}, exact(2, 2, 7, 2))
more("Chunk", {"chunks": 4, "index": 2, "dim": -1}, exact(2, 2, 3, 5))
more("StochasticDepth", {"p": 0.25, "mode": "row"}, exact(3, 2, 3, 2), training=False)
more("StochasticDepth", {"p": 0.0, "mode": "batch"}, exact(3, 4))
more("StochasticDepth", {"p": 1.0, "mode": "row"}, exact(3, 4))
more("LayerNorm", {"normalized_shape": [3, 4, 5], "eps": 0.01}, exact(2, 3, 4, 5))
more("LayerNorm2d", {"normalized_shape": 6}, exact(2, 6, 3, 4))
more("LayerNorm2d", {"normalized_shape": 20, "eps": 0.01, "elementwise_affine": False}, exact(1, 20, 2, 3))
for pool in ("AdaptiveAvgPool2d", "AdaptiveMaxPool2d"):
    more(pool, {"output_size": 7}, exact(2, 3, 1, 1))
    more(pool, {"output_size": [3, 5]}, exact(1, 2, 2, 3))
    more(pool, {"output_size": [7, 2]}, exact(1, 2, 4, 6))
more("AdaptiveMaxPool2d", {"output_size": 1}, exact(2, 3, 4, 5))
more("AdaptiveMaxPool2d", {"output_size": [2, None]}, exact(2, 3, 4, 5))
more("LocalResponseNorm", {"size": 5}, exact(2, 7, 3, 4))
more("LocalResponseNorm", {"size": 4, "alpha": 0.5, "beta": 0.25, "k": 0.5}, exact(1, 6, 2, 3))
more("LocalResponseNorm", {"size": 9, "alpha": 2.0, "beta": 1.5, "k": 1.5}, exact(2, 5, 2))
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


class Two(nn.Module):
    """A function of two tensors as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, a, b):
        return self.function(a, b)


def matrices(transpose_a=False, transpose_b=False):
    return Two(lambda a, b: torch.matmul(a.mT if transpose_a else a, b.mT if transpose_b else b))


torch.manual_seed(9)
case("MatMul", {}, exact(2, 3, 4), exact(2, 4, 5), make=matrices)
case("MatMul", {"transpose_a": True}, exact(2, 3, 4, 6), exact(2, 1, 4, 2), make=matrices)
case("MatMul", {"transpose_b": True}, exact(1, 2, 5, 3), exact(1, 2, 7, 3), make=matrices)
case("MatMul", {"transpose_a": True, "transpose_b": True}, exact(2, 1, 3, 2, 4), exact(2, 2, 1, 3, 2), make=matrices)
case("MatMul", {}, exact(1, 17, 1), exact(1, 1, 18), make=matrices)
torch.manual_seed(10)
case("Unflatten", {"dim": 1, "unflattened_size": [2, 3]}, exact(2, 6, 4))
case("Unflatten", {"dim": -1, "unflattened_size": [-1, 5, 1]}, exact(1, 3, 10))
case("Expand", {"sizes": [3, 4, -1]}, exact(2, 3, 1, 5), make=lambda sizes: Part(lambda x: x.expand(-1, *sizes)))
case("Expand", {"sizes": [17]}, exact(3, 1), make=lambda sizes: Part(lambda x: x.expand(-1, *sizes)))
torch.manual_seed(15)
for dropout, shape in (("Dropout1d", (2, 3, 4)), ("Dropout2d", (2, 3, 2, 4)), ("AlphaDropout", (3, 5)), ("FeatureAlphaDropout", (2, 3, 4))):
    more(dropout, {"p": 0.25}, exact(*shape), training=False)
    more(dropout, {"p": 1.0}, exact(*shape))
    if "Alpha" in dropout:
        more(dropout, {"p": 0.0}, exact(*shape))
more("Dropout3d", {"p": 0.25}, exact(1, 2, 2, 3, 2), training=False)
more("RReLU", {}, 2 * exact(3, 5), training=False)
more("RReLU", {"lower": -0.5, "upper": 0.75}, 2 * exact(2, 3, 4), training=False)
more("RReLU", {"lower": 0.25, "upper": 0.25}, torch.tensor([[-2.0, -0.5, 0.25, 0.5]], dtype=torch.float64))
torch.manual_seed(16)
case("Embedding", {"num_embeddings": 7, "embedding_dim": 5, "padding_idx": 2}, torch.tensor([[2, 6, 0, 2], [3, 3, 2, 6]]))
case("Embedding", {"num_embeddings": 3, "embedding_dim": 1, "padding_idx": -1, "sparse": False}, torch.tensor([[[0], [2]], [[1], [1]], [[2], [0]]]))
case("Embedding", {"num_embeddings": 2, "embedding_dim": 4}, torch.tensor([[1], [1], [0]]), training=False)
torch.manual_seed(17)
for mode in ("sum", "mean", "max"):
    case("EmbeddingBag", {"num_embeddings": 4, "embedding_dim": 3, "mode": mode}, torch.tensor([[0, 3, 3], [1, 1, 2]]))
    case("EmbeddingBag", {"num_embeddings": 5, "embedding_dim": 2, "mode": mode, "padding_idx": 1}, torch.tensor([[0, 1, 4, 1], [1, 1, 1, 1], [2, 2, 3, 0]]))
case("EmbeddingBag", {"num_embeddings": 3, "embedding_dim": 2}, torch.tensor([[2], [0]]), training=False)


class Weighted(nn.EmbeddingBag):
    def forward(self, indices, weights):
        return super().forward(indices, per_sample_weights=weights)


torch.manual_seed(18)
frequent = {"num_embeddings": 4, "embedding_dim": 3, "scale_grad_by_freq": True}
case("Embedding", frequent, torch.tensor([[0, 3, 3], [1, 3, 0]]))
case("Embedding", dict(frequent, padding_idx=3), torch.tensor([[0, 3, 3], [1, 3, 0], [0, 0, 2]]))
# on the CPU bags divide by counts[sorted_indices[i]] for the i-th row that is named, which is its own here: only the last is named twice
case("EmbeddingBag", dict(frequent, mode="sum"), torch.tensor([[0, 3, 3], [1, 3, 3]]))
case("EmbeddingBag", dict(frequent, mode="mean", padding_idx=0), torch.tensor([[0, 3, 3], [1, 3, 3], [3, 3, 3]]))
bag = {"num_embeddings": 4, "embedding_dim": 3, "mode": "sum"}
case("EmbeddingBag", bag, torch.tensor([[0, 3, 3], [1, 3, 0]]), exact(2, 3), make=Weighted)
case("EmbeddingBag", dict(bag, padding_idx=3), torch.tensor([[0, 3, 3], [1, 3, 0], [3, 3, 3]]), exact(3, 3), make=Weighted)
case("EmbeddingBag", dict(bag, scale_grad_by_freq=True), torch.tensor([[2, 2, 2, 1], [0, 2, 2, 2]]), exact(2, 4), make=Weighted)

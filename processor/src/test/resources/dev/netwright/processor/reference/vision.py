"""Makes vision.jsonl: PyTorch's results for layers that put an image's cells elsewhere.

Run with any PyTorch: python3 vision.py > vision.jsonl
Inputs are exact in float32; results are computed in float64 and printed with nine digits. Factors have an inverse, and
steps are, floats, so that places are the same in float64.
"""
import json
import torch
from torch import nn

torch.manual_seed(9)


def tensor(t):
    return {"dtype": "f", "shape": list(t.shape), "data": [float("%.9g" % v) if v == v else "nan" for v in t.detach().reshape(-1).tolist()]}


def exact(*shape):
    return torch.randn(shape, dtype=torch.float32).double()


def case(module, kwargs, x):
    layer = getattr(nn, module)(**{k: tuple(v) if isinstance(v, list) else v for k, v in kwargs.items()})
    x.requires_grad_()
    out = layer(x)
    g = exact(*out.shape)
    out.backward(g)
    print(json.dumps({
        "module": module, "case": 0, "desc": "of images", "training": True, "ctor_args": [], "ctor_kwargs": kwargs,
        "args": [{"t": tensor(x)}], "kwargs": {}, "state": {}, "out": [tensor(out)], "grad_out": tensor(g),
        "grad_in": [tensor(x.grad)], "grad_param": {}, "state_after": {},
    }))



def unpooled(module, kwargs, x, z):
    """Its indices are of a max pool over another input."""
    size = kwargs.get("output_size")
    windows = {k: v for k, v in kwargs.items() if k != "output_size"}
    pool = getattr(nn, module.replace("Unpool", "Pool"))(**windows, return_indices=True)
    x.requires_grad_()
    out = getattr(nn, module)(**windows)(x, pool(z)[1], output_size=size)
    g = exact(*out.shape)
    out.backward(g)
    print(json.dumps({
        "module": module, "case": 0, "desc": "of images", "training": True, "ctor_args": [], "ctor_kwargs": kwargs,
        "args": [{"t": tensor(x)}, {"t": tensor(z)}], "kwargs": {}, "state": {}, "out": [tensor(out)],
        "grad_out": tensor(g), "grad_in": [tensor(x.grad)], "grad_param": {}, "state_after": {},
    }))


case("PixelShuffle", {"upscale_factor": 2}, exact(2, 8, 2, 3))
case("PixelShuffle", {"upscale_factor": 3}, exact(1, 9, 3, 1))
case("PixelUnshuffle", {"downscale_factor": 2}, exact(2, 2, 4, 6))
case("PixelUnshuffle", {"downscale_factor": 3}, exact(1, 1, 3, 6))
case("Upsample", {"scale_factor": 2}, exact(2, 3, 4))
case("Upsample", {"size": 5}, exact(1, 2, 8))
case("Upsample", {"scale_factor": [2, 1, 2]}, exact(1, 2, 2, 3, 2))
case("Upsample", {"size": [4, 3, 5]}, exact(1, 2, 3, 6, 2))
case("Upsample", {"scale_factor": 2, "mode": "linear"}, exact(2, 3, 4))
case("Upsample", {"size": 7, "mode": "linear", "align_corners": True}, exact(1, 2, 4))
case("Upsample", {"size": 4, "mode": "linear"}, exact(1, 2, 10))
case("Upsample", {"scale_factor": 2, "mode": "bicubic"}, exact(1, 2, 3, 4))
case("Upsample", {"size": [8, 3], "mode": "bicubic"}, exact(1, 2, 4, 6))
case("Upsample", {"size": [7, 4], "mode": "bicubic", "align_corners": True}, exact(1, 2, 4, 7))
case("Upsample", {"scale_factor": [0.5, 1.6], "mode": "bicubic"}, exact(1, 2, 6, 5))
case("Upsample", {"size": [1, 1], "mode": "bicubic", "align_corners": True}, exact(1, 2, 3, 2))
case("Upsample", {"scale_factor": 2, "mode": "trilinear"}, exact(1, 2, 2, 3, 2))
case("Upsample", {"size": [4, 2, 8], "mode": "trilinear"}, exact(1, 1, 2, 4, 5))
case("Upsample", {"size": [5, 4, 3], "mode": "trilinear", "align_corners": True}, exact(1, 2, 3, 7, 2))
case("UpsamplingNearest2d", {"scale_factor": 2}, exact(2, 3, 2, 4))
case("UpsamplingNearest2d", {"size": [4, 3]}, exact(1, 2, 8, 6))
case("UpsamplingBilinear2d", {"scale_factor": [1.5, 1.8]}, exact(1, 2, 2, 5))
case("UpsamplingBilinear2d", {"size": [5, 4]}, exact(1, 2, 3, 7))
case("Unfold", {"kernel_size": 2}, exact(2, 2, 3, 4))
case("Unfold", {"kernel_size": [3, 2], "dilation": [1, 2], "padding": [2, 1], "stride": [2, 3]}, exact(1, 2, 5, 7))
case("Unfold", {"kernel_size": 3, "stride": 3}, exact(1, 2, 6, 3))
case("Fold", {"output_size": [3, 4], "kernel_size": 2}, exact(2, 8, 6))
case("Fold", {"output_size": [5, 7], "kernel_size": [3, 2], "dilation": [1, 2], "padding": [2, 1], "stride": [2, 3]}, exact(1, 6, 12))
case("Fold", {"output_size": 6, "kernel_size": 3, "stride": 3}, exact(1, 9, 4))
case("LPPool1d", {"norm_type": 2, "kernel_size": 3, "stride": 2, "ceil_mode": True}, exact(2, 3, 8))
case("LPPool1d", {"norm_type": 1, "kernel_size": 2}, exact(1, 2, 5))
case("LPPool1d", {"norm_type": 3, "kernel_size": 2}, torch.tensor([[[1.5, -1, 0.5, 2, -2, -1]]]).double())
case("LPPool1d", {"norm_type": 2, "kernel_size": 2}, torch.tensor([[[0, 0, 0, 1.5, -2, 0]]]).double())
case("LPPool1d", {"norm_type": 1.5, "kernel_size": 2}, torch.tensor([[[0, 0, 0, 1.5, 2, 0.5]]]).double())
case("LPPool2d", {"norm_type": 2.5, "kernel_size": [2, 3], "stride": 1}, exact(1, 2, 4, 5).abs())
case("LPPool2d", {"norm_type": 0.75, "kernel_size": [3, 2], "ceil_mode": True}, exact(1, 2, 5, 3).abs())
case("LPPool2d", {"norm_type": -2, "kernel_size": 2}, exact(1, 2, 4, 4))
case("LPPool2d", {"norm_type": 7, "kernel_size": 2}, exact(1, 2, 4, 4).abs())
unpooled("MaxUnpool1d", {"kernel_size": 2}, exact(2, 3, 4), exact(2, 3, 8))
unpooled("MaxUnpool1d", {"kernel_size": 3, "stride": 4, "padding": 1, "output_size": [10]}, exact(1, 2, 3), exact(1, 2, 10))
unpooled("MaxUnpool2d", {"kernel_size": 2}, exact(2, 3, 2, 3), exact(2, 3, 4, 6))
unpooled("MaxUnpool2d", {"kernel_size": 2, "output_size": [5, 5]}, exact(1, 2, 2, 2), exact(1, 2, 5, 5))
unpooled("MaxUnpool2d", {"kernel_size": [3, 2], "stride": [3, 3], "padding": [1, 0], "output_size": [7, 5]}, exact(1, 2, 3, 2), exact(1, 2, 7, 5))
unpooled("MaxUnpool3d", {"kernel_size": 2}, exact(2, 3, 1, 2, 2), exact(2, 3, 2, 4, 4))
unpooled("MaxUnpool3d", {"kernel_size": [1, 2, 3], "stride": [2, 2, 3], "padding": [0, 1, 1], "output_size": [3, 4, 5]}, exact(1, 2, 2, 3, 2), exact(1, 2, 3, 4, 5))


def mix(value):
    """The finaliser of SplitMix64."""
    word = (1 << 64) - 1
    z = (value + 0x9E3779B97F4A7C15) & word
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & word
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & word
    return z ^ (z >> 31)


def drawn(training, samples, channels, axes):
    """What a model draws for its first layer: with seed 1 in its first training pass, or in every prediction."""
    word = (1 << 32) - 1
    numbers = torch.zeros(samples, axes, channels, dtype=torch.float64)
    for n in range(samples):
        seed = mix(mix(mix(mix(1)) if training else 0) + (n if training else -1)) >> 32
        for i in range(axes * channels):
            h = (seed + i * 0x9E3779B9) & word
            h = ((h ^ (h >> 16)) * 0x85EBCA6B) & word
            h = ((h ^ (h >> 13)) * 0xC2B2AE35) & word
            h ^= h >> 16
            numbers[n, i // channels, i % channels] = (h >> 8) / 2 ** 24
    # PyTorch's rows come after its columns where there are no planes
    return (numbers.flip(1) if axes == 2 else numbers).transpose(1, 2).contiguous()


def fractional(module, kwargs, x, training):
    """Its second input is the numbers."""
    samples = drawn(training, x.shape[0], x.shape[1], x.dim() - 2)
    written = {k: tuple(v) if isinstance(v, list) else v for k, v in kwargs.items()}
    x.requires_grad_()
    out = getattr(nn, module)(**written, _random_samples=samples)(x)
    g = exact(*out.shape)
    out.backward(g)
    print(json.dumps({
        "module": module, "case": 0, "desc": "of drawn windows", "training": training, "ctor_args": [],
        "ctor_kwargs": kwargs, "args": [{"t": tensor(x)}, {"t": tensor(samples)}], "kwargs": {}, "state": {},
        "out": [tensor(out)], "grad_out": tensor(g), "grad_in": [tensor(x.grad)], "grad_param": {}, "state_after": {},
    }))


fractional("FractionalMaxPool2d", {"kernel_size": 2, "output_size": [3, 5]}, exact(2, 3, 5, 7), True)
fractional("FractionalMaxPool2d", {"kernel_size": [3, 1], "output_ratio": [0.5, 0.6]}, exact(2, 2, 8, 9), True)
fractional("FractionalMaxPool2d", {"kernel_size": 2, "output_ratio": 0.7}, exact(1, 2, 7, 6).round(), True)
fractional("FractionalMaxPool2d", {"kernel_size": 2, "output_ratio": 0.7}, exact(2, 3, 7, 6), False)
fractional("FractionalMaxPool2d", {"kernel_size": 3, "output_size": [1, 5]}, exact(1, 2, 3, 9), False)
fractional("FractionalMaxPool3d", {"kernel_size": 2, "output_size": [2, 3, 2]}, exact(2, 2, 5, 6, 4), True)
fractional("FractionalMaxPool3d", {"kernel_size": [1, 2, 3], "output_ratio": [0.4, 0.6, 0.5]}, exact(1, 2, 5, 5, 6), False)

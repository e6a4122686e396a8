"""How networks start that initialise themselves as torchvision's do, as lines of JSON: made with
python3 init_networks.py > init_networks.jsonl, and by a test where PyTorch is installed. The lines that are kept are of PyTorch 1.13.
"""
import json
import math

import torch
from torch import nn
from torch.nn import init

SEED = 5


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0):
    """As up to 2.11: from 2.12 on PyTorch draws normal numbers until all lie between a and b."""
    if tuple(int(part) for part in torch.__version__.split(".")[:2]) < (2, 12):
        return init.trunc_normal_(tensor, mean, std, a, b)
    with torch.no_grad():
        low, high = (math.erf((end - mean) / std / math.sqrt(2)) for end in (a, b))
        tensor.uniform_(low, high).erfinv_().mul_(std * math.sqrt(2)).add_(mean)
        return tensor.clamp_(min=a, max=b)


class Residual(nn.Module):
    """As torchvision's ResNet with zero_init_residual; fc keeps its default."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 7, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.downsample = nn.Conv2d(8, 8, 1, bias=False)
        self.fc = nn.Linear(8, 5)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, nn.BatchNorm2d):
                init.constant_(m.weight, 1)
                init.constant_(m.bias, 0)
        init.constant_(self.bn2.weight, 0)


class Mobile(nn.Module):
    """As torchvision's MobileNetV2 and RegNet: grouped convolutions too, and everything linear."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3)
        self.depthwise = nn.Conv2d(6, 12, 3, groups=6)
        self.grouped = nn.Conv2d(12, 8, 1, groups=2)
        self.norm = nn.GroupNorm(4, 8)
        self.fc = nn.Linear(8 * 4 * 4, 10)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                init.kaiming_normal_(m.weight, mode="fan_out")
                init.zeros_(m.bias)
            elif isinstance(m, nn.GroupNorm):
                init.ones_(m.weight)
                init.zeros_(m.bias)
            elif isinstance(m, nn.Linear):
                init.normal_(m.weight, 0, 0.01)
                init.zeros_(m.bias)


class Squeezed(nn.Module):
    """As torchvision's SqueezeNet, whose last convolution starts otherwise than the others."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 5, 3)
        self.squeeze = nn.Conv2d(5, 2, 1)
        self.expand = nn.Conv2d(2, 7, 3)
        final_conv = nn.Conv2d(7, 4, 1)
        self.classifier = final_conv
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                if m is final_conv:
                    init.normal_(m.weight, mean=0.0, std=0.01)
                else:
                    init.kaiming_uniform_(m.weight)
                if m.bias is not None:
                    init.constant_(m.bias, 0)


class Dense(nn.Module):
    """One linear layer for each of the others: torchvision's MNASNet, EfficientNet, ViT, Inception and Swin among them."""

    def __init__(self):
        super().__init__()
        self.mnas = nn.Linear(9, 6)
        self.efficient = nn.Linear(6, 16)
        self.vit = nn.Linear(16, 5)
        self.inception = nn.Linear(5, 12)
        self.swin = nn.Linear(12, 12)
        self.orthogonal = nn.Linear(12, 8)
        self.small = nn.Linear(8, 2)
        self.eye = nn.Linear(2, 3, bias=False)
        self.act = nn.PReLU()
        self.last = nn.Linear(3, 3)
        init.kaiming_uniform_(self.mnas.weight, mode="fan_out", nonlinearity="sigmoid")
        bound = 1.0 / math.sqrt(16)
        init.uniform_(self.efficient.weight, -bound, bound)
        init.xavier_uniform_(self.vit.weight)
        init.normal_(self.vit.bias, std=1e-6)
        trunc_normal_(self.inception.weight, mean=0.0, std=0.1, a=-2, b=2)
        trunc_normal_(self.swin.weight, std=0.02)
        trunc_normal_(self.swin.bias, mean=0.5, std=2.0, a=-0.5, b=1.0)
        init.orthogonal_(self.orthogonal.weight, init.calculate_gain("tanh"))
        init.xavier_normal_(self.small.weight, init.calculate_gain("selu"))
        init.normal_(self.small.bias, 3, 0.1)
        init.eye_(self.eye.weight)
        init.constant_(self.act.weight, 0.1)
        init.kaiming_normal_(self.last.weight, a=0.1)
        init.normal_(self.last.bias)


class Passing(nn.Module):
    """Convolutions that pass their inputs on."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3)
        self.grouped = nn.Conv2d(4, 6, (3, 1), groups=2)
        self.last = nn.Conv2d(6, 2, 1)
        init.dirac_(self.first.weight)
        init.dirac_(self.grouped.weight, 2)
        init.constant_(self.grouped.bias, -0.25)


class Body(nn.Module):
    """One that starts itself, as torchvision's VGG, and is extended thereafter."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3)
        self.conv2 = nn.Conv2d(4, 6, 3)
        self.fc = nn.Linear(6, 8)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                init.constant_(m.bias, 0)
            elif isinstance(m, nn.Linear):
                init.normal_(m.weight, 0, 0.01)
                init.constant_(m.bias, 0)


class Longer(Body):
    """With layers added, one of them amid the others, whose own rule is for biases, those of the body too."""

    def __init__(self):
        super().__init__()
        self.between = nn.Conv2d(4, 4, 1)
        self.extra = nn.Linear(8, 7)
        for m in [self.conv1, self.between, self.conv2, self.fc, self.extra]:
            init.normal_(m.bias, 0.5, 0.1)


def Longest():
    """As a user who adds a layer to a network that is there."""
    network = Longer()
    network.add_linear = nn.Linear(7, 5)
    return network


def digest(tensor):
    d = tensor.detach().double().flatten()
    return {"sum": d.sum().item(), "squares": (d * d).sum().item(), "first": d[:8].tolist(), "last": d[-4:].tolist()}


for network in [Residual, Mobile, Squeezed, Dense, Passing, Longest]:
    torch.manual_seed(SEED)
    made = network()
    print(
        json.dumps(
            {
                "network": network.__name__,
                "parameters": {name: digest(p) for name, p in made.named_parameters()},
                "next": torch.rand(1).item(),
            }
        )
    )

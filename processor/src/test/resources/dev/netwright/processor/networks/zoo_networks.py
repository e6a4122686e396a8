"""What torchvision's networks start with after manual_seed(0), and what they then compute, as a line of JSON:
python3 zoo_networks.py resnet18 3x224x224.
"""
import json
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional


class CifarBlock(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.stride = stride

    def forward(self, x):
        shortcut = x
        if self.stride == 2:
            pad = x.shape[1] // 2
            shortcut = functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, pad, pad))
        return (self.bn2(self.conv2(self.bn1(self.conv1(x)).relu())) + shortcut).relu()


class CifarResNet(nn.Module):
    """He et al. 2015, section 4.2, which torchvision has not: shortcuts without parameters."""

    def __init__(self, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*(CifarBlock(16, 16, 1) for _ in range(blocks)))
        self.layer2 = nn.Sequential(CifarBlock(16, 32, 2), *(CifarBlock(32, 32, 1) for _ in range(blocks - 1)))
        self.layer3 = nn.Sequential(CifarBlock(32, 64, 2), *(CifarBlock(64, 64, 1) for _ in range(blocks - 1)))
        self.linear = nn.Linear(64, 10)
        for m in self.modules():
            if isinstance(m, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(self.bn1(self.conv1(x)).relu())))
        return self.linear(x.mean((2, 3)))


def made(name):
    if name.startswith("cifar_resnet"):
        return CifarResNet((int(name[len("cifar_resnet") :]) - 2) // 6)
    return getattr(torchvision.models, name)()


def digest(tensor):
    d = tensor.detach().double().flatten()
    return {"sum": d.sum().item(), "squares": (d * d).sum().item(), "first": d[:8].tolist(), "last": d[-4:].tolist()}


def picture(shape):
    """Numbers from -0.5 to 0.5 that both sides have exactly: 24 bits of a product."""
    elements = torch.arange(torch.Size(shape).numel(), dtype=torch.int64)
    bits = (elements * 2654435761 % 2**32) // 2**8
    return (bits.double() / 2**24 - 0.5).float().reshape(1, *shape)


name, shape = sys.argv[1:]
torch.manual_seed(0)
network = made(name).eval()
with torch.no_grad():
    scores = network(picture([int(size) for size in shape.split("x")]))
print(
    json.dumps(
        {
            "parameters": {key: digest(parameter) for key, parameter in network.named_parameters()},
            "scores": scores.flatten().tolist(),
        }
    )
)

"""What PyTorch computes with a network of torchvision's, for a test where both are installed:
python3 zoo_forward.py FUNCTION SIZE FOLDER

In the folder it leaves initial.pth, the network's weights after torch.manual_seed(5), and drawn.pth, weights with which no
signal vanishes. It prints one line of JSON: a batch of pictures, the network's answer to it with the drawn weights in
double precision, and what each module prints itself as.
"""
import json
import sys
import warnings
from pathlib import Path

import torch
from torch import nn

SEED = 5


class DoubleConv(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

    def forward(self, x):
        return self.bn2(self.conv2(self.bn1(self.conv1(x)).relu())).relu()


class UNetUp(nn.Module):
    def __init__(self, inputs, width):
        super().__init__()
        self.up = nn.ConvTranspose2d(inputs, width, 2, stride=2)
        self.convs = DoubleConv(2 * width, width)

    def forward(self, deep, skip):
        return self.convs(torch.cat([skip, self.up(deep)], 1))


class UNet(nn.Module):
    """torchvision has none."""

    def __init__(self, width):
        super().__init__()
        self.down1 = DoubleConv(3, width)
        self.down2 = DoubleConv(width, 2 * width)
        self.down3 = DoubleConv(2 * width, 4 * width)
        self.down4 = DoubleConv(4 * width, 8 * width)
        self.bottom = DoubleConv(8 * width, 16 * width)
        self.up4 = UNetUp(16 * width, 8 * width)
        self.up3 = UNetUp(8 * width, 4 * width)
        self.up2 = UNetUp(4 * width, 2 * width)
        self.up1 = UNetUp(2 * width, width)
        self.head = nn.Conv2d(width, 2, 1)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        half = nn.MaxPool2d(2)
        down1 = self.down1(x)
        down2 = self.down2(half(down1))
        down3 = self.down3(half(down2))
        down4 = self.down4(half(down3))
        up4 = self.up4(self.bottom(half(down4)), down4)
        return self.head(self.up1(self.up2(self.up3(up4, down3), down2), down1))


def made(function):
    if function in ("unet", "narrow_unet"):
        return UNet(64 if function == "unet" else 8)
    import torchvision

    warnings.simplefilter("ignore")
    return getattr(torchvision.models, function)()


def drawn(key, tensor):
    if tensor.dtype == torch.int64:
        return tensor
    if key.endswith("running_var") or key.endswith("layer_scale") or key.endswith("weight") and tensor.dim() == 1:
        return torch.rand(tensor.shape) + 0.5
    if tensor.dim() > 1:
        return torch.randn(tensor.shape) * (1.5 / tensor[0].numel()) ** 0.5
    return torch.randn(tensor.shape) * 0.1


function, size, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
torch.manual_seed(SEED)
network = made(function)
state = network.state_dict()
torch.save(state, folder / "initial.pth")
with torch.no_grad():
    for key, tensor in state.items():
        tensor.copy_(drawn(key, tensor))
    torch.save(state, folder / "drawn.pth")
    pictures = torch.randn(2, 3, size, size)
    answer = network.double().eval()(pictures.double())
print(
    json.dumps(
        {
            "pictures": pictures.flatten().tolist(),
            "answer": answer.flatten().tolist(),
            "modules": {key: repr(module) for key, module in network.named_modules() if not list(module.children())},
        }
    )
)

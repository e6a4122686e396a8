"""Loads a state dict that Netwright wrote, with PyTorch and weights_only=True, and compares a prediction.

Usage: python3 load_written.py FOLDER
FOLDER holds cifar.pth (the state dict of the CIFAR CNN), images.f32 and logits.f32 (raw little-endian floats), as
examples' WrittenForPyTorchTest leaves them.
"""
import os
import sys

import numpy
import torch
from torch import nn

folder = sys.argv[1]
state = torch.load(os.path.join(folder, "cifar.pth"), weights_only=True)
net = nn.Sequential()
for name, layer in [
    ("conv1", nn.Conv2d(3, 32, 5, padding=2)), ("pool1", nn.MaxPool2d(2)),
    ("conv2", nn.Conv2d(32, 32, 5, padding=2)), ("pool2", nn.MaxPool2d(2)),
    ("conv3", nn.Conv2d(32, 64, 5, padding=2)), ("pool3", nn.MaxPool2d(2)),
    ("flatten", nn.Flatten()), ("fc1", nn.Linear(1024, 64)), ("fc2", nn.Linear(64, 10)),
]:
    net.add_module(name, layer)
print("PyTorch", torch.__version__, type(state).__name__, len(state), "tensors,", net.load_state_dict(state))
images = torch.from_numpy(numpy.fromfile(os.path.join(folder, "images.f32"), "<f4")).reshape(-1, 3, 32, 32)
expected = torch.from_numpy(numpy.fromfile(os.path.join(folder, "logits.f32"), "<f4")).reshape(-1, 10)
with torch.no_grad():
    difference = (net.eval()(images) - expected).abs().max().item()
print(f"{len(images)} pictures, largest logit {expected.abs().max().item():.4f}, largest difference {difference:.2e}")
sys.exit(0 if difference <= 1e-5 else 1)

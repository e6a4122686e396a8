"""Loads what Netwright wrote with PyTorch: a state dict with weights_only=True, whose predictions are compared, and a
checkpoint of Adam, whose next step is.

Usage: python3 load_written.py FOLDER
FOLDER is as examples' WrittenForPyTorchTest leaves it: cifar.pth (the state dict of the CIFAR CNN), images.f32 and
logits.f32 (raw little-endian floats), checkpoint.pth (model, optimizer, epoch), gradients.pth and after.pth (the
gradients of the next step and the state dict after it).
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

gradients = torch.load(os.path.join(folder, "gradients.pth"), weights_only=True)
after = torch.load(os.path.join(folder, "after.pth"), weights_only=True)
try:
    checkpoint = torch.load(os.path.join(folder, "checkpoint.pth"), weights_only=True)
    print("checkpoint: loaded with weights_only=True")
except Exception as refused:
    # PyTorch 1.13 refuses its own checkpoints too: it does not know a pickled float.
    print("checkpoint: weights_only=True says", str(refused).split("error: ")[-1])
    checkpoint = torch.load(os.path.join(folder, "checkpoint.pth"))
net.load_state_dict(checkpoint["model"])
optimizer = torch.optim.Adam(net.parameters(), lr=1.0)
optimizer.load_state_dict(checkpoint["optimizer"])
for name, parameter in net.named_parameters():
    parameter.grad = gradients[name].clone()
optimizer.step()
step = max((net.state_dict()[name] - value).abs().max().item() for name, value in after.items())
moved = max((checkpoint["model"][name] - value).abs().max().item() for name, value in after.items())
print(f"checkpoint of epoch {checkpoint['epoch']}: Adam's next step moves by {moved:.2e}, largest difference {step:.2e}")
sys.exit(0 if difference <= 1e-5 and step <= 1e-6 else 1)

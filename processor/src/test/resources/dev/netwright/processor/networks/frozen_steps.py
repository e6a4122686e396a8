"""Two steps of networks of which some parameters are frozen by requires_grad_(False), as lines of JSON: made with
python3 frozen_steps.py > frozen_steps.jsonl. The lines that are kept are of PyTorch 1.13.
"""
import json

import torch
from torch import nn

SAMPLES = 6


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 20, 3, padding=1)
        self.fc1 = nn.Linear(20 * 4 * 4, 9)
        self.fc2 = nn.Linear(9, 5)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.fc2(torch.relu(self.fc1(torch.flatten(x, 1))))


def optimizers(parameters):
    yield "SGD", torch.optim.SGD(parameters, lr=0.05, momentum=0.9, weight_decay=0.01)
    yield "AdamW", torch.optim.AdamW(parameters, lr=0.01, weight_decay=0.1)
    yield "LBFGS", torch.optim.LBFGS(parameters, lr=0.1, max_iter=3)


for number in range(3):
    torch.manual_seed(3)
    net = Net()
    for key, parameter in net.named_parameters():
        parameter.requires_grad_(not key.startswith(("conv1", "fc1")))
    name, optimizer = list(optimizers([p for p in net.parameters() if p.requires_grad]))[number]
    flat = torch.arange(SAMPLES * 3 * 8 * 8) * 7919 % 255
    x = (flat.float() / 255).reshape(SAMPLES, 3, 8, 8)
    y = torch.arange(SAMPLES) % 5
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        return loss

    for _ in range(2):
        losses.append(float(optimizer.step(closure)))
    gradients = [key for key, parameter in net.named_parameters() if parameter.grad is not None]
    state = {key: value.flatten().tolist() for key, value in net.state_dict().items() if value.numel() < 200}
    print(json.dumps({"optimizer": name, "losses": losses, "gradients": gradients, "state": state}))

"""What a short program does: import torch, predict once, then train ten steps of the CIFAR CNN; tells when."""

import sys

import torch
import torch.nn.functional as F

print("import", flush=True)

from networks import CifarNet

torch.set_num_threads(int(sys.argv[1]))
pictures, labels = torch.rand(64, 3, 32, 32), torch.randint(0, 10, (64,))
net = CifarNet()
with torch.inference_mode():
    net(pictures[:1])
print("first prediction", flush=True)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for step in range(10):
    optimizer.zero_grad(set_to_none=True)
    F.cross_entropy(net(pictures), labels).backward()
    optimizer.step()
    if step == 0:
        print("first training step", flush=True)
print("tenth training step", flush=True)

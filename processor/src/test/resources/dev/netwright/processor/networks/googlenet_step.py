"""A training step of torchvision's GoogLeNet with its auxiliary heads, for a test where both are installed:
python3 googlenet_step.py SAMPLES SIZE FOLDER

In the folder it leaves drawn.pth, the weights before; gradients.pth, of the sum of three losses by them; and after.pth, the
state thereafter. All is computed in double precision, without dropout. It prints one line of JSON: pictures, labels, loss.
"""
import json
import sys
import warnings
from pathlib import Path

import torch
import torchvision
from torch import nn

samples, size, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
warnings.simplefilter("ignore")
torch.manual_seed(5)
network = torchvision.models.googlenet(aux_logits=True, init_weights=False)
for module in network.modules():
    if isinstance(module, nn.Dropout):
        module.p = 0.0
with torch.no_grad():
    for key, parameter in network.named_parameters():
        # no signal vanishes, and none grows
        if parameter.dim() > 1:
            parameter.copy_(torch.randn(parameter.shape) * (1.5 / parameter[0].numel()) ** 0.5)
        else:
            parameter.copy_(torch.rand(parameter.shape) * 0.2 + (0.9 if key.endswith("weight") else -0.1))
torch.save(network.state_dict(), folder / "drawn.pth")
pictures = torch.randn(samples, 3, size, size)
labels = torch.randint(0, 1000, (samples,))
network.double().train()
scores = network(pictures.double())
judge = nn.CrossEntropyLoss()
loss = judge(scores.logits, labels) + 0.3 * judge(scores.aux_logits1, labels) + 0.3 * judge(scores.aux_logits2, labels)
loss.backward()
torch.save({key: parameter.grad for key, parameter in network.named_parameters()}, folder / "gradients.pth")
torch.save(network.state_dict(), folder / "after.pth")
print(json.dumps({"pictures": pictures.flatten().tolist(), "labels": labels.tolist(), "loss": loss.item()}))

"""Files with what few files have: Python 2's dictionaries, subclasses, entries that are no dense tensors, bytes.

Usage: python3 unusual_entries.py FOLDER   (its outputs are in golden/torch; Debian's torch 1.13 wrote them)
"""
import os
import sys
from collections import OrderedDict

import numpy
import torch


class Python2Dict(OrderedDict):
    """Pickled as Python 2 pickles an OrderedDict."""

    def __reduce__(self):
        return OrderedDict, ([[key, value] for key, value in self.items()],)


class Stated(torch.nn.Parameter):
    """Pickled as PyTorch 2 pickles a parameter with attributes."""

    def __reduce_ex__(self, protocol):
        return function, (self.data, True, OrderedDict(), {"note": "kept"})


class Rebuilding:
    """Stands for torch._utils._rebuild_parameter_with_state, which this version does not have."""

    def __call__(self, data, requires_grad, hooks, state):
        raise NotImplementedError

    def __reduce__(self):
        return "_rebuild_parameter_with_state"


class Noted(torch.Tensor):
    """A subclass, pickled by torch._tensor._rebuild_from_type_v2."""


def save(name, value, **options):
    torch.save(value, os.path.join(sys.argv[1], name), **options)


def python2(module):
    for table in ("_parameters", "_buffers", "_modules"):
        module.__dict__[table] = Python2Dict(module.__dict__[table])
    for child in module._modules.values():
        python2(child)
    return module


torch.manual_seed(3)
net = torch.nn.Sequential(OrderedDict(fc=torch.nn.Linear(3, 2), bn=torch.nn.BatchNorm1d(2)))
save("python2_state_dict.pth", Python2Dict(net.state_dict()), _use_new_zipfile_serialization=False)
# Not in the older format, which would carry the source of the modules and where it lay.
save("python2_module.pth", python2(net))

function = Rebuilding()
function.__module__ = "torch._utils"
torch._utils._rebuild_parameter_with_state = function
Noted.__module__ = "torch._tensor"
torch._tensor.Noted = Noted
subclass = torch.arange(4.0).as_subclass(Noted)
subclass.note = "kept"
stated = Stated(torch.arange(3.0))
module = torch.nn.Module()
module.register_parameter("stated", stated)
module.register_buffer("noted", subclass)
save("subclasses.pth", module)

entries = OrderedDict(
    [
        ("fc.weight", torch.arange(6.0).reshape(2, 3)),
        ("fc._extra_state", {"scale": torch.ones(2)}),
        ("bytes._extra_state", b"\x00\xff\x80abc"),
        ("empty._extra_state", b""),
        ("array._extra_state", bytearray(b"\x01\xfe")),
        ("quantised", torch.quantize_per_tensor(torch.arange(4.0), 0.5, 1, torch.quint8)),
        ("quantised32", torch.quantize_per_tensor(torch.arange(4.0), 0.5, 1, torch.qint32)),
        ("sparse", torch.eye(3).to_sparse()),
        ("complex", torch.ones(2, dtype=torch.complex128)),
        ("meta", torch.ones(2, device="meta")),
        ("numpy", numpy.arange(3, dtype=numpy.float32)),
        ("number", 7),
        ("none", None),
        ("fc.bias", torch.tensor([8.0, 9.0])),
    ]
)
save("unusual_entries.pth", entries)
save("unusual_entries_legacy.pth", entries, _use_new_zipfile_serialization=False)

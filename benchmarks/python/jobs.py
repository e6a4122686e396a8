"""What is repeated for each kind of row."""

import copy

import torch
import torch.nn.functional as F

from networks import NETWORKS

LAYOUTS = {"nchw": torch.contiguous_format, "channels_last": torch.channels_last}
CHECKED_STEPS = 3


def sampled(tensor):
    """At most a thousand elements, evenly spread, in NCHW order: the same places for every contestant."""
    flat = tensor.detach().contiguous().flatten()
    step = max(1, flat.numel() // 1000)
    return flat[: flat.numel() // step * step : step].tolist()


def settings(request):
    flat = len(request["input"]) != 3 and request["kind"] != "CONVOLUTION"
    if request["kind"] == "ADAM":
        return ["default", "foreach"]
    if request["kind"] == "EMBEDDING":
        return ["dense", "sparse"]
    return [""] if flat else list(LAYOUTS)


def batches(request, tensors, name, layout, shape):
    n = request["batch"]
    parts = tensors[name].view(-1, n, *shape).unbind(0)
    if layout in LAYOUTS:
        return [part.contiguous(memory_format=LAYOUTS[layout]) for part in parts]
    return list(parts)


def network(request, weights, layout):
    net = NETWORKS[request["network"]]()
    net.load_state_dict(weights)
    return net.to(memory_format=LAYOUTS[layout]) if layout in LAYOUTS else net


class Training:
    paired = False

    def __init__(self, request, data, weights, layout):
        self.net = network(request, weights, layout)
        self.x = batches(request, data, "x", layout, request["input"])
        self.y = data["y"].view(-1, request["batch"]).unbind(0)
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=request["rate"])
        self.net.train()

    def step(self, batch):
        b = batch % len(self.x)
        self.optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(self.net(self.x[b]), self.y[b])
        loss.backward()
        self.optimizer.step()
        return loss

    def check(self):
        self.net.eval()
        with torch.inference_mode():
            outputs = self.net(self.x[0])
            loss = F.cross_entropy(outputs, self.y[0]).item()
        self.net.train()
        results = {"outputs": sampled(outputs), "loss": [loss]}
        if not any(isinstance(module, torch.nn.Dropout) for module in self.net.modules()):
            results["losses"] = [self.step(i).item() for i in range(CHECKED_STEPS)]
        return results


class Prediction:
    paired = False

    def __init__(self, request, data, weights, layout):
        self.net = network(request, weights, layout).eval()
        self.x = batches(request, data, "x", layout, request["input"])

    def step(self, batch):
        with torch.inference_mode():
            return self.net(self.x[batch % len(self.x)])

    def check(self):
        return {"outputs": sampled(self.step(0))}


class Convolution:
    """F.conv2d, and its gradients by the weights (with the bias) or by weights and input."""

    paired = False

    def __init__(self, request, data, weights, layout, task):
        channels, size, out_channels, kernel, self.stride, self.padding, self.groups = request["layer"]
        out = (size + 2 * self.padding - kernel) // self.stride + 1
        self.what, n = task.split("-")
        self.x = [x[: int(n)].contiguous(memory_format=LAYOUTS[layout])
                  for x in batches(request, data, "x", layout, (channels, size, size))]
        self.g = batches(request, data, "g", layout, (out_channels, out, out))
        self.weight = weights["layer.weight"].contiguous(memory_format=LAYOUTS[layout])
        self.bias = weights["layer.bias"]

    def step(self, batch):
        b = batch % len(self.x)
        with torch.inference_mode():
            if self.what == "forward":
                return F.conv2d(self.x[b], self.weight, self.bias, self.stride, self.padding, 1, self.groups)
            return torch.ops.aten.convolution_backward(
                self.g[b], self.x[b], self.weight, [self.bias.numel()], [self.stride] * 2, [self.padding] * 2,
                [1, 1], False, [0, 0], self.groups, [self.what == "both", True, True])

    def check(self):
        result = self.step(0)
        if self.what == "forward":
            return {"outputs": sampled(result)}
        names = {"input gradient": result[0], "weight gradient": result[1], "bias gradient": result[2]}
        return {name: sampled(value) for name, value in names.items() if value is not None}


class Module:
    """A layer as PyTorch writes it; backward is that of a graph that is kept, so that its forward does not count."""

    paired = False

    def __init__(self, request, data, weights, task, layout):
        self.what, n = task.split("-")
        self.module = eval("torch.nn." + request["layer"][2])
        self.module.load_state_dict({key.split(".", 1)[1]: value for key, value in weights.items()})
        if layout in LAYOUTS:
            self.module = self.module.to(memory_format=LAYOUTS[layout])
        self.x = [x[: int(n)] for x in batches(request, data, "x", layout, request["input"])]
        if self.what == "both":
            self.x = [x.requires_grad_() for x in self.x]
            self.y = [self.module(x) for x in self.x]
            flat = data["g"].view(-1, request["batch"], *self.y[0].shape[1:]).unbind(0)
            self.g = [g.contiguous(memory_format=LAYOUTS[layout]) if layout in LAYOUTS else g for g in flat]

    def step(self, batch):
        b = batch % len(self.x)
        if self.what == "forward":
            with torch.inference_mode():
                return self.module(self.x[b])
        by = [self.x[b], *self.module.parameters()]
        return torch.autograd.grad(self.y[b], by, self.g[b], retain_graph=True)

    def check(self):
        result = self.step(0)
        if self.what == "forward":
            return {"outputs": sampled(result)}
        names = ["input"] + [name for name, _ in self.module.named_parameters()]
        return {f"{name} gradient": sampled(value) for name, value in zip(names, result)}


class Sequence:
    """A layer over steps: predictions, in evaluation, and forward with backward to weights and input."""

    paired = False

    def __init__(self, request, data, weights, task):
        self.what, n = task.split("-")
        n = int(n)
        self.module = eval("torch.nn." + request["layer"][2])
        self.module.load_state_dict({key.split(".", 1)[1]: value for key, value in weights.items()})
        self.module.train(self.what == "gradients")
        self.x = [x[:n].contiguous() for x in batches(request, data, "x", "", request["input"])]
        if self.what == "gradients":
            self.x = [x.requires_grad_() for x in self.x]
            shape = self.forward(0).shape[1:]
            self.g = [g[:n].contiguous() for g in batches(request, data, "g", "", shape)]

    def forward(self, b):
        y = self.module(self.x[b])
        return y[0] if isinstance(y, tuple) else y

    def step(self, batch):
        b = batch % len(self.x)
        if self.what == "forward":
            with torch.inference_mode():
                return self.forward(b)
        return torch.autograd.grad(self.forward(b), [self.x[b], *self.module.parameters()], self.g[b])

    def check(self):
        result = self.step(0)
        if self.what == "forward":
            return {"outputs": sampled(result)}
        names = ["input"] + [name for name, _ in self.module.named_parameters()]
        return {f"{name} gradient": sampled(value) for name, value in zip(names, result)}


class Embedding:
    """Rows of a table, or their update, with gradients of the whole table or of the rows that were named."""

    paired = False

    def __init__(self, request, data, weights, task, setting):
        self.what = task.split("-")[0]
        self.sparse = setting == "sparse"
        self.weight = torch.nn.Parameter(weights["layer.weight"].clone())
        self.optimizer = torch.optim.SGD([self.weight], lr=request["rate"])
        self.x = [x.long() for x in batches(request, data, "x", "", request["input"])]
        self.g = batches(request, data, "g", "", (*request["input"], self.weight.shape[1]))

    def step(self, batch):
        b = batch % len(self.x)
        if self.what == "forward":
            with torch.inference_mode():
                return F.embedding(self.x[b], self.weight)
        self.weight.grad = torch.ops.aten.embedding_backward(
            self.g[b], self.x[b], self.weight.shape[0], -1, False, self.sparse)
        self.optimizer.step()
        return None

    def check(self):
        if self.what == "forward":
            return {"outputs": sampled(self.step(0))}
        for i in range(CHECKED_STEPS):
            self.step(i)
        return {"weights": sampled(self.weight)}


class Linear:
    paired = False

    def __init__(self, request, data, weights, task):
        n = int(task.split("-")[1])
        self.x = [x[:n].contiguous() for x in batches(request, data, "x", "", request["input"])]
        self.weight, self.bias = weights["layer.weight"], weights["layer.bias"]

    def step(self, batch):
        with torch.inference_mode():
            return F.linear(self.x[batch % len(self.x)], self.weight, self.bias)

    def check(self):
        return {"outputs": sampled(self.step(0))}


class Adam:
    paired = False

    def __init__(self, request, data, weights, setting):
        x = batches(request, data, "x", "", request["input"])[0]
        g = batches(request, data, "g", "", (request["layer"][2],))[0]
        self.parameters = [torch.nn.Parameter(copy.deepcopy(weights[name])) for name in ("layer.weight", "layer.bias")]
        self.parameters[0].grad = g.t() @ x
        self.parameters[1].grad = g.sum(0)
        self.optimizer = torch.optim.Adam(self.parameters, lr=request["rate"], foreach=setting == "foreach")

    def step(self, batch):
        self.optimizer.step()

    def check(self):
        for i in range(CHECKED_STEPS):
            self.step(i)
        return {"weights": sampled(self.parameters[0]), "bias": sampled(self.parameters[1])}


def job(request, data, weights, task, setting):
    kind = request["kind"]
    if kind == "TRAIN":
        return Training(request, data, weights, setting)
    if kind == "PREDICT":
        return Prediction(request, data, weights, setting)
    if kind == "CONVOLUTION":
        return Convolution(request, data, weights, setting, task)
    if kind == "MODULE":
        return Module(request, data, weights, task, setting)
    if kind == "SEQUENCE":
        return Sequence(request, data, weights, task)
    if kind == "EMBEDDING":
        return Embedding(request, data, weights, task, setting)
    if kind == "LINEAR":
        return Linear(request, data, weights, task)
    if kind == "ADAM":
        return Adam(request, data, weights, setting)
    raise NotImplementedError(kind)

"""What PyTorch 1.13 and torchvision 0.14 compute with networks of the zoo's structure, a line of JSON for each:
python3 zoo_answers.py > zoo_answers.jsonl

Each line has the keys and shapes of the state dict, sums and ends of the parameters after manual_seed(5) where the zoo starts
alike, and answers in double precision with weights that both sides compute, see numbers().
"""
import json

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence
from torchvision.models import VisionTransformer

SEED = 5
WORDS = 12
LENGTHS = torch.tensor([12, 1, 7])


def hidden(lengths):
    return torch.arange(WORDS)[None, :] >= lengths[:, None]


def mean(rows, lengths):
    counted = (~hidden(lengths))[:, :, None]
    return (rows * counted).sum(1) / lengths[:, None]


class LstmClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20_000, 128)
        self.lstm = nn.LSTM(128, 128, batch_first=True)
        self.fc = nn.Linear(128, 2)

    def forward(self, words, lengths):
        packed = pack_padded_sequence(self.embedding(words), lengths, batch_first=True, enforce_sorted=False)
        return self.fc(self.lstm(packed)[1][0][-1])


class GruForecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(1, 64, num_layers=2, batch_first=True)
        self.fc = nn.Linear(64, 24)

    def forward(self, steps):
        return self.fc(self.gru(steps)[1][-1])


class Layers(nn.Module):
    """nn.TransformerEncoder without its copies of the first layer."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(128, 4, 512, batch_first=True) for _ in range(4))


class TransformerClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.positions = nn.Parameter(torch.empty(WORDS, 128))
        self.embedding = nn.Embedding(20_000, 128)
        self.encoder = Layers()
        self.fc = nn.Linear(128, 2)
        nn.init.normal_(self.positions, std=0.02)

    def forward(self, words, lengths):
        rows = self.embedding(words) + self.positions
        for layer in self.encoder.layers:
            rows = layer(rows, src_key_padding_mask=hidden(lengths))
        return self.fc(mean(rows, lengths))


def tree(**parts):
    """A module with other modules in fields."""
    module = nn.Module()
    for name, part in parts.items():
        setattr(module, name, part)
    return module


class BertLayer(nn.Module):
    def __init__(self):
        super().__init__()
        linear = lambda: nn.Linear(384, 384)
        norm = lambda: nn.LayerNorm(384, 1e-12)
        self.attention = tree(output=tree(dense=linear(), LayerNorm=norm()))
        self.attention = tree(self=tree(query=linear(), key=linear(), value=linear()), output=self.attention.output)
        self.intermediate = tree(dense=nn.Linear(384, 1536))
        self.output = tree(dense=nn.Linear(1536, 384), LayerNorm=norm())

    def forward(self, rows, lengths):
        part = self.attention._modules["self"]
        query, key, value = (
            linear(rows).unflatten(2, (12, 32)).transpose(1, 2) for linear in (part.query, part.key, part.value)
        )
        scores = query @ key.transpose(2, 3) / 32**0.5
        shares = scores.masked_fill(hidden(lengths)[:, None, None, :], float("-inf")).softmax(3)
        attended = (shares @ value).transpose(1, 2).flatten(2)
        out = self.attention.output
        rows = out.LayerNorm(out.dense(attended) + rows)
        return self.output.LayerNorm(self.output.dense(functional.gelu(self.intermediate.dense(rows))) + rows)


class MiniLmL6(nn.Module):
    def __init__(self):
        super().__init__()
        self.embeddings = tree(
            word_embeddings=nn.Embedding(30_522, 384),
            position_embeddings=nn.Embedding(512, 384),
            token_type_embeddings=nn.Embedding(2, 384),
            LayerNorm=nn.LayerNorm(384, 1e-12),
        )
        self.encoder = tree(layer=nn.ModuleList(BertLayer() for _ in range(6)))
        self.pooler = tree(dense=nn.Linear(384, 384))

    def forward(self, words, lengths):
        parts = self.embeddings
        places = parts.position_embeddings.weight[:WORDS]
        rows = parts.LayerNorm(parts.word_embeddings(words) + places + parts.token_type_embeddings.weight[0])
        for layer in self.encoder.layer:
            rows = layer(rows, lengths)
        return functional.normalize(mean(rows, lengths))


def SmallVit():
    return VisionTransformer(
        image_size=32, patch_size=16, num_layers=2, num_heads=2, hidden_dim=16, mlp_dim=64, num_classes=5
    )


def digest(tensor):
    d = tensor.detach().double().flatten()
    return {"sum": d.sum().item(), "squares": (d * d).sum().item(), "first": d[:8].tolist(), "last": d[-4:].tolist()}


def numbers(shape, first):
    """Numbers from -0.5 to 0.5 that both sides have exactly: 24 bits of MurmurHash's last steps."""
    bits = first + torch.arange(torch.Size(shape).numel(), dtype=torch.int64)
    for shift, factor in [(16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)]:
        bits = ((bits ^ bits >> shift) * factor) & 0xFFFFFFFF
    bits = bits >> 8
    return (bits.double() / 2**24 - 0.5).reshape(shape)


def value(key, tensor, first):
    drawn = numbers(tensor.shape, first)
    if "norm" in key.lower() or ".ln" in key:
        return drawn + 1 if key.endswith("weight") else drawn / 4
    if "embedding" in key:
        return drawn * 4
    # rounded as Java's floats are
    return (drawn * 4 / tensor.shape[-1] ** 0.5 if tensor.dim() > 1 else drawn).float().double()


words = ((numbers([3, WORDS], 7) + 0.5) * 20_000).long()
steps = numbers([3, WORDS, 1], 7)
pictures = numbers([3, 3, 32, 32], 7)
for network, inputs, alike in [
    (LstmClassifier, (words, LENGTHS), True),
    (GruForecaster, (steps,), True),
    (TransformerClassifier, (words, LENGTHS), True),
    (MiniLmL6, (words, LENGTHS), False),
    (SmallVit, (pictures,), False),
]:
    torch.manual_seed(SEED)
    made = network().double() if not alike else network()
    line = {"network": network.__name__, "state": [[key, list(t.shape)] for key, t in made.state_dict().items()]}
    if alike:
        line["parameters"] = {key: digest(p) for key, p in made.named_parameters()}
    made = made.double().train(False)
    with torch.no_grad():
        first = 0
        for key, tensor in made.state_dict().items():
            tensor.copy_(value(key, tensor, first))
            first += tensor.numel()
    # with gradients layers of transformers go the way of training, without the fast one of zeros beyond the lengths
    line["answer"] = [float(f"{x:.9g}") for x in made(*inputs).flatten().tolist()]
    print(json.dumps(line))

"""The encoder: a pre-norm transformer (Vaswani et al. 2017; Xiong et al. 2020) with rotary positions (Su et al. 2021)."""

import contextlib
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

FUSED_ATTENTION = hasattr(F, "scaled_dot_product_attention")


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder; `length` is the longest sequence."""

    width: int = 384
    layers: int = 12
    heads: int = 6
    length: int = 256


def device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def precision(place):
    """bfloat16 on a GPU; on a processor the weights' own 32 bits."""
    return torch.autocast("cuda", dtype=torch.bfloat16) if place.type == "cuda" else contextlib.nullcontext()


def rotation(length, size):
    """Cosines and sines [length, size / 2] of the rotary angles of a head of `size`."""
    speed = 10000.0 ** (-torch.arange(0, size, 2).float() / size)
    angles = torch.arange(length).float()[:, None] * speed[None, :]
    return angles.cos(), angles.sin()


def rotate(x, cos, sin):
    """x [batch, heads, length, size], its halves turned against each other by the angle of the position."""
    left, right = x.float().chunk(2, dim=-1)
    return torch.cat([left * cos - right * sin, right * cos + left * sin], dim=-1).to(x.dtype)


def attend(query, key, value, mask):
    """Softmax attention; mask [batch, 1, 1, length] is true where a key counts, or None."""
    if FUSED_ATTENTION:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return scores.softmax(dim=-1) @ value


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        self.before_attention = nn.LayerNorm(shape.width)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.mix = nn.Linear(shape.width, shape.width, bias=False)
        self.before_widening = nn.LayerNorm(shape.width)
        self.widen = nn.Linear(shape.width, 4 * shape.width)
        self.narrow = nn.Linear(4 * shape.width, shape.width)

    def forward(self, x, cos, sin, mask):
        batch, length, width = x.shape
        parts = self.query_key_value(self.before_attention(x)).view(batch, length, 3, self.heads, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = attend(rotate(query, cos, sin), rotate(key, cos, sin), value, mask)
        x = x + self.mix(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.narrow(F.gelu(self.widen(self.before_widening(x))))


class Encoder(nn.Module):
    """Vectors [batch, length, width] to vectors of the same shape."""

    def __init__(self, shape):
        super().__init__()
        if shape.width % (2 * shape.heads) != 0:
            raise SystemExit(f"width {shape.width} does not give {shape.heads} heads of even size; choose other sizes")
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.last = nn.LayerNorm(shape.width)
        cos, sin = rotation(shape.length, shape.width // shape.heads)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                # What is added to the running sum is scaled down with depth, so that the sum begins at about the same size.
                deep = name.endswith(("mix.weight", "narrow.weight"))
                nn.init.normal_(weight, std=0.02 / ((2 * shape.layers) ** 0.5 if deep else 1))

    def forward(self, x, counts=None):
        """counts [batch, length], true for a piece and false for padding; None where nothing is padded."""
        length = x.shape[1]
        mask = None if counts is None else counts[:, None, None, :]
        cos, sin = self.cos[:length], self.sin[:length]
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
        return self.last(x)

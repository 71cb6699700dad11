"""The tagger: the pretrained encoder, and 25 scores at the first piece of every token."""

import torch
from torch import nn

from labels import LABELS
from model import Encoder, Shape
from vocabulary import PAD, SEPARATOR, UNKNOWN
from words import words_of


class Tagger(nn.Module):
    def __init__(self, pieces, shape, dropout=0.1):
        super().__init__()
        self.embedding = nn.Embedding(pieces, shape.width)
        self.encoder = Encoder(shape)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(shape.width, len(LABELS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, pieces, firsts):
        """pieces [batch, length], padded; firsts [tokens], places of the tokens' first pieces in the flattened batch. Scores
        [tokens, 25]."""
        hidden = self.encoder(self.dropout(self.embedding(pieces)), pieces != PAD)
        return self.head(self.dropout(hidden.flatten(0, 1)[firsts])).float()


def from_pretrained(path):
    """A tagger whose embeddings and encoder are those of a checkpoint of pretrain.py, and the shape."""
    saved = torch.load(path, map_location="cpu")
    tagger = Tagger(saved["pieces"], Shape(**saved["shape"]))
    kept = {name: weight for name, weight in saved["model"].items() if name.startswith(("embedding.", "encoder."))}
    missing = tagger.load_state_dict(kept, strict=False).missing_keys
    if not all(name.startswith("head.") for name in missing):
        raise SystemExit(f"{path} lacks {missing[:3]}; expected a checkpoint of pretrain.py")
    return tagger, saved["shape"]


def from_tuned(path):
    """A tagger saved by finetune.py, and what was saved beside its weights."""
    saved = torch.load(path, map_location="cpu")
    tagger = Tagger(saved["pieces"], Shape(**saved["shape"]))
    tagger.load_state_dict({name: weight.float() for name, weight in saved["tagger"].items()})
    return tagger, saved


def encode(tokens, vocabulary, length):
    """Pieces of a sentence between two [SEP], and the place of each token's first piece; what does not fit into `length` is cut,
    and so is its place."""
    pieces, firsts = [SEPARATOR], []
    for token in tokens:
        firsts.append(len(pieces))
        before = len(pieces)
        for word in words_of(token):
            pieces.extend(vocabulary.encode(word))
        if len(pieces) == before:
            # A token of white space or nothing still has its place.
            pieces.append(UNKNOWN)
    pieces = pieces[: length - 1] + [SEPARATOR]
    return pieces, [first for first in firsts if first < len(pieces) - 1]


def pad(encoded, place):
    """Tensors of Tagger.forward for some (pieces, firsts). The width is rounded up, for fewer different shapes."""
    width = -(-max(len(pieces) for pieces, _ in encoded) // 16) * 16
    table = torch.full((len(encoded), width), PAD, dtype=torch.long)
    flat = []
    for row, (pieces, firsts) in enumerate(encoded):
        table[row, : len(pieces)] = torch.tensor(pieces)
        flat.extend(row * width + first for first in firsts)
    return table.to(place, non_blocking=True), torch.tensor(flat, dtype=torch.long).to(place, non_blocking=True)

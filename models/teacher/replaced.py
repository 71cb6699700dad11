"""Replaced-token detection (ELECTRA, Clark et al. 2020): a small generator fills masked places, and the encoder that is kept, the
discriminator, tells at every place whether the piece is the text's own."""

from dataclasses import replace

import torch
from torch import nn
from torch.nn import functional as F

from model import Encoder
from vocabulary import MASK, SEPARATOR

MASKED_SHARE = 0.15
DISCRIMINATOR_WEIGHT = 50.0


class ReplacedTokens(nn.Module):
    """Both networks with one table of embeddings, as in the paper."""

    def __init__(self, pieces, shape):
        super().__init__()
        # Half as wide and half as deep; the paper found a quarter to a half of the size best.
        small = replace(shape, width=shape.width // 2, heads=max(1, shape.heads // 2), layers=max(1, shape.layers // 2))
        self.embedding = nn.Embedding(pieces, shape.width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        self.generator_in = nn.Linear(shape.width, small.width)
        self.generator = Encoder(small)
        self.generator_out = nn.Linear(small.width, shape.width)
        self.generator_norm = nn.LayerNorm(shape.width)
        self.generator_bias = nn.Parameter(torch.zeros(pieces))
        self.encoder = Encoder(shape)
        self.head = nn.Linear(shape.width, 1)

    def forward(self, pieces):
        """pieces [batch, length] to the loss and, for the log, the losses of both networks and the share of replaced places found."""
        places = masked_places(pieces)
        hidden = self.generator(self.generator_in(self.embedding(pieces.scatter(1, places, MASK))))
        width = hidden.shape[-1]
        picked = hidden.gather(1, places[:, :, None].expand(-1, -1, width))
        picked = self.generator_norm(F.gelu(self.generator_out(picked)))
        scores = F.linear(picked, self.embedding.weight, self.generator_bias).float().flatten(0, 1)
        truth = pieces.gather(1, places)
        generator_loss = F.cross_entropy(scores, truth.flatten())

        with torch.no_grad():
            # The largest of score plus Gumbel noise is a draw from the softmax.
            noise = torch.empty_like(scores).exponential_().clamp_(min=1e-9).log()
            guesses = (scores - noise).argmax(dim=-1).view_as(truth)
            corrupted = pieces.scatter(1, places, guesses)
            replaced = corrupted != pieces
        verdicts = self.head(self.encoder(self.embedding(corrupted))).squeeze(-1).float()
        discriminator_loss = F.binary_cross_entropy_with_logits(verdicts, replaced.float())
        with torch.no_grad():
            found = ((verdicts > 0) & replaced).sum() / replaced.sum().clamp(min=1)
        log = torch.stack([generator_loss.detach(), discriminator_loss.detach(), found])
        return generator_loss + DISCRIMINATOR_WEIGHT * discriminator_loss, log


def masked_places(pieces):
    """[batch, masked] places drawn for masking, the same number in each sequence so that all shapes stay fixed; never a [SEP]."""
    draw = torch.rand(pieces.shape, device=pieces.device).masked_fill(pieces == SEPARATOR, -1.0)
    return draw.topk(max(1, round(MASKED_SHARE * pieces.shape[1])), dim=1).indices

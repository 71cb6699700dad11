"""The best allowed label sequence of a sentence."""

import torch

from labels import LABELS, is_allowed


def forbidden():
    """[labels, labels], minus infinity where the column may not follow the row."""
    rows = [[0.0 if is_allowed(a, b) else float("-inf") for b in range(len(LABELS))] for a in range(len(LABELS))]
    return torch.tensor(rows)


def decode(scores):
    """Best allowed label sequence of log-probabilities [tokens, labels] (Viterbi)."""
    steps = forbidden()
    best = scores[0] + steps[0]
    back = []
    for row in scores[1:]:
        best, source = (best[:, None] + steps).max(dim=0)
        best = best + row
        back.append(source.tolist())
    path = [int(best.argmax())]
    for source in reversed(back):
        path.append(source[path[-1]])
    return path[::-1]

"""Tunes the pretrained encoder on annotated sentences, with several seeds; of each seed the weights of its best epoch are kept.

The first --dev file decides (strict span F1 of PER, ORG and LOC names); others are reported.

    python3 finetune.py --checkpoint pretrain.pt --vocabulary vocabulary.txt --train A.conll B.conll --dev C.conll \\
        --out FOLDER --seeds 3 --epochs 6 --minutes 4
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from conll import format_conll, read_conll
from decode import decode
from labels import SpanScore
from model import device, precision
from tagger import encode, from_pretrained, pad
from vocabulary import Vocabulary

WARM_UP = 0.1
# Learning rate of a layer relative to the one above it (Clark et al. 2020 use 0.8 for small models).
LAYER_DECAY = 0.85


def batches_of(sentences, size, generator):
    """Shuffled batches of sentences of like length: sorted within pools of fifty batches, then shuffled."""
    order = list(range(len(sentences)))
    generator.shuffle(order)
    batches = []
    for start in range(0, len(order), 50 * size):
        pool = sorted(order[start : start + 50 * size], key=lambda index: len(sentences[index][0]))
        batches.extend(pool[at : at + size] for at in range(0, len(pool), size))
    generator.shuffle(batches)
    return batches


def groups_of(tagger, rate):
    """Parameter groups whose rate falls from the head to the embeddings."""
    depth = len(tagger.encoder.layers)
    groups = {}
    for name, weight in tagger.named_parameters():
        if name.startswith("head."):
            height = depth + 1
        elif name.startswith("encoder.layers."):
            height = int(name.split(".")[2]) + 1
        else:
            height = depth if name.startswith("encoder.") else 0
        decay = 0.01 if weight.dim() > 1 else 0.0
        group = groups.setdefault((height, decay), {"params": [], "weight_decay": decay, "rate": rate * LAYER_DECAY ** (depth + 1 - height)})
        group["params"].append(weight)
    return list(groups.values())


def predict(tagger, encoded, lengths, place, size=256):
    """Decoded labels of sentences; tokens that did not fit are O."""
    tagger.eval()
    result = [None] * len(encoded)
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index][0]))
    with torch.no_grad(), precision(place):
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            scores = tagger(*pad([encoded[row] for row in rows], place)).log_softmax(dim=-1).cpu()
            for row, part in zip(rows, scores.split([len(encoded[row][1]) for row in rows])):
                result[row] = decode(part) + [0] * (lengths[row] - len(part))
    return result


def score(sentences, predicted):
    figure = SpanScore()
    for (_, labels), guess in zip(sentences, predicted):
        figure.add(labels, guess)
    return figure.f1


def tune(seed, given, vocabulary, train, devs, place, deadline):
    """Trains one seed; the best (F1 by file, state, predictions on the first file)."""
    torch.manual_seed(seed)
    generator = random.Random(seed)
    tagger, shape = from_pretrained(given.checkpoint)
    tagger.to(place)
    encoded = [encode(tokens, vocabulary, shape["length"]) for tokens, _ in train]
    optimizer = torch.optim.AdamW(groups_of(tagger, given.rate), lr=given.rate, betas=(0.9, 0.98), eps=1e-6)
    steps = given.epochs * math.ceil(len(train) / given.batch)
    step, best = 0, None
    began = time.monotonic()
    for epoch in range(given.epochs):
        tagger.train()
        total = torch.zeros((), device=place)
        for rows in batches_of(encoded, given.batch, generator):
            share = (step + 1) / steps
            factor = share / WARM_UP if share < WARM_UP else (1 - share) / (1 - WARM_UP)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * factor
            truth = torch.tensor([label for row in rows for label in train[row][1][: len(encoded[row][1])]], device=place)
            with precision(place):
                scores = tagger(*pad([encoded[row] for row in rows], place))
            loss = F.cross_entropy(scores, truth)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimizer.step()
            total += loss.detach()
            step += 1
        figures, first = {}, None
        for path, sentences, dev in devs:
            predicted = predict(tagger, dev, [len(tokens) for tokens, _ in sentences], place)
            figures[Path(path).name] = round(score(sentences, predicted), 2)
            first = first or predicted
        print(f"seed {seed} epoch {epoch + 1}: loss {total.item() * given.epochs / steps:.4f}  {figures}", flush=True)
        main_figure = next(iter(figures.values()))
        if best is None or main_figure > best["f1"]:
            state = {name: weight.detach().to("cpu", torch.float16) for name, weight in tagger.state_dict().items()}
            best = {"f1": main_figure, "figures": figures, "epoch": epoch + 1, "tagger": state, "predicted": first, "shape": shape}
        each = (time.monotonic() - began) / (epoch + 1)
        if time.monotonic() + each > deadline:
            if epoch + 1 < given.epochs:
                print(f"seed {seed}: no time for epoch {epoch + 2}; lower --epochs or --seeds, so that the rate falls to its end")
            break
    return best


def main():
    begun = time.monotonic()
    options = argparse.ArgumentParser(description="tune the encoder on annotated sentences")
    options.add_argument("--checkpoint", required=True)
    options.add_argument("--vocabulary", required=True)
    options.add_argument("--train", required=True, nargs="+")
    options.add_argument("--dev", required=True, nargs="+")
    options.add_argument("--out", required=True)
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--batch", type=int, default=64, help="sentences a step")
    options.add_argument("--rate", type=float, default=3e-4)
    options.add_argument("--minutes", type=float, default=8, help="limit of all seeds together")
    given = options.parse_args()
    place = device()
    torch.set_float32_matmul_precision("high")
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("seed-*.pt"):
        old.unlink()
    vocabulary = Vocabulary(given.vocabulary)
    train = [sentence for path in given.train for sentence in read_conll(path)]
    length = torch.load(given.checkpoint, map_location="cpu")["shape"]["length"]
    devs = []
    for path in given.dev:
        sentences = read_conll(path)
        devs.append((path, sentences, [encode(tokens, vocabulary, length) for tokens, _ in sentences]))
    print(f"{len(train)} sentences to train on, {place}")
    results, chosen, highest = {}, None, -1.0
    for seed in range(1, given.seeds + 1):
        # Every seed has its part of the time that is left.
        now = time.monotonic()
        deadline = now + (begun + 60 * given.minutes - now) / (given.seeds + 1 - seed)
        best = tune(seed, given, vocabulary, train, devs, place, deadline)
        kept = {"tagger": best["tagger"], "shape": best["shape"], "pieces": len(vocabulary), "figures": best["figures"]}
        torch.save(kept, out / f"seed-{seed}.pt")
        results[seed] = {"epoch": best["epoch"], **best["figures"]}
        if best["f1"] > highest:
            chosen, highest = seed, best["f1"]
            text = format_conll((tokens, labels) for (tokens, _), labels in zip(devs[0][1], best["predicted"]))
            (out / "dev.predicted.conll").write_text(text, encoding="utf-8")
    (out / "scores.json").write_text(json.dumps({"best": chosen, "seeds": results}, indent=1) + "\n")
    print(f"{out}: best seed {chosen}, {results[chosen]}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()

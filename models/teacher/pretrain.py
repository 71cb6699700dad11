"""Pretrains the encoder in pieces of a given number of minutes; each piece continues the checkpoint of the one before.

The learning rate falls as a cosine over a planned number of tokens. With `--plan-minutes M` instead of `--tokens N` the plan is made
once, in the first piece, from the speed measured there: as many tokens as M minutes of training hold.

    python3 pretrain.py --packed FOLDER --vocabulary vocabulary.txt --checkpoint pretrain.pt --minutes 8 --plan-minutes 14
"""

import argparse
import json
import math
import os
import time
from dataclasses import asdict
from pathlib import Path

import torch

from model import Shape, device, precision
from replaced import ReplacedTokens
from vocabulary import Vocabulary

SEED = 1
WARM_UP = 0.02
# Steps before the speed is measured (the first ones compile and allocate), and steps it is measured over.
SETTLE, MEASURE = 10, 40
# Share of the measured speed that is planned with, so that a slower piece still reaches the end of the cosine.
CAUTION = 0.95


def load_packed(folder, place):
    """All sequences as 16-bit integers [sequences, length]; they are unsigned, which `& 0xffff` restores."""
    about = json.loads((Path(folder) / "pack.json").read_text())
    shards = [torch.frombuffer(bytearray(path.read_bytes()), dtype=torch.int16) for path in sorted(Path(folder).glob("pack-*.bin"))]
    return torch.cat(shards).view(-1, about["length"]).to(place)


class Batches:
    """Endless batches of sequences, each round in a new order that depends on its number alone, so that a piece can continue."""

    def __init__(self, sequences, size, state=(0, 0)):
        if len(sequences) < size:
            raise SystemExit(f"{len(sequences)} sequences are less than one batch of {size}; lower --batch or pack more text")
        self.sequences, self.size = sequences, size
        self.round, self.at = state
        self.shuffle()

    def shuffle(self):
        order = torch.randperm(len(self.sequences), generator=torch.Generator().manual_seed(SEED + self.round))
        self.order = order.to(self.sequences.device)

    def next(self):
        if self.at + self.size > len(self.order):
            self.round, self.at = self.round + 1, 0
            self.shuffle()
        rows = self.order[self.at : self.at + self.size]
        self.at += self.size
        return self.sequences[rows].long() & 0xFFFF


def rate_at(share):
    """Factor of the learning rate after a share of the plan: a linear rise, then a cosine to nothing."""
    if share < WARM_UP:
        return share / WARM_UP
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (share - WARM_UP) / (1 - WARM_UP))))


def optimizer_of(model, rate):
    """AdamW; matrices decay, biases and norms do not."""
    weights = [weight for weight in model.parameters() if weight.dim() > 1]
    others = [weight for weight in model.parameters() if weight.dim() <= 1]
    groups = [{"params": weights, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    fused = {"fused": True} if weights[0].is_cuda else {}
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), eps=1e-6, **fused)


def save(content, path):
    """Writes beside the file and renames, so that a stop in between leaves the old one."""
    torch.save(content, f"{path}.new")
    os.replace(f"{path}.new", path)


def options():
    parser = argparse.ArgumentParser(description="pretrain the encoder by replaced-token detection")
    parser.add_argument("--packed", required=True)
    parser.add_argument("--vocabulary", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--minutes", type=float, required=True, help="length of this piece")
    parser.add_argument("--tokens", type=float, help="planned tokens of all pieces together")
    parser.add_argument("--plan-minutes", type=float, help="instead of --tokens: planned minutes of all pieces together")
    parser.add_argument("--batch", type=int, default=256, help="sequences a step")
    parser.add_argument("--rate", type=float, default=7e-4)
    parser.add_argument("--width", type=int, default=384)
    parser.add_argument("--layers", type=int, default=12)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--compile", action="store_true", help="torch.compile: a minute of compiling, then faster steps")
    given = parser.parse_args()
    if (given.tokens is None) == (given.plan_minutes is None):
        parser.error("give either --tokens or --plan-minutes")
    return given


def main():
    begun = time.monotonic()
    given = options()
    place = device()
    torch.manual_seed(SEED)
    torch.set_float32_matmul_precision("high")
    sequences = load_packed(given.packed, place)
    length = sequences.shape[1]
    shape = Shape(given.width, given.layers, given.heads, length)
    pieces = len(Vocabulary(given.vocabulary))
    model = ReplacedTokens(pieces, shape).to(place)
    optimizer = optimizer_of(model, given.rate)
    tokens, planned, state = 0, given.tokens, (0, 0)
    if os.path.exists(given.checkpoint):
        saved = torch.load(given.checkpoint, map_location="cpu")
        if saved["shape"] != asdict(shape) or saved["pieces"] != pieces:
            raise SystemExit(f"{given.checkpoint} holds {saved['shape']}, expected {asdict(shape)}; remove it to begin anew")
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        tokens, planned, state = saved["tokens"], saved["planned"], saved["state"]
        # A later piece must not draw the masks of the first again.
        torch.manual_seed(SEED + tokens)
    batches = Batches(sequences, given.batch, state)
    step_model = torch.compile(model) if given.compile else model
    size = sum(weight.numel() for weight in model.encoder.parameters()) + model.embedding.weight.numel()
    print(f"{size / 1e6:.1f} million weights kept, {sequences.numel() / 1e6:.1f} million tokens packed, {place}, from {tokens / 1e6:.1f}M")

    per_step = given.batch * length
    deadline = begun + 60 * given.minutes
    # Room for writing the checkpoint.
    reserve = min(15.0, 3 * given.minutes)
    steps, last_log, mark, speed = 0, 0, time.monotonic(), 0.0
    total = torch.zeros(3, device=place)

    def report():
        nonlocal last_log, mark
        generator_loss, discriminator_loss, found = (total / max(1, steps - last_log)).tolist()
        rate = (steps - last_log) * per_step / (time.monotonic() - mark)
        print(
            f"{tokens / 1e6:9.2f}M tokens  {rate / 1e3:8.1f}k/s  generator {generator_loss:.3f}  "
            f"discriminator {discriminator_loss:.4f}  found {100 * found:.1f} %",
            flush=True,
        )
        total.zero_()
        last_log, mark = steps, time.monotonic()

    while planned is None or tokens < planned:
        # While the plan is being measured the rate is that of the rise's beginning.
        share = 0.0005 if planned is None else (tokens + per_step) / planned
        for group in optimizer.param_groups:
            group["lr"] = given.rate * rate_at(share)
        with precision(place):
            loss, log = step_model(batches.next())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += log
        steps += 1
        tokens += per_step
        if planned is None and steps == SETTLE:
            report()
        if planned is None and steps == SETTLE + MEASURE:
            total.sum().item()
            speed = MEASURE * per_step / (time.monotonic() - mark)
            planned = tokens + CAUTION * speed * max(1.0, 60 * given.plan_minutes - (time.monotonic() - begun))
            print(f"planned: {planned / 1e6:.1f}M tokens at {speed / 1e3:.1f}k/s")
        if steps - last_log >= 200:
            report()
        if steps % 5 == 0 or place.type == "cpu":
            # Reading a value waits for the device, which else runs behind the clock.
            if not math.isfinite(loss.item()):
                raise SystemExit(f"the loss is {loss.item()} after {tokens} tokens; lower --rate and begin from the last checkpoint")
            if time.monotonic() > deadline - reserve:
                break
    if steps > last_log:
        report()
    save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "shape": asdict(shape),
            "pieces": pieces,
            "tokens": tokens,
            "planned": planned,
            "state": (batches.round, batches.at),
        },
        given.checkpoint,
    )
    done = "" if planned is None else f", {100 * tokens / planned:.1f} % of the plan"
    print(f"{given.checkpoint}: {tokens / 1e6:.2f}M tokens{done}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()

"""Labels lines of the raw files with the mean probabilities of the tuned seeds, as soft targets for the fast model.

Lines are taken at even distances through every raw file. label_file.py describes what is written.

    python3 label.py --data DIR --vocabulary vocabulary.txt --tuned FOLDER --out FOLDER --lines 1000000 --minutes 3
"""

import argparse
import hashlib
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import torch

import label_file
from model import device, precision
from tagger import encode, from_tuned, pad
from vocabulary import Vocabulary
from words import raw_files, read_chunks, words_of

SHARD_BYTES = 16 << 20
FILES = 8
# Lines with fewer words say nothing.
FEWEST_WORDS = 3
CHUNK = 4096
_vocabulary = None


def open_vocabulary(path):
    global _vocabulary
    _vocabulary = Vocabulary(path)


def prepare(lines, length):
    """(number, pieces, firsts) of the lines that are long enough and fit whole."""
    ready = []
    for number, text in lines:
        words = words_of(text)
        if len(words) >= FEWEST_WORDS and len(words) < length - 1:
            pieces, firsts = encode(words, _vocabulary, length)
            # What was cut off has no last word.
            if len(firsts) == len(words) and len(pieces) < length:
                ready.append((number, pieces, firsts))
    return ready


def chosen_lines(path, wanted, total):
    """(number, text) of `wanted` of the `total` lines of a file, evenly spread, in chunks; lines count from 1."""
    index = 0
    chunk = []
    for text in read_chunks(path):
        for line in text.removesuffix("\n").split("\n"):
            index += 1
            if index * wanted // total > (index - 1) * wanted // total:
                chunk.append((index, line))
                if len(chunk) == CHUNK:
                    yield chunk
                    chunk = []
    if chunk:
        yield chunk


def quantised(probabilities, count):
    """Bytes of some words: probabilities [words, 25] to a flat uint8 tensor, and its bytes for each word [words]."""
    top, labels = probabilities.topk(count, dim=-1)
    steps = (255 * top).round().long()
    # The first is written in any case; ties among the others go by the order of topk.
    steps[:, 0].clamp_(min=1)
    used = steps > 0
    sure = (labels[:, 0] == 0) & (steps[:, 0] == 255)
    used[sure] = False
    used[sure, 0] = True
    number = used.sum(dim=-1)
    names = labels + 1
    rows = torch.arange(len(names), device=names.device)
    names[rows, number - 1] += label_file.LAST
    names[sure, 0] = 0
    bytes_used = torch.stack([used, used], dim=-1)
    bytes_used[sure, 0, 1] = False
    table = torch.stack([names, steps], dim=-1).to(torch.uint8)
    return table[bytes_used], bytes_used.flatten(1).sum(dim=-1)


def label(taggers, ready, place, count, batch):
    """Bytes of every line of a chunk, in its order."""
    offsets, total = [], 0
    for _, _, firsts in ready:
        offsets.append(total)
        total += len(firsts)
    mean = torch.zeros(total, taggers[0].head.out_features, device=place)
    order = sorted(range(len(ready)), key=lambda index: len(ready[index][1]))
    with torch.no_grad(), precision(place):
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            pieces, firsts = pad([ready[row][1:] for row in rows], place)
            targets = torch.tensor([offsets[row] + at for row in rows for at in range(len(ready[row][2]))], device=place)
            for tagger in taggers:
                mean[targets] += tagger(pieces, firsts).softmax(dim=-1) / len(taggers)
    flat, sizes = quantised(mean, count)
    content = bytes(flat.tolist())
    ends = [0, *sizes.cumsum(0).tolist()]
    for (number, _, firsts), offset in zip(ready, offsets):
        yield number, len(firsts), content[ends[offset] : ends[offset + len(firsts)]]


def prepared(path, wanted, total, given, length, pool):
    """Chunks of prepared lines; with a pool some are prepared ahead, but never all, which would fill the memory."""
    chunks = chosen_lines(path, wanted, total)
    if pool is None:
        yield from (prepare(chunk, length) for chunk in chunks)
        return
    waiting = [pool.submit(prepare, chunk, length) for chunk in islice(chunks, 2 * given.workers)]
    while waiting:
        ready = waiting.pop(0).result()
        waiting.extend(pool.submit(prepare, chunk, length) for chunk in islice(chunks, 1))
        yield ready


def main():
    begun = time.monotonic()
    options = argparse.ArgumentParser(description="label raw lines with probabilities")
    options.add_argument("--data", required=True, help="folder with raw/*.txt.xz")
    options.add_argument("--vocabulary", required=True)
    options.add_argument("--tuned", required=True, help="folder with seed-*.pt")
    options.add_argument("--out", required=True)
    options.add_argument("--lines", type=int, default=1000000)
    options.add_argument("--top", type=int, default=4, help="labels kept for a word")
    options.add_argument("--batch", type=int, default=512)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--shard", type=int, default=SHARD_BYTES, help="bytes of a file at most")
    options.add_argument("--minutes", type=float, default=8)
    given = options.parse_args()
    place = device()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.labels.xz"):
        old.unlink()
    paths = sorted(Path(given.tuned).glob("seed-*.pt"))
    if not paths:
        raise SystemExit(f"found no seed-*.pt in {given.tuned}; run finetune.py first")
    taggers, figures = [], {}
    for path in paths:
        tagger, saved = from_tuned(path)
        taggers.append(tagger.to(place).eval())
        figures[path.stem] = saved["figures"]
    length = saved["shape"]["length"]
    open_vocabulary(given.vocabulary)
    files = raw_files(given.data)
    totals = [sum(chunk.count("\n") for chunk in read_chunks(path)) for path in files]
    share = min(1.0, given.lines / sum(totals))
    # Processes begun by forking must not inherit a GPU context: spawn.
    context = torch.multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(given.workers, context, open_vocabulary, (given.vocabulary,)) if given.workers > 1 else None
    writer = label_file.LabelWriter(out, given.shard, given.files)
    written, open_end = 0, False
    for path, total in zip(files, totals):
        about = {"raw": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "lines": total, "development F1": figures}
        writer.open(path.name.removesuffix(".txt.xz"), about)
        deadline = time.monotonic() + (begun + 60 * given.minutes - time.monotonic()) * total / sum(totals[files.index(path) :])
        for ready in prepared(path, max(1, round(share * total)), total, given, length, pool):
            room = all(writer.add(*record) for record in label(taggers, ready, place, given.top, given.batch))
            written += len(ready) if room else 0
            if not room or time.monotonic() > deadline:
                open_end = True
                print(f"{path.name}: stopped at line {writer.line}, {'no file left' if not room else 'no time left'}")
                break
    writer.close()
    if pool is not None:
        pool.shutdown(cancel_futures=True)
    if open_end:
        print("not all lines are labelled; raise --files, --shard or --minutes, or lower --lines")
    size = sum(path.stat().st_size for path in out.glob("*.labels.xz"))
    print(f"{out}: {written} lines in {writer.written} files, {size / 2**20:.1f} MiB, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()

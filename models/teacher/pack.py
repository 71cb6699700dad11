"""Packs raw text into arrays of piece numbers: one stream in document order, [SEP] behind each line, cut into sequences.

A shard `pack-NNN.bin` holds whole sequences of 256 unsigned little-endian 16-bit numbers, at most 16 MiB.

    python3 pack.py --data DIR --vocabulary vocabulary.txt --out FOLDER [--workers 16]
"""

import argparse
import json
import sys
from array import array
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from vocabulary import SEPARATOR, Vocabulary
from words import raw_files, read_chunks, words_of

LENGTH = 256
SHARD_BYTES = 16 << 20
_vocabulary = None


def open_vocabulary(path):
    global _vocabulary
    _vocabulary = Vocabulary(path)


def encode_chunk(text):
    """Piece numbers of the lines of a text, as bytes."""
    numbers = array("H")
    for line in text.split("\n"):
        words = words_of(line)
        if words:
            numbers.extend(chain.from_iterable(map(_vocabulary.encode, words)))
            numbers.append(SEPARATOR)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def encoded(data, vocabulary, workers):
    """Bytes of every chunk in order; with more than one worker the chunks are encoded side by side."""
    chunks = (chunk for path in raw_files(data) for chunk in read_chunks(path))
    if workers < 2:
        open_vocabulary(vocabulary)
        yield from map(encode_chunk, chunks)
    else:
        with ProcessPoolExecutor(workers, initializer=open_vocabulary, initargs=(vocabulary,)) as pool:
            yield from pool.map(encode_chunk, chunks)


def main():
    options = argparse.ArgumentParser(description="pack raw text into shards of piece numbers")
    options.add_argument("--data", required=True, help="folder with raw/*.txt.xz")
    options.add_argument("--vocabulary", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--length", type=int, default=LENGTH)
    given = options.parse_args()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("pack-*.bin"):
        old.unlink()
    unit = 2 * given.length
    shard = SHARD_BYTES // unit * unit
    buffer = bytearray()
    written = 0

    def write(size):
        nonlocal written
        (out / f"pack-{written:03}.bin").write_bytes(buffer[:size])
        del buffer[:size]
        written += 1

    total = 0
    for packed in encoded(given.data, given.vocabulary, given.workers):
        buffer += packed
        total += len(packed) // 2
        while len(buffer) >= shard:
            write(shard)
    if len(buffer) >= unit:
        write(len(buffer) // unit * unit)
    if written == 0:
        raise SystemExit(f"{total} pieces are less than one sequence of {given.length}; give more text")
    (out / "pack.json").write_text(json.dumps({"length": given.length, "shards": written, "pieces": total}) + "\n")
    print(f"{out}: {total} pieces in {written} shards")


if __name__ == "__main__":
    main()

"""The file of soft labels: an xz stream of a first line of JSON (what made the labels, label names, the raw file) and a record per line.

A record is the number of lines since the last record, the number of words (both as LEB128), and for each word its labels: byte 0 where
O has probability 1 to within 1/255, else pairs of a byte `1 + label` (the highest bit marks the word's last pair) and a byte of the
probability in 1/255, most probable first. Words are those of words.py. Probabilities that are not listed are 0; what is listed need
not sum to 255, so divide by the sum.
"""

import json
import lzma
from pathlib import Path

from labels import LABELS

FORMAT = "eigennamen soft labels 1"
LAST = 0x80
# The compressor gives its output in blocks of up to 64 KiB; twice that is kept free in a shard.
HELD_BACK = 128 << 10


def leb128(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


class LabelWriter:
    """Writes shards NAME-0.labels.xz, NAME-1.labels.xz, ... of at most `limit` bytes; at most `files` in the folder."""

    def __init__(self, folder, limit, files):
        self.folder, self.limit, self.files = Path(folder), limit, files
        self.written = 0
        self.out = None

    def open(self, name, about):
        """Begins the shards of one raw file."""
        self.close()
        self.name, self.about, self.shard = name, about, 0

    def add(self, line, words, content):
        """Adds the labels of a line (counted from 1). False when no further file may be written."""
        if self.out is None or self.size > self.limit - HELD_BACK:
            self.close()
            if self.written == self.files:
                return False
            self.begin()
        record = leb128(line - self.line) + leb128(words) + content
        self.size += self.out.write(self.packer.compress(record))
        self.line = line
        return True

    def begin(self):
        self.out = open(self.folder / f"{self.name}-{self.shard}.labels.xz", "wb")
        self.packer = lzma.LZMACompressor(preset=4)
        header = {"format": FORMAT, "labels": LABELS, **self.about}
        self.size = self.out.write(self.packer.compress(json.dumps(header, ensure_ascii=False).encode() + b"\n"))
        self.line = 0
        self.shard += 1
        self.written += 1

    def close(self):
        if self.out is not None:
            self.size += self.out.write(self.packer.flush())
            self.out.close()
            self.out = None
            if self.size > self.limit:
                raise SystemExit(f"{self.name}-{self.shard - 1}.labels.xz has {self.size} bytes; expected at most {self.limit}. Lower --shard.")


def read_labels(path):
    """The header, and a list of (line, words), where a word is a list of (label, probability in 1/255)."""
    content = lzma.decompress(Path(path).read_bytes())
    at = content.index(b"\n") + 1
    header = json.loads(content[:at])
    if header.get("format") != FORMAT:
        raise SystemExit(f"{path} says {header.get('format')!r}; expected {FORMAT!r}")

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = content[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    lines, line = [], 0
    while at < len(content):
        line += number()
        words = []
        for _ in range(number()):
            pairs = []
            if content[at] == 0:
                pairs.append((0, 255))
                at += 1
            else:
                last = 0
                while not last:
                    last = content[at] & LAST
                    pairs.append(((content[at] & 0x7F) - 1, content[at + 1]))
                    at += 2
            words.append(pairs)
        lines.append((line, words))
    return header, lines

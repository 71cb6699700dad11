"""Learns and applies the vocabulary of subword pieces.

Learning is byte-pair encoding over word counts (Sennrich, Haddow and Birch 2016) on characters; a piece inside a word begins with
"##". Applying takes the longest piece that fits from the left, as WordPiece does, which needs no list of merges and is as good
(Uzan et al. 2024, "Greed is all you need"). The result depends on the text alone: ties go to the alphabetically first pair.

    python3 vocabulary.py --data DIR --out vocabulary.txt [--size 32000] [--every 1] [--words 300000]
"""

import argparse
import heapq
from collections import Counter, defaultdict
from pathlib import Path

from words import raw_files, read_chunks, words_of

SPECIALS = ["[PAD]", "[UNK]", "[MASK]", "[SEP]"]
PAD, UNKNOWN, MASK, SEPARATOR = range(4)
LONGEST_WORD = 60


class Vocabulary:
    """Pieces by number, and words to pieces; words are looked up once."""

    def __init__(self, path):
        self.pieces = Path(path).read_text(encoding="utf-8").split("\n")[:-1]
        if self.pieces[: len(SPECIALS)] != SPECIALS:
            raise SystemExit(f"{path} begins with {self.pieces[:4]}; expected {SPECIALS}. Make it with vocabulary.py.")
        self.ids = {piece: number for number, piece in enumerate(self.pieces)}
        self.longest = max(len(piece) for piece in self.pieces)
        self.cache = {}

    def __len__(self):
        return len(self.pieces)

    def encode(self, word):
        """Piece numbers of one word; a word with a character that the vocabulary does not know is one [UNK]."""
        known = self.cache.get(word)
        if known is None:
            known = self.cache[word] = self.split(word)
        return known

    def split(self, word):
        numbers = []
        start = 0
        while start < len(word) and len(word) <= LONGEST_WORD:
            mark = "##" if start > 0 else ""
            for end in range(min(len(word), start + self.longest), start, -1):
                number = self.ids.get(mark + word[start:end])
                if number is not None:
                    break
            else:
                return (UNKNOWN,)
            numbers.append(number)
            start = end
        return tuple(numbers) or (UNKNOWN,)


def count_words(data, every, limit):
    """The `limit` most frequent words of every n-th chunk of the raw files, with their counts."""
    counts = Counter()
    for path in raw_files(data):
        for index, chunk in enumerate(read_chunks(path)):
            if index % every == 0:
                counts.update(words_of(chunk))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(word, count) for word, count in ranked if len(word) <= LONGEST_WORD][:limit]


def learn(counts, size, rarest_character):
    """Pieces of a vocabulary of `size`: specials, characters at both places, then merges in the order they were learnt."""
    characters = Counter()
    for word, count in counts:
        for character in word:
            characters[character] += count
    alphabet = {character for character, count in characters.items() if count >= rarest_character}
    usable = [(word, count) for word, count in counts if alphabet.issuperset(word)]
    splits = [[word[0], *("##" + character for character in word[1:])] for word, _ in usable]
    pieces = SPECIALS + sorted({symbol for split in splits for symbol in split} | alphabet)
    if len(pieces) > size:
        raise SystemExit(f"{len(pieces)} characters do not fit into a vocabulary of {size}; raise --size or --rarest")

    pair_count = Counter()
    pair_words = defaultdict(set)
    for index, (split, (_, count)) in enumerate(zip(splits, usable)):
        for pair in zip(split, split[1:]):
            pair_count[pair] += count
            pair_words[pair].add(index)
    heap = [(-count, pair) for pair, count in pair_count.items()]
    heapq.heapify(heap)
    seen = set(pieces)
    while len(pieces) < size and heap:
        negative, pair = heapq.heappop(heap)
        count = pair_count[pair]
        if count != -negative:
            # An entry from before the count changed: put back with the count of now.
            if count > 0:
                heapq.heappush(heap, (-count, pair))
            continue
        merged = pair[0] + pair[1][2:]
        if merged not in seen:
            seen.add(merged)
            pieces.append(merged)
        changed = set()
        for index in pair_words.pop(pair):
            split, weight = splits[index], usable[index][1]
            for old in zip(split, split[1:]):
                pair_count[old] -= weight
            splits[index] = merge(split, pair, merged)
            for new in zip(splits[index], splits[index][1:]):
                pair_count[new] += weight
                pair_words[new].add(index)
                changed.add(new)
        del pair_count[pair]
        for new in changed:
            if merged in new:
                heapq.heappush(heap, (-pair_count[new], new))
    return pieces


def merge(split, pair, merged):
    joined = []
    at = 0
    while at < len(split):
        if at + 1 < len(split) and split[at] == pair[0] and split[at + 1] == pair[1]:
            joined.append(merged)
            at += 2
        else:
            joined.append(split[at])
            at += 1
    return joined


def main():
    options = argparse.ArgumentParser(description="learn a subword vocabulary")
    options.add_argument("--data", required=True, help="folder with raw/*.txt.xz")
    options.add_argument("--out", required=True)
    options.add_argument("--size", type=int, default=32000)
    options.add_argument("--every", type=int, default=1, help="count the words of every n-th 4 MB of text")
    options.add_argument("--words", type=int, default=300000, help="frequent words to learn from")
    options.add_argument("--rarest", type=int, default=50, help="a rarer character becomes [UNK]")
    given = options.parse_args()
    if not len(SPECIALS) < given.size <= 65536:
        raise SystemExit(f"--size {given.size}: expected at most 65536, since pieces are packed as 16-bit numbers")
    counts = count_words(given.data, given.every, given.words)
    pieces = learn(counts, given.size, given.rarest)
    Path(given.out).write_text("\n".join(pieces) + "\n", encoding="utf-8")
    print(f"{given.out}: {len(pieces)} pieces from {len(counts)} words")


if __name__ == "__main__":
    main()

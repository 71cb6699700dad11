"""Sentences of a CoNLL file: `token TAB tag [TAB inner tag]`, IOB2, an empty line after each; the inner tag is not used."""

import lzma

from labels import LABELS, label_of


def read_conll(path):
    """List of (tokens, labels); a path that ends in .xz is decompressed."""
    sentences, tokens, labels = [], [], []

    def flush():
        if tokens:
            sentences.append((list(tokens), list(labels)))
            tokens.clear()
            labels.clear()

    with (lzma.open if str(path).endswith(".xz") else open)(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file.read().split("\n"), 1):
            columns = line.rstrip("\r").split("\t")
            if columns == [""]:
                flush()
            elif len(columns) == 1 and line.startswith("#") and not tokens:
                continue
            else:
                label = label_of(columns[1]) if 2 <= len(columns) <= 3 else None
                if label is None or columns[0] == "":
                    raise SystemExit(f"{path}:{number}: expected token TAB tag [TAB inner tag] with a tag such as {LABELS[1]}, got {line[:60]!r}")
                tokens.append(columns[0])
                labels.append(label)
    flush()
    return sentences


def format_conll(sentences):
    """The same format, two columns."""
    return "".join("".join(f"{token}\t{LABELS[label]}\n" for token, label in zip(*pair)) + "\n" for pair in sentences)

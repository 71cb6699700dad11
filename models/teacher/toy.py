"""Writes a small data folder of generated sentences with the layout of the inputs: enough to see every script run, not to learn German.

    python3 toy.py --out FOLDER
"""

import argparse
import lzma
import random
from pathlib import Path

PEOPLE = ["Anna Weber", "Jürgen Groß", "Lena Öztürk", "Karl Maier", "Eva Brandt", "Uwe Kühn"]
PLACES = ["Bremen", "Köln", "Österreich", "Graz", "Zürich", "Mali"]
BODIES = ["Siemens", "SPD", "Bundestag", "BASF", "Deutsche Bahn", "IG Metall"]
FRAMES = [
    "{PER} kommt am Montag nach {LOC} .",
    "Die {ORG} baut in {LOC} ein Werk , sagte {PER} .",
    "In {LOC} regnet es seit 14 Tagen .",
    "{PER} verlässt die {ORG} nach 20 Jahren .",
    "Das Wetter bleibt schön , und der Wind ist schwach .",
    "Der {LOC}-Besuch von {PER} war kurz .",
]
NAMES = {"PER": PEOPLE, "LOC": PLACES, "ORG": BODIES}


def sentence(generator):
    """(tokens, tags) of one sentence; a name in front of a hyphen makes the word a compound."""
    tokens, tags = [], []
    for part in generator.choice(FRAMES).split(" "):
        kind = part[1:4] if part.startswith("{") else None
        if kind is None:
            tokens.append(part)
            tags.append("O")
            continue
        name = generator.choice(NAMES[kind])
        words = (name + part[5:]).split(" ")
        suffix = "part" if len(part) > 5 else ""
        tokens += words
        tags += [f"{'I' if at else 'B'}-{kind}{suffix}" for at in range(len(words))]
    return tokens, tags


def main():
    options = argparse.ArgumentParser(description="write a generated data folder")
    options.add_argument("--out", required=True)
    given = options.parse_args()
    out = Path(given.out)
    (out / "raw").mkdir(parents=True, exist_ok=True)
    generator = random.Random(1)
    for name, size in (("wikipedia", 1500), ("bundestag", 1000)):
        text = "".join(" ".join(sentence(generator)[0]).replace(" .", ".").replace(" ,", ",") + "\n" for _ in range(size))
        (out / "raw" / f"{name}.txt.xz").write_bytes(lzma.compress(text.encode("utf-8")))
    for name, size in (("germeval.train", 300), ("own.train", 100), ("germeval.dev", 100)):
        lines = ("".join(f"{token}\t{tag}\tO\n" for token, tag in zip(*sentence(generator))) for _ in range(size))
        (out / f"{name}.conll").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{out}: generated")


if __name__ == "__main__":
    main()

"""Words of a text, as every script here counts them, and the reading of raw text files.

A word is a run of letters, a run of digits, or one other character that is no white space. These words are finer than the tokens of
the package: every token begins where a word begins, so a label of a token is the label of its first word, and neither training nor
labelling needs the package's tokeniser. The JavaScript twin is /[\\p{L}\\p{Nl}\\p{No}]+|\\p{Nd}+|[^\\s]/gu (line for line the same
number of words, save lines with control characters).
"""

import lzma
import re
import sys
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+|\d+|[^\s]")


def words_of(text):
    """Words of a text, in order."""
    return WORD.findall(text)


def raw_files(folder):
    """The files raw/*.txt.xz below a data folder, by name."""
    files = sorted((Path(folder) / "raw").glob("*.txt.xz"))
    if not files:
        raise SystemExit(f"found no raw/*.txt.xz in {folder}; expected a data folder as models/README.md describes it")
    return files


def read_chunks(path, size=1 << 22):
    """Texts of whole lines, about `size` characters each. A file that was cut to save room is read as far as it goes: its last,
    incomplete line is dropped, so that line numbers stay those of the whole file."""
    decoder = lzma.LZMADecompressor()
    rest = b""
    with open(path, "rb") as file:
        while not decoder.eof:
            packed = file.read(1 << 20)
            if packed == b"":
                print(f"{path}: the file was cut; using what is there", file=sys.stderr)
                break
            rest += decoder.decompress(packed)
            if len(rest) >= size:
                end = rest.rfind(b"\n") + 1
                if end > 0:
                    yield rest[:end].decode("utf-8")
                    rest = rest[end:]
    if decoder.eof and rest:
        yield rest.decode("utf-8")
    elif b"\n" in rest:
        yield rest[: rest.rfind(b"\n") + 1].decode("utf-8")

"""Takes a pretrained checkpoint home in files of at most 15 MiB, and puts it together again.

Of the checkpoint only what finetune.py needs is kept (embeddings and encoder), each row of a matrix as 8-bit integers with a scale:
about a quarter of 32-bit weights. The state of the optimizer stays behind, so pretraining cannot go on from it.

    python3 weights.py split --checkpoint pretrain.pt --out FOLDER
    python3 weights.py join --out FOLDER --checkpoint pretrain.pt
"""

import argparse
import io
from pathlib import Path

import torch

PART_BYTES = 15 << 20


def quantise(weight):
    """A matrix as (integers, scale of each row); a vector as 16-bit floats."""
    if weight.dim() != 2:
        return weight.half()
    scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
    return (weight / scale).round().to(torch.int8), scale.squeeze(1)


def restore(kept):
    if isinstance(kept, tuple):
        return kept[0].float() * kept[1][:, None]
    return kept.float()


def split(checkpoint, folder):
    saved = torch.load(checkpoint, map_location="cpu")
    kept = {name: weight for name, weight in saved["model"].items() if name.startswith(("embedding.", "encoder."))}
    packed = {name: quantise(weight) for name, weight in kept.items()}
    error = max((restore(packed[name]) - weight).abs().max().item() for name, weight in kept.items())
    memory = io.BytesIO()
    torch.save({"shape": saved["shape"], "pieces": saved["pieces"], "tokens": saved["tokens"], "packed": packed}, memory)
    content = memory.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("weights.*.part"):
        old.unlink()
    for number, start in enumerate(range(0, len(content), PART_BYTES)):
        (folder / f"weights.{number}.part").write_bytes(content[start : start + PART_BYTES])
    print(f"{folder}: {len(content) / 2**20:.1f} MiB in {number + 1} parts, largest error of a weight {error:.5f}")


def join(folder, checkpoint):
    parts = sorted(folder.glob("weights.*.part"))
    if not parts:
        raise SystemExit(f"found no weights.*.part in {folder}; expected what `weights.py split` wrote")
    saved = torch.load(io.BytesIO(b"".join(part.read_bytes() for part in parts)), map_location="cpu")
    saved["model"] = {name: restore(kept) for name, kept in saved.pop("packed").items()}
    torch.save(saved, checkpoint)
    print(f"{checkpoint}: {len(saved['model'])} weights of a model that has seen {saved['tokens'] / 1e6:.1f}M tokens")


def main():
    options = argparse.ArgumentParser(description="take a pretrained checkpoint apart and together")
    options.add_argument("action", choices=["split", "join"])
    options.add_argument("--checkpoint", required=True)
    options.add_argument("--out", required=True, help="folder of the parts")
    given = options.parse_args()
    if given.action == "split":
        split(given.checkpoint, Path(given.out))
    else:
        join(Path(given.out), given.checkpoint)


if __name__ == "__main__":
    main()

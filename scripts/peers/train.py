"""Trains one of the zoo's networks in PyTorch on the cases and for the epochs of a finished run, to compare the AUC.

    python3 scripts/peers/train.py RUN DATA [bf16]     # needs torch, numpy, scikit-learn

Same validation cases (RUN/validation.csv), epochs, batch, Adam, cosine decay, L2, random shifts, quarter turns and flips;
batch-norm statistics recomputed over training data before each validation; the best epoch counts, as there. With bf16 the
matrix products are in bfloat16 (autocast), which is faster. Prints the AUC of each epoch beside the run's best.
"""
import csv
import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).parents[1] / "fixtures"))
from architectures import NETWORKS  # noqa: E402

MARGIN = 3


def crop(path):
    with np.load(path) as case:
        volume = case["voxel"] * case["seg"]
    start = [(n - 32) // 2 - MARGIN for n in volume.shape]
    return volume[tuple(slice(s, s + 32 + 2 * MARGIN) for s in start)]


def augmented(volume, rng):
    z, y, x = rng.integers(0, 2 * MARGIN + 1, 3)
    volume = volume[z:z + 32, y:y + 32, x:x + 32].transpose(rng.permutation(3))
    return volume[tuple(slice(None, None, rng.choice((-1, 1))) for _ in range(3))]


def tensor(volumes):
    x = torch.from_numpy(np.ascontiguousarray(np.stack(volumes), dtype=np.float32))[:, None]
    return x.to(memory_format=torch.channels_last_3d)


def initialise(model):
    for module in model.modules():
        if isinstance(module, (torch.nn.Conv3d, torch.nn.Linear)):
            torch.nn.init.kaiming_uniform_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                torch.nn.init.zeros_(module.bias)


def main(run, data, bf16):
    config = json.loads((run / "config.json").read_text())
    options = config["options"] if "options" in config else config
    result = json.loads((run / "result.json").read_text())
    rows = list(csv.DictReader((data / "train_val.csv").open()))
    held = {row["name"] for row in csv.DictReader((run / "validation.csv").open())}
    labels = np.array([int(row["label"]) for row in rows])
    volumes = [crop(data / "train_val" / f"{row['name']}.npz") for row in rows]
    is_held = np.array([row["name"] in held for row in rows])
    training, validation = np.where(~is_held)[0], np.where(is_held)[0]
    centre = (slice(MARGIN, MARGIN + 32),) * 3
    epochs, batch = result["epochs"], options["batch"]
    rng = np.random.default_rng(0)
    torch.manual_seed(0)
    model = NETWORKS[config["architecture"]["name"]]().to(memory_format=torch.channels_last_3d)
    initialise(model)
    kernels = [m.weight for m in model.modules() if isinstance(m, (torch.nn.Conv3d, torch.nn.Linear))]
    norms = [m for m in model.modules() if isinstance(m, torch.nn.BatchNorm3d)]
    steps = epochs * (len(training) // batch)
    adam = torch.optim.Adam(model.parameters(), 1e-3)
    decay = torch.optim.lr_scheduler.LambdaLR(adam, lambda s: 0.5 * (1 + math.cos(math.pi * s / steps)))

    def forward(volumes):
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            return model(tensor(volumes)).float()

    @torch.no_grad()
    def validate():
        for module in norms:
            module.reset_running_stats()
            module.momentum = None
        for part in np.array_split(rng.permutation(training)[:10 * batch], 10):
            forward([volumes[i][centre] for i in part])
        for module in norms:
            module.momentum = 0.01
        model.eval()
        scores = [forward([volumes[i][centre] for i in part]) for part in np.array_split(validation, 9)]
        model.train()
        return roc_auc_score(labels[validation], torch.cat(scores).softmax(1)[:, 1].numpy())

    best = 0
    for epoch in range(1, epochs + 1):
        start, order = time.time(), rng.permutation(training)
        for first in range(0, len(order) - batch + 1, batch):
            part = order[first:first + batch]
            logits = forward([augmented(volumes[i], rng) for i in part])
            loss = F.cross_entropy(logits, torch.from_numpy(labels[part])) + 1e-4 * sum((w**2).sum() for w in kernels)
            adam.zero_grad()
            loss.backward()
            adam.step()
            decay.step()
        auc = validate()
        best = max(best, auc)
        print(f"epoch {epoch}/{epochs}: validation AUC {auc:.4f}, {time.time() - start:.0f} s", flush=True)
    ours = result["auc"]
    print(f"{config['architecture']['name']}: PyTorch {best:.4f}, this run {ours:.4f}, difference {ours - best:+.4f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), "bf16" in sys.argv[3:])

"""Times a network of the zoo in PyTorch, channels last, plain or compiled: bench_torch.py MODEL train|infer [--compile]"""
import sys
from pathlib import Path

import torch
from timing import options, report

sys.path.insert(0, str(Path(__file__).parents[1] / "fixtures"))
from architectures import NETWORKS  # noqa: E402

wanted = options()
torch.manual_seed(0)
torch.set_num_threads(wanted.threads)
layout = torch.channels_last_3d
model = NETWORKS[wanted.model]().to(memory_format=layout).train(wanted.task == "train")
forward = torch.compile(model) if wanted.compile else model
x = (torch.rand(wanted.batch, 1, 32, 32, 32) * 255).to(memory_format=layout)
y = torch.randint(0, 2, (wanted.batch,))
adam = torch.optim.Adam(model.parameters(), 1e-3)


def logits():
    with torch.autocast("cpu", torch.bfloat16, enabled=wanted.precision == "bf16"):
        return forward(x).float()


def train():
    adam.zero_grad()
    torch.nn.functional.cross_entropy(logits(), y).backward()
    adam.step()


def infer():
    with torch.inference_mode():
        logits()


report(train if wanted.task == "train" else infer, wanted)

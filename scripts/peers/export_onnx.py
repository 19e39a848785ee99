"""Writes a network of the zoo as ONNX, from PyTorch: export_onnx.py MODEL BATCH OUT [WEIGHTS.safetensors]"""
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[1] / "fixtures"))
from architectures import NETWORKS  # noqa: E402

name, batch, out, *weights = sys.argv[1:]
model = NETWORKS[name]().eval()
if weights:
    from safetensors.torch import load_file

    model.load_state_dict(load_file(weights[0]), strict=False)  # batch counters are nobody else's
torch.onnx.export(model, torch.zeros(int(batch), 1, 32, 32, 32), out, dynamo=False, opset_version=17)

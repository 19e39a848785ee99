"""Predicts one case in a process of its own, as `voxelzoo predict` does: cold.py RUNTIME MODEL NETWORK CASE.npz THREADS

NETWORK is a safetensors file for torch, an ONNX file for onnxruntime and openvino. Only what the runtime needs is imported.
Prints the probability of the second class.
"""
import sys

import numpy as np

runtime, name, network, case, threads = sys.argv[1:]
with np.load(case) as arrays:
    volume = arrays["voxel"] * arrays["seg"]
start = [(n - 32) // 2 for n in volume.shape]
x = np.ascontiguousarray(volume[tuple(slice(s, s + 32) for s in start)], dtype=np.float32)[None, None]
if runtime == "torch":
    from pathlib import Path

    import torch
    from safetensors.torch import load_file

    sys.path.insert(0, str(Path(__file__).parents[1] / "fixtures"))
    from architectures import NETWORKS

    torch.set_num_threads(int(threads))
    model = NETWORKS[name]().eval()
    model.load_state_dict(load_file(network), strict=False)
    with torch.inference_mode():
        logits = model(torch.from_numpy(x)).numpy()[0]
elif runtime == "onnxruntime":
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = int(threads)
    session = onnxruntime.InferenceSession(network, settings, providers=["CPUExecutionProvider"])
    logits = session.run(None, {session.get_inputs()[0].name: x})[0][0]
else:
    import openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": int(threads)}
    core = openvino.Core()
    logits = core.compile_model(core.read_model(network), "CPU", settings)([x])[0][0]
print(1 / (1 + np.exp(logits[0] - logits[1])))

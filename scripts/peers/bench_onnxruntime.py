"""Times inference of an ONNX file in ONNX Runtime: bench_onnxruntime.py MODEL infer --network FILE"""
import numpy as np
import onnxruntime
from timing import options, report

wanted = options(precisions=("f32",))
settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = wanted.threads
session = onnxruntime.InferenceSession(wanted.network, settings, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
x = np.random.rand(wanted.batch, 1, 32, 32, 32).astype("float32") * 255
report(lambda: session.run(None, {name: x}), wanted)

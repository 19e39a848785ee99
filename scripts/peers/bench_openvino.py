"""Times inference of an ONNX file in OpenVINO: bench_openvino.py MODEL infer --network FILE [--precision bf16]"""
import numpy as np
import openvino
from timing import options, report

wanted = options()
core = openvino.Core()
settings = {"INFERENCE_PRECISION_HINT": wanted.precision, "INFERENCE_NUM_THREADS": wanted.threads}
request = core.compile_model(core.read_model(wanted.network), "CPU", settings).create_infer_request()
x = np.random.rand(wanted.batch, 1, 32, 32, 32).astype("float32") * 255
report(lambda: request.infer([x]), wanted)

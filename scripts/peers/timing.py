"""What the peers' programs share: their options, and how a step is timed."""
import argparse
import json
import statistics
import time


def options(precisions=("f32", "bf16")):
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=("densenet", "resnet18"))
    parser.add_argument("task", choices=("train", "infer"))
    parser.add_argument("--precision", choices=precisions, default="f32")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--compile", action="store_true", help="PyTorch: torch.compile")
    parser.add_argument("--network", help="an ONNX file, for the programs that read one")
    return parser.parse_args()


PATIENCE = 10  # seconds after which no further step begins


def report(step, wanted):
    """Prints samples a second as JSON: the median of the repetitions, after two steps that warm up (one that takes long)."""
    start = time.perf_counter()
    step()
    if time.perf_counter() - start < PATIENCE:
        step()
    seconds = []
    while len(seconds) < wanted.repetitions and sum(seconds) < PATIENCE:
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"samples_per_second": wanted.batch / statistics.median(seconds)}))

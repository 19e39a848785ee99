"""What scripts/bench-peers measured, as Markdown."""
import datetime
import os
import platform
import statistics
from pathlib import Path

TASKS = {"train": "training", "infer": "inference", "cold": "one case from a cold start"}


class Failure(Exception):
    """A program that did not run to its end, with what it said last."""


class Entry:
    """A program in a table, with what was measured in each round."""

    def __init__(self, name, precision, command, is_ours=False, answer=None):
        self.name, self.precision, self.command = name, precision, command
        self.is_ours, self.answer, self.failure = is_ours, answer, None
        self.forget()

    def forget(self):
        self.values, self.peaks, self.results = [], [], []

    def add(self, value, peak, result):
        self.values.append(value)
        self.peaks.append(peak)
        self.results.append(result)

    @property
    def median(self):
        return statistics.median(self.values) if self.values and not self.failure else None

    @property
    def title(self):
        return f"{self.name} {self.precision}".strip()

    def __str__(self):
        return f"{self.title}: {self.failure or f'{self.values[-1]:.3f}, {self.peaks[-1] / 1e6:.0f} MB'}"


class Table:
    """All programs at one task."""

    def __init__(self, model, task, entries):
        self.model, self.task, self.entries = model, task, entries

    @property
    def json(self):
        return {"model": self.model, "task": self.task, "programs": [
            {"name": e.name, "precision": e.precision, "values": e.values, "peaks": e.peaks, "failure": e.failure}
            for e in self.entries]}

    def gain(self, ours, other):
        """How many times faster ours is than another: rates are better high, seconds low."""
        if ours.median is None or other.median is None:
            return None
        return other.median / ours.median if self.task == "cold" else ours.median / other.median

    def best(self, precision):
        """The fastest peer. Against f32 stand the peers in f32, against anything else all of them."""
        peers = [e for e in self.entries if not e.is_ours and e.median is not None]
        peers = [e for e in peers if precision != "f32" or e.precision == "f32"]
        return (min if self.task == "cold" else max)(peers, key=lambda e: e.median, default=None)

    def markdown(self):
        ours = [e for e in self.entries if e.is_ours]
        unit = "seconds" if self.task == "cold" else "samples/s"
        lines = [["program", "precision", unit, "range", "peak memory", *(f"{e.title} is" for e in ours)]]
        for entry in self.entries:
            if entry.failure:
                lines.append([entry.name, entry.precision, f"failed: {entry.failure.replace('|', '/')}", "", ""])
                lines[-1] += [""] * len(ours)
                continue
            lines.append([
                entry.name, entry.precision, number(entry.median),
                f"{number(min(entry.values))} – {number(max(entry.values))}", memory(max(entry.peaks)),
                *("" if entry.is_ours else ratio(self.gain(e, entry)) for e in ours)])
        return f"## {self.model}: {TASKS[self.task]}\n\n" + table(lines)


def compare_answers(entries):
    """Who gives another probability than we do has not done the same work."""
    if not entries[0].results:
        return
    expected = entries[0].results[0]["probability"]
    for entry in entries[1:]:
        found = [result["probability"] for result in entry.results]
        if not entry.failure and not all(abs(p - expected) < 1e-3 for p in found):
            entry.failure = f"probability {found[0]:.5f} where VoxelZoo has {expected:.5f}"


def summary(tables):
    lines = [["task", "precision", "VoxelZoo", "best peer", "does", "times faster", "peak memory", "peer's"]]
    for part in tables:
        for entry in (e for e in part.entries if e.is_ours):
            best = part.best(entry.precision)
            unit = " s" if part.task == "cold" else " samples/s"
            lines.append([
                f"{part.model}, {TASKS[part.task]}{entry.name.removeprefix('VoxelZoo')}", entry.precision,
                "failed" if entry.median is None else number(entry.median) + unit, best.title if best else "none",
                number(best.median) + unit if best else "", ratio(part.gain(entry, best)) if best else "",
                memory(max(entry.peaks, default=None)), memory(max(best.peaks)) if best else ""])
    return table(lines)


def field(file, name):
    """What stands behind a name in one of the kernel's lists."""
    lines = Path(file).read_text().splitlines() if Path(file).exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "unknown")


def flags():
    """What the processor can do, in the kernel's words."""
    return set(field("/proc/cpuinfo", "flags").split())


def machine(tables, wanted, versions, commit):
    """What everything ran on."""
    known = [f for f in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if f in flags()]
    system = Path("/etc/os-release").read_text() if Path("/etc/os-release").exists() else ""
    name = next((line.split("=", 1)[1].strip('"') for line in system.splitlines() if line.startswith("PRETTY")), "")
    ours = [r for part in tables for e in part.entries if e.is_ours for r in e.results]
    peaks = [r for r in ours if "peak_operations_per_second" in r]
    lines = [
        f"- processor: {field('/proc/cpuinfo', 'model name')}, {os.cpu_count()} processors ({', '.join(known) or 'no AVX2'})",
        f"- memory: {int(field('/proc/meminfo', 'MemTotal').split()[0]) / 1e6:.1f} GB",
        f"- system: {name}, Linux {platform.release()}",
    ]
    if peaks:
        multiply = max(r["peak_operations_per_second"] for r in peaks) / 1e9
        memory_speed = max(r["peak_bytes_per_second"] for r in peaks) / 1e9
        lines.append(f"- measured on {wanted.threads} threads: {multiply:.0f} GFLOP/s of f32 multiply-adds, "
                     f"{memory_speed:.0f} GB/s of memory")
    lines.append(f"- VoxelZoo at {commit}; Python {platform.python_version()}; "
                 + ", ".join(f"{package} {found or 'not installed'}" for package, found in versions.items()))
    return "\n".join(lines)


def page(tables, wanted, versions, commit):
    """The whole page."""
    quick = "**A quick run: it shows that everything runs, its figures mean nothing.**\n\n" if wanted.quick else ""
    counts = (f"{wanted.rounds} rounds of {wanted.repetitions} timed steps after two that warm up (fewer of peers whose steps take "
              "more than 10 s together)")
    return f"""# Benchmarks

{quick}Written by `scripts/bench-peers` on {datetime.date.today()}. Every program ran in a process of its own, in turn:
{counts};
medians, and the range over the rounds. A sample has 32³ voxels, a batch {wanted.batch} samples, everyone {wanted.threads} threads. Training is forward, cross-entropy, backward, Adam. The networks are
the same in all programs. Absolute figures move with the machine; ratios are what to read.

{machine(tables, wanted, versions, commit)}

## In short

Against f32 stand the peers in f32, against bf16 the fastest peer at any precision.

{summary(tables)}
""" + "\n".join(part.markdown() for part in tables) + f"""
A cold start is a whole process that reads weights and one case, predicts and ends: `voxelzoo predict`, or Python
with NumPy and the runtime; files are in the system's cache. All give the same probability to 1e-3, or are listed as failed.
PyTorch runs in `channels_last_3d`, bf16 in it by autocast and in Keras by `mixed_bfloat16`. Peak memory is the largest
resident size of the process.
"""


def number(value):
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def ratio(value):
    return "" if value is None else f"{value:.2f} ×"


def memory(count):
    return "" if count is None else f"{count / 1e9:.2f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def table(lines):
    """Markdown with columns padded, so that the source reads well too; numbers to the right."""
    widths = [max(3, *(len(line[i]) for line in lines)) for i in range(len(lines[0]))]
    head = "|" + "|".join(":" + "-" * (w + 1) if i < 2 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    rows = ["| " + " | ".join(c.ljust(w) if i < 2 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths)))
            + " |" for line in lines]
    return "\n".join([rows[0], head, *rows[1:]]) + "\n"

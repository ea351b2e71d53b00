"""One piece of work for a system written in Python: the words of the command line, its data, and the timed window."""
import json
import os
import resource
import sys
import time

import numpy as np

WARM_UP = 0.4
CHECK_ROWS = 4096


class Job:
    """The words `name=value` that bench/peers/run.py gives to every system."""

    def __init__(self, words):
        self.words = dict(word.split("=", 1) for word in words)
        self.name = self.words["name"]
        self.shape = [int(width) for width in self.words["shape"].split(",")]
        self.activation = self.words["activation"]
        self.is_regression = self.words["loss"] == "squared"
        self.batch, self.rows, self.check_steps, self.threads = (int(self.words[w]) for w in ("batch", "rows", "check", "threads"))
        self.optimizer = self.words["optimizer"]
        self.rate, self.seconds = float(self.words["rate"]), float(self.words["seconds"])

    def path(self, part):
        return os.path.join(self.words["data"], f"{self.name}.{part}")

    def examples(self):
        """X [rows, inputs], and classes [rows] or targets [rows, outputs]."""
        x = np.fromfile(self.path("x"), dtype=np.float32).reshape(self.rows, self.shape[0])
        if self.is_regression:
            return x, np.fromfile(self.path("y"), dtype=np.float32).reshape(self.rows, self.shape[-1])
        return x, np.fromfile(self.path("y"), dtype=np.int32)

    def parameters(self, part="p"):
        """(W [in, out], b [out]) of each layer."""
        flat = np.fromfile(self.path(part), dtype=np.float32)
        layers, at = [], 0
        for inputs, width in zip(self.shape, self.shape[1:]):
            w = flat[at:at + inputs * width].reshape(inputs, width).copy()
            at += inputs * width
            layers.append((w, flat[at:at + width].copy()))
            at += width
        return layers

    def rows_of(self, first, last):
        """How many rows the steps first to last (not included), counted from 0, take."""
        per_epoch = -(-self.rows // self.batch)
        sizes = [self.batch] * (per_epoch - 1) + [self.rows - self.batch * (per_epoch - 1)]
        return sum(sizes[step % per_epoch] for step in range(first, last))

    def batches(self):
        """The bounds of the batches, epoch after epoch, in the rows' own order, without an end."""
        while True:
            for start in range(0, self.rows, self.batch):
                yield start, min(start + self.batch, self.rows)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def timed(job, step):
    """Takes steps(start, stop) through a warm-up and then for a window; gives the rates."""
    batches = job.batches()
    begin = time.perf_counter()
    while time.perf_counter() - begin < WARM_UP:
        step(*next(batches))
    rows = steps = 0
    processor, begin = processor_seconds(), time.perf_counter()
    while True:
        start, stop = next(batches)
        step(start, stop)
        rows += stop - start
        steps += 1
        seconds = time.perf_counter() - begin
        if seconds >= job.seconds:
            break
    return rates(rows, steps, seconds, processor_seconds() - processor)


def rates(rows, steps, seconds, processor):
    return {"rows_per_second": rows / seconds, "steps_per_second": steps / seconds,
            "rows_per_processor_second": rows / max(processor, 1e-9), "seconds": seconds}


def job_of_command_line():
    return Job(sys.argv[1:])


def report(result, **more):
    print(json.dumps({**result, **more}))

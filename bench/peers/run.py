#!/usr/bin/env python3
"""Runs the same work in Backprop and in its peers, one after another in rounds, and writes the results.

    bench/peers/run.sh [--rounds N] [--only W1,W2] [--threads 1,2] [--seconds S] [--systems a,b] [--quick] [--no-readme]

Every measurement is a process of its own that prints one line of JSON. Use run.sh, which installs and builds first.
"""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import machine
import report

PEERS = pathlib.Path(__file__).resolve().parent
ROOT = PEERS.parent.parent
WORK = ROOT / "artifacts/bench"
DATA = WORK / "data"
BENCH = ROOT / "artifacts/bin/Backprop.Bench/release/Backprop.Bench"
PYTHON = "/usr/bin/python3"
TRAINERS = {
    "Backprop": [BENCH, "train"],
    "PyTorch": [PYTHON, PEERS / "torch_train.py"],
    "numpy": [PYTHON, PEERS / "numpy_train.py"],
    "oneDNN products": [WORK / "onednn"],
}
OPTIMIZERS = ("gd", "adam")


class Runner:
    def __init__(self, options):
        self.options = options
        self.workloads = json.loads((PEERS / "workloads.json").read_text(encoding="utf-8"))
        self.samples = []

    def run(self):
        self.write_data()
        for number in range(1, self.options.rounds + 1):
            self.round = number
            for name in (name for name in self.workloads if name in self.options.only):
                self.train(name)

    def words(self, name, optimizer, threads):
        work = self.workloads[name]
        words = {"name": name, "shape": ",".join(map(str, work["shape"])), "activation": work["activation"], "loss": work["loss"],
                 "batch": work["batch"], "rows": work["rows"], "check": work["check"], "optimizer": optimizer,
                 "rate": work["rates"][optimizer], "threads": threads, "seconds": self.options.seconds, "data": DATA}
        return [f"{word}={value}" for word, value in words.items()]

    def write_data(self):
        DATA.mkdir(parents=True, exist_ok=True)
        for name in self.workloads:
            words = self.words(name, "gd", 1)
            stamp = DATA / f"{name}.words"
            text = " ".join(word for word in words if word.split("=")[0] in ("shape", "activation", "loss", "rows"))
            if name in self.options.only and (not stamp.exists() or stamp.read_text(encoding="utf-8") != text):
                subprocess.run([BENCH, "data", *words], check=True)
                stamp.write_text(text, encoding="utf-8")

    def train(self, name):
        for threads in self.options.threads:
            for optimizer in OPTIMIZERS:
                self.measure("limits", name, optimizer, threads, [WORK / "limits", "0.2"])
                for system, command in self.trainers(optimizer):
                    self.measure(system, name, optimizer, threads, [*command, *self.words(name, optimizer, threads)])
                    if system == "Backprop" and threads == 2:
                        self.measure(system, name, optimizer, 0, [*command, *self.words(name, optimizer, 0)])

    def trainers(self, optimizer):
        for system, command in TRAINERS.items():
            if system in self.options.systems and not (system == "oneDNN products" and optimizer == "adam"):
                yield system, command

    def measure(self, system, name, optimizer, threads, command):
        environment = dict(os.environ)
        if threads > 0:
            environment |= {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
        busy = machine.Busy()
        begin = time.monotonic()
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=errors, env=environment)
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            message = errors.read().decode(errors="replace")
        sample = {"round": self.round, "system": system, "workload": name, "optimizer": optimizer, "threads": threads,
                  "wall": round(time.monotonic() - begin, 3), "peak_mib": round(usage.ru_maxrss / 1024, 1),
                  **busy.seen(usage.ru_utime + usage.ru_stime)}
        if process.returncode == 0:
            sample |= json.loads(output) if output.strip() else {}
        else:
            sample["error"] = message[-500:]
        self.samples.append(sample)
        rate = sample.get("rows_per_second", sample.get("fma", 0))
        print(f"{self.round} {name} {optimizer} {threads} {system:16} {rate:14,.0f} {sample.get('error', '')[-200:]}", file=sys.stderr)


def list_of(text):
    return text.split(",")


def options_of_command_line():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", type=list_of, default=["W1", "W2", "W3", "W4", "W5", "W6", "W7"])
    parser.add_argument("--threads", type=lambda text: [int(word) for word in list_of(text)], default=[1, 2])
    parser.add_argument("--seconds", type=float, default=1.0, help="the timed window of each measurement")
    parser.add_argument("--systems", type=list_of, default=list(TRAINERS))
    parser.add_argument("--quick", action="store_true", help="two rounds, short windows, one thread: to see that it works")
    parser.add_argument("--no-readme", action="store_true", help="print the table, change no file")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.threads = min(options.rounds, 2), 0.3, [1]
    return options


def main():
    options = options_of_command_line()
    runner = Runner(options)
    start = machine.now()
    runner.run()
    results = {"start": start, "end": machine.now(), "rounds": options.rounds, "seconds": options.seconds,
               "machine": machine.describe(), "versions": machine.versions(PEERS),
               "workloads": runner.workloads, "samples": runner.samples}
    text = report.markdown(results)
    if options.no_readme:
        print(text)
        return
    path = ROOT / f"bench/results/{datetime.date.today().isoformat()}.json"
    lines = ",\n".join(json.dumps(sample) for sample in results.pop("samples"))
    path.write_text(json.dumps(results, indent=2)[:-2] + ',\n  "samples": [\n' + lines + "\n]}\n", encoding="utf-8")
    report.fill(ROOT / "bench/README.md", text)
    print(text)


if __name__ == "__main__":
    main()

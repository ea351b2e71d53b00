#!/usr/bin/env python3
"""Runs the same work in Backprop and in its peers, one after another in rounds, and writes the results.

    bench/peers/run.sh [options]

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
OPTIMIZERS = ("gd", "adam")

# Systems that train, the workloads and numbers of threads they are asked for, and why others are left out.
EVERY = ("W1", "W2", "W3", "W4", "W5")
TRAINERS = {
    "Backprop": ([BENCH, "train"], EVERY, (1, 2, 0)),
    "PyTorch": ([PYTHON, PEERS / "torch_train.py"], EVERY, (1, 2)),
    "numpy": ([PYTHON, PEERS / "numpy_train.py"], EVERY, (1, 2)),
    # At two threads it stands on the same OpenBLAS as numpy.
    "scikit-learn": ([PYTHON, PEERS / "sklearn_train.py"], EVERY, (1,)),
    # Needs seconds for each step of W4 and W5.
    "tfjs": (["node", PEERS / "tfjs_train.mjs"], ("W1", "W2", "W3"), (1,)),
    # Has neither ReLU nor softmax.
    "FANN row by row": ([WORK / "fann_train", "mode=rows"], ("W1", "W5"), (1,)),
    "FANN all rows": ([WORK / "fann_train", "mode=all"], ("W1",), (1,)),
    "oneDNN products": ([WORK / "onednn"], EVERY, (1, 2)),
}
DESCENT_ONLY = ("FANN row by row", "FANN all rows", "oneDNN products")

INFERRERS = {
    "Backprop": ([BENCH, "infer"], ("network", "model")),
    "onnxruntime-node": (["node", PEERS / "onnxruntime_infer.mjs"], ("network", "model")),
    "PyTorch": ([PYTHON, PEERS / "torch_infer.py"], ("network",)),
}
INFERENCE_BATCHES = (1, 4096)
CSV_ROWS = {"W2": 100_000, "W4": 4096}

# name: file, target, hidden layers, activation, batch, epochs
TABLES = {
    "iris": (ROOT / "samples/iris.csv", "species", "16", "tanh", 16, 100),
    "100k × 55": (DATA / "W2.csv", "class", "128,64", "relu", 256, 5),
}


class Runner:
    def __init__(self, options):
        self.options = options
        self.workloads = json.loads((PEERS / "workloads.json").read_text(encoding="utf-8"))
        self.samples = []
        self.round = 0

    def run(self):
        self.write_data()
        for self.round in range(1, self.options.rounds + 1):
            for name in self.workloads:
                if name in self.options.only:
                    self.train(name)
            if "W6" in self.options.only:
                self.infer()
            if "W7" in self.options.only:
                self.commands()

    def words(self, name, optimizer, threads, **more):
        work = self.workloads[name]
        words = {"name": name, "shape": ",".join(map(str, work["shape"])), "activation": work["activation"], "loss": work["loss"],
                 "batch": work["batch"], "rows": work["rows"], "check": work["check"], "optimizer": optimizer,
                 "rate": work["rates"][optimizer], "threads": threads, "seconds": self.options.seconds, "data": DATA, **more}
        return [f"{word}={value}" for word, value in words.items()]

    def write_data(self):
        """What is there already from an earlier run of the same workload is kept."""
        DATA.mkdir(parents=True, exist_ok=True)
        needed = set(self.options.only) & set(self.workloads)
        models = set(CSV_ROWS) if "W6" in self.options.only else {"W2"} if "W7" in self.options.only else set()
        for name in sorted(needed | models):
            words = self.words(name, "gd", 1)
            stamp, text = DATA / f"{name}.words", " ".join(w for w in words if w.split("=")[0] in ("shape", "activation", "loss", "rows"))
            if not stamp.exists() or stamp.read_text(encoding="utf-8") != text:
                for old in DATA.glob(f"{name}.*"):
                    old.unlink()
                subprocess.run([BENCH, "data", *words], check=True)
                stamp.write_text(text, encoding="utf-8")
            if name in models and not (DATA / f"{name}.csv").exists():
                subprocess.run([BENCH, "csv", *self.words(name, "gd", 1, rows=CSV_ROWS[name])], check=True)
        if "W6" in self.options.only:
            for name in CSV_ROWS:
                subprocess.run([BENCH, "model", *self.words(name, "adam", 1)], check=True)
                subprocess.run([PYTHON, PEERS / "cut_network.py", DATA / f"{name}.onnx", DATA / f"{name}.network.onnx",
                                DATA / f"{name}.network.p"], check=True)

    def train(self, name):
        for threads in self.options.threads:
            for optimizer in OPTIMIZERS:
                self.measure("limits", name, optimizer, threads, [WORK / "limits", "0.2"])
                for system, (command, workloads, counts) in TRAINERS.items():
                    if name not in workloads or threads not in counts or (optimizer == "adam" and system in DESCENT_ONLY):
                        continue
                    backend = ["backend=cpu" if name == "W1" else "backend=wasm"] if system == "tfjs" else []
                    self.measure(system, name, optimizer, threads, [*command, *backend, *self.words(name, optimizer, threads)])
                    if threads == 2 and 0 in counts:
                        self.measure(system, name, optimizer, 0, [*command, *self.words(name, optimizer, 0)])

    def infer(self):
        for name in CSV_ROWS:
            for batch in INFERENCE_BATCHES:
                for part in ("network", "model"):
                    for system, (command, parts) in INFERRERS.items():
                        if part in parts:
                            words = self.words(name, "adam", 1, batch=batch, part=part)
                            self.measure(system, f"W6/{name}/{part}/{batch}", "none", 1, [*command, *words])

    def commands(self):
        for name, (file, target, hidden, activation, batch, epochs) in TABLES.items():
            with tempfile.TemporaryDirectory() as folder:
                arguments = [file, target, hidden, activation, batch, epochs, f"{folder}/model"]
                for system, command in {
                    "Backprop": [
                        WORK / "tool/backprop", "train", file, "--target", target, "--layers", hidden, "--activation", activation,
                        "--optimizer", "adam", "--learning-rate", "0.001", "--schedule", "constant", "--batch", batch,
                        "--epochs", epochs, "--patience", 0, "--validation", 0.2, "--threads", 1, "--json", "--out", f"{folder}/model.onnx"],
                    "scikit-learn": [PYTHON, PEERS / "table_sklearn.py", *arguments],
                    "PyTorch": [PYTHON, PEERS / "table_torch.py", *arguments],
                }.items():
                    self.measure(system, f"W7/{name}", "adam", 1, command)

    def measure(self, system, name, optimizer, threads, command):
        if system not in self.options.systems + ["limits"]:
            return
        environment = dict(os.environ)
        if threads > 0:
            environment |= {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
        if self.options.nice:
            command = ["nice", "-n", self.options.nice, *command]
        busy = machine.Busy()
        begin = time.monotonic()
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=errors, env=environment)
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall = time.monotonic() - begin
            errors.seek(0)
            message = errors.read().decode(errors="replace").strip()
        processor = usage.ru_utime + usage.ru_stime
        sample = {"round": self.round, "system": system, "workload": name, "optimizer": optimizer, "threads": threads,
                  "wall": round(wall, 3), "processor": round(processor, 3), "peak_mib": round(usage.ru_maxrss / 1024, 1),
                  **busy.seen(processor)}
        if process.returncode != 0:
            sample["error"] = message[-500:]
        elif not name.startswith("W7"):
            sample |= json.loads(output.strip().splitlines()[-1])
        self.samples.append(sample)
        rate = sample.get("rows_per_second", sample.get("fma", 0))
        print(f"{self.round} {name:20} {optimizer:4} {threads} {system:16} {rate:16,.0f}  {wall:5.1f} s  {sample.get('error', '')}",
              file=sys.stderr, flush=True)


def list_of(text):
    return text.split(",")


def options_of_command_line():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="bench/peers/run.sh")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", type=list_of, default=[*EVERY, "W6", "W7"], metavar="W1,W2")
    parser.add_argument("--threads", type=lambda text: [int(word) for word in list_of(text)], default=[1, 2], metavar="1,2",
                        help="2 measures Backprop's default number as well")
    parser.add_argument("--systems", type=list_of, default=list(dict.fromkeys([*TRAINERS, *INFERRERS])), metavar="A,B",
                        help="some of: " + ", ".join(dict.fromkeys([*TRAINERS, *INFERRERS])))
    parser.add_argument("--seconds", type=float, default=0.7, help="the timed window of each measurement (default 0.7)")
    parser.add_argument("--nice", type=int, default=0, metavar="N", help="run what is measured at this priority, -20 (first) to 19")
    parser.add_argument("--quick", action="store_true", help="two rounds, short windows, one thread: to see that it works")
    parser.add_argument("--no-readme", action="store_true", help="print the tables, change no file of the repository")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds, options.threads = min(options.rounds, 2), 0.3, [1]
    return options


def main():
    options = options_of_command_line()
    runner = Runner(options)
    start = machine.now()
    try:
        runner.run()
    except KeyboardInterrupt:
        print("Interrupted: the tables are of the rounds that were finished.", file=sys.stderr)
        runner.samples = [sample for sample in runner.samples if sample["round"] < runner.round]
        if not runner.samples:
            sys.exit(130)
    rounds = max(sample["round"] for sample in runner.samples)
    results = {"start": start, "end": machine.now(), "rounds": rounds, "seconds": options.seconds, "nice": options.nice,
               "machine": machine.describe(), "versions": machine.versions(PEERS), "workloads": runner.workloads,
               "samples": runner.samples}
    WORK.joinpath("last.json").write_text(json.dumps(results), encoding="utf-8")
    text = report.markdown(results)
    print(text)
    if not options.no_readme:
        lines = ",\n".join(json.dumps(sample, ensure_ascii=False) for sample in results.pop("samples"))
        path = ROOT / f"bench/results/{datetime.date.today().isoformat()}.json"
        path.write_text(json.dumps(results, indent=2)[:-2] + ',\n  "samples": [\n' + lines + "\n]}\n", encoding="utf-8")
        report.fill(ROOT / "bench/README.md", text)


if __name__ == "__main__":
    main()

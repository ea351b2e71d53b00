#!/usr/bin/env python3
"""Makes the tables from a file of results: report.py FILE.json"""
import json
import statistics
import sys

BEGIN, END = "<!-- results: written by bench/peers/run.sh -->", "<!-- end of results -->"
# Rounding alone makes some 1e-7 to 1e-5 after the fixed steps; scikit-learn's Adam places epsilon elsewhere: 4e-4.
TOLERANCE = 1e-3
QUIET = 0.1
NAMES = {"gd": "gradient descent", "adam": "Adam"}
TRAINED = ("W1", "W2", "W3", "W4", "W5")
# Those that do the same steps; the others are shown but nothing is divided by them.
SAME_WORK = ("PyTorch", "numpy", "scikit-learn", "tfjs")


def flops_per_row(shape):
    """Of one step: value flow and gradient of every layer, error flow of all but the first; 2 for each multiply-add."""
    products = [inputs * width for inputs, width in zip(shape, shape[1:])]
    return 2 * (3 * sum(products) - products[0])


class Results:
    def __init__(self, results):
        self.results, self.samples = results, results["samples"]

    def of(self, system, workload=None, optimizer=None, threads=None):
        return [sample for sample in self.samples if sample["system"] == system and "error" not in sample
                and workload in (None, sample["workload"]) and optimizer in (None, sample["optimizer"])
                and threads in (None, sample["threads"])]

    def median(self, field, *which):
        values = [sample[field] for sample in self.of(*which) if field in sample]
        return statistics.median(values) if values else None

    def quiet_median(self, field, *which):
        """Of the samples taken while the other processors were idle where there are three, else of all; and how many."""
        samples = [sample for sample in self.of(*which) if field in sample]
        quiet = [sample[field] for sample in samples if sample["others"] + sample["steal"] < QUIET]
        if len(quiet) >= 3:
            return statistics.median(quiet), len(quiet)
        return (statistics.median(sample[field] for sample in samples) if samples else None), 0

    def systems(self):
        return list(dict.fromkeys(sample["system"] for sample in self.samples))


def ratio(a, b):
    return None if not a or not b else a / b


def times(value):
    return "–" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def number(value):
    if value is None:
        return "–"
    return f"{value:,.0f}" if value < 1e5 else f"{value / 1e3:,.0f} k"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def agrees(results, system, workload, optimizer):
    """Whether the losses after the fixed steps are Backprop's; None where the system has none."""
    ours = results.median("loss", "Backprop", workload, optimizer)
    theirs = results.median("loss", system, workload, optimizer)
    return None if ours is None or theirs is None else abs(theirs - ours) <= TOLERANCE * abs(ours)


def best_peer(results, field, workload, optimizer, threads):
    rates = {system: results.median(field, system, workload, optimizer, threads) for system in SAME_WORK
             if agrees(results, system, workload, optimizer)}
    rates = {system: rate for system, rate in rates.items() if rate}
    return max(rates, key=rates.get) if rates else None


def rows_per_second(results, threads):
    systems = [system for system in results.systems() if results.median("rows_per_second", system, None, None, threads)]
    rows = []
    for workload in TRAINED:
        for optimizer in NAMES:
            if results.median("rows_per_second", "Backprop", workload, optimizer, threads) is None:
                continue
            cells = []
            for system in systems:
                which = "gd" if system == "oneDNN products" else optimizer
                rate = number(results.median("rows_per_second", system, workload, which, threads))
                cells.append(rate + (" †" if agrees(results, system, workload, optimizer) is False else ""))
            rows.append([f"{workload} {NAMES[optimizer]}", *cells])
    return table(["rows/s", *systems], rows) if rows else []


def ratios(results):
    """The ratios that are asked for, by wall time and by the time that the processes got from the processors."""
    rows = []
    fields = ("rows_per_second", "rows_per_processor_second")

    def add(what, of):
        values = [of(field) for field in fields]
        if values[0] is not None:
            rows.append([what, times(values[0]), times(values[1])])

    for workload in TRAINED:
        for optimizer, name in NAMES.items():
            ours = {field: results.median(field, "Backprop", workload, optimizer, 1) for field in fields}
            if ours[fields[0]] is None:
                continue
            peer = best_peer(results, fields[1], workload, optimizer, 1)
            add(f"{workload} {name}, against the best peer ({peer})",
                lambda f: ratio(ours[f], results.median(f, peer, workload, optimizer, 1)) if peer else None)
            if workload == "W1":
                add(f"{workload} {name}, against PyTorch", lambda f: ratio(ours[f], results.median(f, "PyTorch", workload, optimizer, 1)))
            else:
                add(f"{workload} {name}, whole step against oneDNN's products alone",
                    lambda f: ratio(ours[f], results.median(f, "oneDNN products", workload, "gd", 1)))
            if workload in ("W4", "W5"):
                peak = dict(zip(fields, ("fma", "fma_per_processor_second")))
                flops = flops_per_row(results.results["workloads"][workload]["shape"])
                add(f"{workload} {name}, arithmetic against the FMA peak",
                    lambda f: ratio(ours[f] * flops, results.median(peak[f], "limits", workload, None, 1)))
    return table(["ratio, one thread", "by wall time", "by processor time"], rows) if rows else []


def thread_ratios(results):
    rows = []
    for workload in TRAINED:
        for optimizer, name in NAMES.items():
            one, quiet_one = results.quiet_median("rows_per_second", "Backprop", workload, optimizer, 1)
            two, quiet_two = results.quiet_median("rows_per_second", "Backprop", workload, optimizer, 2)
            chosen, quiet_chosen = results.quiet_median("rows_per_second", "Backprop", workload, optimizer, 0)
            if one and two and chosen:
                quiet = min(quiet_one, quiet_two, quiet_chosen)
                rows.append([f"{workload} {name}", times(two / one), times(chosen / max(one, two)),
                             str(quiet) if quiet else "none: all samples taken"])
    return table(["threads", "two against one", "default against the better", "samples on a quiet machine"], rows) if rows else []


def conditions(results):
    data = results.results
    samples = results.samples
    about = data["machine"]
    spread = {field: [sample[field] for sample in samples] for field in ("load", "others", "steal")}
    lines = [
        f"{data['start'][:16].replace('T', ' ')} to {data['end'][11:16]} UTC, {data['rounds']} rounds, windows of {data['seconds']:g} s, medians. "
        f"Machine: {about['processor']}, {about['processors']} processors, {about['vectors']}, "
        + ", ".join(f"{name[:3].strip()} {size}" for name, size in about["caches"].items())
        + f", {about['memory_gib']:g} GiB, {about['hypervisor']}, {about['system']}.",
        "",
        f"While it ran: load average {min(spread['load']):.1f} to {max(spread['load']):.1f}; other processes kept "
        f"{statistics.median(spread['others']):.2f} processors busy in the median (at most {max(spread['others']):.2f}); "
        f"stolen by the host {statistics.median(spread['steal']):.2f} (at most {max(spread['steal']):.2f}).",
    ]
    fma, two = results.median("fma", "limits"), results.median("fma_two_threads", "limits")
    memory = results.median("bytes_per_second", "limits")
    if fma:
        lines += ["", f"Limits measured in between: {fma / 1e9:.0f} GFLOP/s of multiply-adds on one thread, {two / 1e9:.0f} on two; "
                      f"memory {memory / 1e9:.1f} GB/s on one thread."]
    lines += ["", "Versions: " + ", ".join(f"{name} {version}" for name, version in data["versions"].items() if version) + "."]
    return lines


def hashes(results):
    """One parameter hash per workload and optimizer, whatever the number of threads."""
    wrong = []
    for workload in TRAINED:
        for optimizer in NAMES:
            found = {sample["hash"] for sample in results.of("Backprop", workload, optimizer)}
            if len(found) > 1:
                wrong.append(f"{workload} {optimizer}")
    return ["Parameter hashes differ between threads or rounds: " + ", ".join(wrong) + "."] if wrong else \
        ["The parameter hash after the fixed steps was the same in every round and at every number of threads."]


def markdown(data):
    results = Results(data)
    parts = [conditions(results)]
    threads = sorted({sample["threads"] for sample in results.samples} - {0})
    for count in threads:
        rows = rows_per_second(results, count)
        if rows:
            parts.append([f"**{'One thread' if count == 1 else f'{count} threads'}**", "", *rows])
    parts += [part for part in (ratios(results), thread_ratios(results), hashes(results)) if part]
    parts.append([f"† the loss after the fixed steps differs from Backprop's by more than {TOLERANCE:g} of it."])
    return "\n\n".join("\n".join(part) for part in parts)


def fill(path, text):
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(markdown(json.load(file)))

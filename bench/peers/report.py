#!/usr/bin/env python3
"""Makes the tables from a file of results: report.py FILE.json"""
import json
import statistics
import sys

from results import PROCESSOR, TOLERANCE, WALL, Results, flops_per_row

BEGIN, END = "<!-- results: written by bench/peers/run.sh -->", "<!-- end of results -->"
NAMES = {"gd": "gradient descent", "adam": "Adam"}
TRAINED = ("W1", "W2", "W3", "W4", "W5")
# At least, and aimed at: for gradient descent and for Adam.
AGAINST_BEST = {"W1": ((40, 200), (40, 200)), "W2": ((2, 3), (2.3, 4)), "W3": ((2, 3), (2.3, 4)),
                "W4": ((1.1, 1.4), (1.3, 1.7)), "W5": ((1.1, 1.4), (1.3, 1.7))}
AGAINST_PEAK = {"W4": (0.45, 0.65), "W5": (0.6, 0.8)}


def ratio(a, b):
    return None if not a or not b else a / b


def times(value):
    return "–" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def number(value):
    if value is None:
        return "–"
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}" if value < 1e5 else f"{value / 1e3:,.0f} k"


def table(head, rows):
    if not rows:
        return []
    return ["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows)]


class Ratios:
    """Lines of ratios, each by wall time and by the time that the processes got from the processors."""

    def __init__(self):
        self.rows = []

    def add(self, what, of, asked):
        wall, processor = of(WALL), of(PROCESSOR)
        if wall is not None:
            least, aim = asked
            verdict = "missed" if wall < least else "aim reached" if wall >= aim else "met"
            self.rows.append([what, times(wall), times(processor), f"{least:g}; {aim:g}", verdict])

    def table(self):
        return table(["ratio, one thread", "by wall time", "by processor time", "at least; aim", "by wall time"], self.rows)


def rows_per_second(results, threads):
    systems = [system for system in results.systems if any(
        sample["workload"] in TRAINED for sample in results.of(WALL, system=system, threads=threads))]
    rows = []
    for workload in TRAINED:
        for optimizer in NAMES:
            which = {"workload": workload, "optimizer": optimizer, "threads": threads}
            if results.of(WALL, **which):
                rows.append([f"{workload} {NAMES[optimizer]}", *(
                    number(results.median(WALL, system=system, **which)) + (" †" if results.agrees(system, **which) is False else "")
                    for system in systems)])
    return table(["rows/s", *systems], rows)


def training(results):
    ratios = Ratios()
    for workload in TRAINED:
        for i, (optimizer, name) in enumerate(NAMES.items()):
            which = {"workload": workload, "optimizer": optimizer, "threads": 1}
            if not results.of(WALL, system="Backprop", **which):
                continue

            def against(system, field, which=which, **other):
                return ratio(results.median(field, system="Backprop", **which), results.median(field, system=system, **{**which, **other}))

            peer = results.best_peer(**which)
            ratios.add(f"{workload} {name}, against the best peer ({peer})", lambda f: against(peer, f), AGAINST_BEST[workload][i])
            if workload == "W1":
                ratios.add(f"{workload} {name}, against PyTorch", lambda f: against("PyTorch", f), (100, 400))
            else:
                ratios.add(f"{workload} {name}, whole step against oneDNN's products alone",
                           lambda f: against("oneDNN products", f, optimizer="gd"), (0.8, 1))
            if workload in AGAINST_PEAK:
                peak = {WALL: "fma", PROCESSOR: "fma_per_processor_second"}
                flops = flops_per_row(results.data["workloads"][workload]["shape"])
                ratios.add(f"{workload} {name}, arithmetic against the FMA peak",
                           lambda f: ratio(results.median(f, system="Backprop", **which) * flops,
                                           results.median(peak[f], system="limits", workload=workload, threads=1)), AGAINST_PEAK[workload])
    return ratios.table()


def threads(results):
    rows = []
    for workload in TRAINED:
        for optimizer, name in NAMES.items():
            (one, quiet_one), (two, quiet_two), (chosen, quiet_chosen) = (results.quiet_median(
                WALL, system="Backprop", workload=workload, optimizer=optimizer, threads=count) for count in (1, 2, 0))
            if one and two and chosen:
                quiet = min(quiet_one, quiet_two, quiet_chosen)
                rows.append([f"{workload} {name}", times(two / one), "1.6; 1.9" if workload in ("W4", "W5") else "",
                             times(chosen / max(one, two)), "0.9; 1", str(quiet) if quiet else "none: all taken"])
    return table(["Backprop's threads", "two against one", "at least; aim", "default against the better", "at least; aim",
                  "samples on a quiet machine"], rows)


def inference(results):
    rows = []
    for workload in dict.fromkeys(sample["workload"] for sample in results.samples if sample["workload"].startswith("W6/")):
        _, network, part, batch = workload.split("/")
        systems = ("Backprop", "onnxruntime-node", "PyTorch")
        what = f"{network}, {'network alone' if part == 'network' else 'whole model'}, batch {batch}"
        if batch == "1":
            unit, of = "µs: p50, p99", lambda s: [results.median(field, system=s, workload=workload) for field in ("p50", "p99")]
            ratios = [ratio(of(system)[0], of("Backprop")[0]) for system in systems[1:2]]
        else:
            unit, of = "rows/s", lambda s: [results.median(WALL, system=s, workload=workload)]
            ratios = [ratio(of("Backprop")[0], of(system)[0]) for system in systems[1:2]]
        processor = ratio(results.median(PROCESSOR, system="Backprop", workload=workload),
                          results.median(PROCESSOR, system="onnxruntime-node", workload=workload))
        cells = [", ".join(map(number, of(system))) if of(system)[0] else "–" for system in systems]
        agreed = "" if results.agrees("onnxruntime-node", workload=workload) is not False else " †"
        rows.append([what, unit, *cells, times(ratios[0]) + agreed, times(processor),
                     "1; 1.3" if batch != "1" else "1; 5" if network == "W2" else "1"])
    return table(["W6, one thread", "unit", "Backprop", "onnxruntime-node", "PyTorch", "times faster than onnxruntime-node",
                  "by processor time", "at least; aim"], rows)


def commands(results):
    rows = []
    for workload in dict.fromkeys(sample["workload"] for sample in results.samples if sample["workload"].startswith("W7/")):
        def of(system, field, workload=workload):
            return results.median(field, system=system, workload=workload)

        peer = "scikit-learn"
        rows.append([workload[3:], *(
            f"{times(of(s, 'wall'))} s, {number(of(s, 'processor'))} s, {number(of(s, 'peak_mib'))} MiB" if of(s, "wall") else "–"
            for s in ("Backprop", "scikit-learn", "PyTorch")),
            times(ratio(of(peer, "wall"), of("Backprop", "wall"))), times(ratio(of(peer, "processor"), of("Backprop", "processor"))),
            "2.5; 8" if "iris" in workload else "4; 8",
            times(ratio(of("Backprop", "peak_mib"), of(peer, "peak_mib"))), "0.7; 0.4"])
    return table(["W7, one thread", "Backprop", "scikit-learn", "PyTorch", "times faster than scikit-learn, wall", "by processor time",
                  "at least; aim", "memory against scikit-learn's", "at most; aim"], rows)


def conditions(results):
    data, about = results.data, results.data["machine"]
    spread = {field: [sample[field] for sample in results.samples] for field in ("load", "others", "steal")}
    lines = [
        f"{data['start'][:16].replace('T', ' ')} to {data['end'][11:16]} UTC, {data['rounds']} rounds, windows of {data['seconds']:g} s, "
        + (f"priority {data['nice']}, " if data.get("nice") else "")
        + f"medians. Machine: {about['processor']}, {about['processors']} processors, {about['vectors']}, "
        + ", ".join(f"{name.split()[0]} {size}" for name, size in about["caches"].items())
        + f", {about['memory_gib']:g} GiB, {about['hypervisor']}, {about['system']}.",
        "",
        f"While it ran: load average {min(spread['load']):.1f} to {max(spread['load']):.1f}; other processes kept "
        f"{statistics.median(spread['others']):.2f} processors busy in the median (at most {max(spread['others']):.2f}); "
        f"stolen by the host {statistics.median(spread['steal']):.2f} (at most {max(spread['steal']):.2f}).",
    ]
    fma, one, two = (results.median(field, system="limits") for field in ("fma", "fma_per_processor_second", "fma_two_threads"))
    if fma:
        lines += ["", f"Limits measured in between: {fma / 1e9:.0f} GFLOP/s of multiply-adds on one thread ({one / 1e9:.0f} by its "
                      f"processor time), {two / 1e9:.0f} on two; memory "
                      f"{results.median('bytes_per_second', system='limits') / 1e9:.1f} GB/s on one thread."]
    return lines + ["", "Versions: " + ", ".join(f"{name} {version}" for name, version in data["versions"].items() if version) + "."]


def notes(results):
    lines = []
    if results.of("hash"):
        mixed = results.mixed_hashes()
        lines.append("Parameter hashes differ between threads or rounds: " + ", ".join(mixed) + "." if mixed else
                     "Backprop's parameter hash after the fixed steps was the same in every round and at every number of threads.")
    failed = sorted({f"{sample['system']} on {sample['workload']}" for sample in results.samples if "error" in sample})
    if failed:
        lines.append("Failed: " + ", ".join(failed) + ".")
    return lines + [f"† differs from Backprop's loss after the fixed steps, or from its output, by more than {TOLERANCE:g} of it."]


def markdown(data):
    results = Results(data)
    parts = [conditions(results)]
    for count in sorted({sample["threads"] for sample in results.samples} - {0}):
        rows = rows_per_second(results, count)
        parts.append(["**One thread**" if count == 1 else f"**{count} threads**", "", *rows] if rows else [])
    parts += [training(results), threads(results), inference(results), commands(results), notes(results)]
    return "\n\n".join("\n".join(part) for part in parts if part)


def fill(path, text):
    page = path.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(markdown(json.load(file)))

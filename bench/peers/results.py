"""Samples of a run and the medians over its rounds."""
import statistics

# A loss may differ from Backprop's by this much of it. Rounding alone makes 1e-7 to 1e-5 after the fixed steps;
# scikit-learn's Adam places epsilon elsewhere, which makes 4e-4.
TOLERANCE = 1e-3
# Fewer than this many processors busy with something else, or stolen: a quiet machine.
QUIET = 0.1
# Those that take the same steps and can be divided by; the others are only shown.
SAME_WORK = ("PyTorch", "numpy", "scikit-learn", "tfjs")
WALL, PROCESSOR = "rows_per_second", "rows_per_processor_second"


class Results:
    def __init__(self, data):
        self.data = data
        self.samples = data["samples"]
        self.systems = list(dict.fromkeys(sample["system"] for sample in self.samples))

    def of(self, field, **which):
        """The samples that have the field and agree in all that is given."""
        return [sample for sample in self.samples if field in sample and all(sample[name] == value for name, value in which.items())]

    def median(self, field, **which):
        values = [sample[field] for sample in self.of(field, **which)]
        return statistics.median(values) if values else None

    def quiet_median(self, field, **which):
        """Of the samples taken on a quiet machine where there are three, else of all; and how many were quiet."""
        samples = self.of(field, **which)
        quiet = [sample[field] for sample in samples if sample["others"] + sample["steal"] < QUIET]
        if len(quiet) >= 3:
            return statistics.median(quiet), len(quiet)
        return (statistics.median(sample[field] for sample in samples) if samples else None), 0

    def agrees(self, system, **which):
        """Whether a system's loss after the fixed steps, or its first output, is Backprop's; None where it gives none."""
        ours, theirs = self.median("loss", system="Backprop", **which), self.median("loss", system=system, **which)
        return None if ours is None or theirs is None else abs(theirs - ours) <= TOLERANCE * abs(ours)

    def best_peer(self, **which):
        """The fastest of those that take the same steps and come to the same loss."""
        rates = {system: self.median(WALL, system=system, **which) for system in SAME_WORK if self.agrees(system, **which)}
        rates = {system: rate for system, rate in rates.items() if rate}
        return max(rates, key=rates.get) if rates else None

    def mixed_hashes(self):
        """Workloads whose parameter hash was not the same in every round and at every number of threads."""
        found = {}
        for sample in self.of("hash"):
            found.setdefault((sample["workload"], sample["optimizer"]), set()).add(sample["hash"])
        return [" ".join(key) for key, hashes in found.items() if len(hashes) > 1]


def flops_per_row(shape):
    """Of one step: value flow and gradient of every layer, error flow of all but the first; 2 for each multiply-add."""
    products = [inputs * width for inputs, width in zip(shape, shape[1:])]
    return 2 * (3 * sum(products) - products[0])

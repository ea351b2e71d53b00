#!/usr/bin/env python3
"""Writes torch_layers.json.gz: what PyTorch makes in double of networks with embeddings, normalisations and scales.

    python3 torch_layers.py [--seed N] [--count N] [--out FILE]        (Debian: apt-get install python3-torch)

To hold the engine against networks that nobody has seen:

    python3 tests/golden/torch_layers.py --seed 7 --out /tmp/unseen.json.gz
    BACKPROP_TORCH_LAYERS=/tmp/unseen.json.gz dotnet test tests/Backprop.Engine.Tests --filter TorchLayers

The file is {"torch": version, "seed": seed, "cases": [case, ...]}, a case

    inputs        how many numbers
    layers        [{"kind": "dense", "width", "activation", "bias"} | {"kind": "embed", "tables": [[categories, width], ...]} |
                  {"kind": "scale"} | {"kind": "layernorm", "epsilon"} | {"kind": "batchnorm", "momentum", "epsilon"}, ...]
    softmax       whether it follows the last layer
    batch         rows of a batch; they are taken in order
    learningRate  of gradient descent
    x, codes      [row][column]; codes are null where there are no embeddings
    targets       [row][column], of the squared loss; null where there are classes
    classes       the class of each row, of the cross-entropy of softmax; or null
    rowWeights    one a row, or null
    tensors       before the first step, flat, in the engine's order: tables of embeddings, W [in, out] and b of a dense layer,
                  factors of a scale, factors and biases of a normalisation, and behind them batchnorm's running mean and variance

and what comes of it, each {"values": numbers, flat, "terms", "moved"}, of which below:

    outputs       of the first batch, while the network learns
    gradients     of the first batch, one for each tensor; zeros for statistics
    inputGradient of the first batch
    statistics    the running ones after the first batch, in the tensors' order
    losses        of each step's batch before its update: Σ over outputs, weighted, divided by the batch's rows
    trained       the tensors after two epochs
    predictions   what the network then predicts for all rows, by the running statistics

Another's numbers must come as near as 1e-12 of terms, the largest sum of absolute terms among them (torch_terms.py computes it), and
moved, by how much they change where every number that flows from layer to layer is moved by 1e-14 of its own terms. The first is
nearly always enough alone. The second is for errors that grow on the way forward, as where a normalisation divides by the deviation
of what is as good as constant: the next layers take for values what has cancelled there. PyTorch's results are held to plain
formulas in this way before they are written.

Numbers are drawn by Python's generator and rounded to 4 digits, so they are the same anywhere; the last digits of the results may
differ on another processor. No network is drawn again for what rounding makes of it; only one with a total input as good as at a
kink of its activation, where systems choose slopes of their own, would be.
"""
import argparse
import gzip
import json
import pathlib
import random

import torch
import torch.nn.functional as F

import torch_terms
from torch_networks import ACTIVATIONS, PARAMETERS, split, with_parameter
from torch_terms import Terms

EPOCHS = 2

OF_TERMS = 1e-12
OF_VALUES = 1e-14

# So many times values are moved, each time by other parts of 1e-14.
RUNS = 4


def draw(source):
    def numbers(count, scale, centre=0.0):
        return [round(centre + source.uniform(-scale, scale), 4) for _ in range(count)]

    batch = source.randint(2, 6)
    # The last batch may be short, but not of one row.
    rows = batch * source.randint(1, 2) + source.choice([0] + list(range(2, batch)))
    softmax, embeds = source.random() < 0.45, source.random() < 0.35
    tables = [[source.randint(2, 5), source.randint(1, 3)] for _ in range(source.randint(1, 2))] if embeds else []
    inputs = source.randint(0 if embeds else 1, 6)
    layers, tensors, width = [], [], inputs + sum(table[1] for table in tables)
    if embeds:
        layers.append({"kind": "embed", "tables": tables})
        tensors += [numbers(categories * columns, 1.2) for categories, columns in tables]

    def norm():
        kind = source.choice(["scale", "batchnorm", "layernorm"])
        tensors.append(numbers(width, 0.8, 1))
        layers.append({"kind": kind})
        if kind == "scale":
            return
        tensors.append(numbers(width, 0.5))
        layers[-1]["epsilon"] = source.choice([1e-5, 1e-3, 0.1])
        if kind == "batchnorm":
            layers[-1]["momentum"] = source.choice([0.1, 0.01, 0.6, 1])
            tensors.append(numbers(width, 0.5))
            tensors.append(numbers(width, 0.4, 1))

    depth = source.randint(1, 3)
    for k in range(depth):
        if source.random() < 0.6:
            norm()
        last = k == depth - 1
        # Behind zeros a total input without a bias would be exactly 0, the kink of most activations that have one.
        zeros = any(layer.get("activation") == "relu" for layer in layers)
        out, bias = source.randint(2 if last and softmax else 1, 9), zeros or source.random() < 0.6
        # An exponential of what nothing bounds grows beyond all bounds in two epochs.
        is_bounded = k == 0 or layers[-1]["kind"] in ("layernorm", "batchnorm")
        names = [name for name in ACTIVATIONS if name != "exponential" or is_bounded]
        name = "linear" if last and softmax else with_parameter(source, source.choice(names), PARAMETERS)
        layers.append({"kind": "dense", "width": out, "bias": bias, "activation": name})
        size = 0.3 if name == "exponential" else 1.8
        tensors.append(numbers(width * out, size * width ** -0.5))
        if bias:
            tensors.append(numbers(out, size / 3))
        width = out
    if source.random() < 0.3 or all(layer["kind"] == "dense" for layer in layers):
        norm()
    classes = [source.randrange(width) for _ in range(rows)] if softmax and source.random() < 0.7 else None
    return {"inputs": inputs, "layers": layers, "softmax": softmax, "batch": batch, "learningRate": 0.02,
            "x": [numbers(inputs, 1.5) for _ in range(rows)],
            "codes": [[source.randrange(table[0]) for table in tables] for _ in range(rows)] if embeds else None,
            "targets": None if classes else [numbers(width, 1.5) for _ in range(rows)],
            "classes": classes,
            "rowWeights": [1.0] + [source.randint(0, 8) / 4 for _ in range(rows - 1)] if source.random() < 0.4 else None,
            "tensors": tensors}


def flow(case, tensors, x, codes, learns):
    """The values; running statistics are updated in place where the network learns."""
    rest = list(tensors)
    for layer in case["layers"]:
        if layer["kind"] == "dense":
            x = F.linear(x, rest.pop(0).reshape(x.shape[1], layer["width"]).T, rest.pop(0) if layer["bias"] else None)
            name, parameter = split(layer["activation"])
            x = ACTIVATIONS[name][0](x, parameter)
        elif layer["kind"] == "embed":
            x = torch.cat([x] + [F.embedding(codes[:, t], rest.pop(0).reshape(size)) for t, size in enumerate(layer["tables"])], 1)
        elif layer["kind"] == "scale":
            x = x * rest.pop(0)
        elif layer["kind"] == "layernorm":
            x = F.layer_norm(x, x.shape[1:], rest.pop(0), rest.pop(0), layer["epsilon"])
        else:
            factors, bias, mean, variance = (rest.pop(0) for _ in range(4))
            x = F.batch_norm(x, mean, variance, factors, bias, learns, layer["momentum"], layer["epsilon"])
    assert not rest
    return x


def is_statistic(case):
    for layer in case["layers"]:
        count = {"dense": 1 + layer.get("bias", False), "scale": 1, "embed": len(layer.get("tables", []))}.get(layer["kind"], 2)
        yield from [False] * count + [True] * (2 if layer["kind"] == "batchnorm" else 0)


def given(case):
    """Inputs, codes, targets, classes and row weights as tensors."""
    x = torch.tensor(case["x"]).reshape(len(case["x"]), case["inputs"])
    codes, targets, classes = (None if case[key] is None else torch.tensor(case[key]) for key in ("codes", "targets", "classes"))
    return x, codes, targets, classes, torch.tensor(case["rowWeights"] or [1.0] * len(x))


def batches(case):
    return [slice(start, start + case["batch"]) for start in range(0, len(case["x"]), case["batch"])]


def of(tensor, places):
    return None if tensor is None else tensor[places]


def by_pytorch(case):
    """What PyTorch's layers and its automatic differentiation make of it."""
    statistics = list(is_statistic(case))
    tensors = [torch.tensor(t).requires_grad_(not s) for t, s in zip(case["tensors"], statistics)]
    x, codes, targets, classes, weights = given(case)
    result = {"losses": []}
    for batch in batches(case) * EPOCHS:
        inputs = x[batch].clone().requires_grad_()
        u = flow(case, tensors, inputs, of(codes, batch), True)
        outputs = torch.softmax(u, 1) if case["softmax"] else u
        rows = (F.cross_entropy(u, classes[batch], reduction="none") if classes is not None
                else F.mse_loss(outputs, targets[batch], reduction="none").sum(1))
        loss = (rows * weights[batch]).sum() / len(inputs)
        for t in tensors:
            t.grad = None
        loss.backward()
        result["losses"].append(loss.detach())
        if len(result["losses"]) == 1:
            result["outputs"] = outputs.detach()
            result["gradients"] = [torch.zeros_like(t) if s else t.grad.clone() for t, s in zip(tensors, statistics)]
            result["inputGradient"] = inputs.grad if inputs.grad is not None else torch.zeros_like(inputs)
            result["statistics"] = [t.clone() for t, s in zip(tensors, statistics) if s]
        with torch.no_grad():
            for t, s in zip(tensors, statistics):
                if not s:
                    t -= case["learningRate"] * t.grad
    with torch.no_grad():
        outputs = flow(case, tensors, x, codes, False)
        result["predictions"] = torch.softmax(outputs, 1) if case["softmax"] else outputs
    result["trained"] = [t.detach() for t in tensors]
    return result


def by_formulas(case, seed=None):
    """
    The same by plain formulas, with the sums of terms; None where a total input is as good as at a kink. With a seed, each number
    that flows into a layer or out of the last is moved by a part of its terms.
    """
    generator = None if seed is None else torch.Generator().manual_seed(seed)

    def moved(x):
        part = 0 if seed is None else OF_VALUES * (2 * torch.rand(x.value.shape, generator=generator) - 1)
        return Terms(x.value + part * x.terms)

    statistics = list(is_statistic(case))
    tensors = [Terms(torch.tensor(t)) for t in case["tensors"]]
    x, codes, targets, classes, weights = given(case)
    result = {"losses": []}
    for batch in batches(case) * EPOCHS:
        step = torch_terms.Flow(case, tensors, Terms(x[batch]), of(codes, batch), True, moved)
        factors = weights[batch] / len(x[batch])
        result["losses"].append(step.loss(of(targets, batch), of(classes, batch), factors))
        if step.is_at_kink():
            return None
        if len(result["losses"]) == 1:
            result["outputs"] = step.outputs()
            result["gradients"], result["inputGradient"] = step.gradients, step.input_errors
            result["statistics"] = [step.statistics[i] for i, s in enumerate(statistics) if s]
        tensors = torch_terms.stepped(case, tensors, step, statistics)
    last = torch_terms.Flow(case, tensors, Terms(x), codes, False, moved)
    if last.is_at_kink():
        return None
    return {**result, "trained": tensors, "predictions": last.outputs()}


def flat(result):
    """Its results in an order, by name."""
    return [(key, part) for key, value in result.items() for part in (value if isinstance(value, list) else [value])]


def largest(tensor):
    return float(tensor.abs().max()) if tensor.numel() else 0.0


def short(number):
    return float(f"{number:.3g}")


def compute(case):
    """The case with its results, or None where a total input is as good as at a kink."""
    with torch.no_grad():
        formulas = by_formulas(case)
        runs = [by_formulas(case, seed) for seed in range(RUNS)]
    if formulas is None or None in runs:
        return None
    result = by_pytorch(case)
    plain, *runs = ([part for _, part in flat({key: run[key] for key in result})] for run in [formulas, *runs])
    terms = [largest(part.terms) for part in plain]
    # Zeros times zeros, where either is one but for rounding.
    least = OF_TERMS * max(terms)
    made = {key: [] for key in result}
    for i, (key, value) in enumerate(flat(result)):
        of_terms, moved = max(terms[i], least), max(largest(run[i].value - plain[i].value) for run in runs)
        apart, bound = largest(value - plain[i].value.reshape(value.shape)), OF_TERMS * of_terms + moved
        assert apart <= bound, f"{key}: PyTorch and the formulas are {apart} apart, {apart / bound} of the bound, in {case['layers']}"
        made[key].append({"values": value.flatten().tolist(), "terms": short(of_terms), "moved": short(moved)})
    for key, value in result.items():
        case[key] = made[key] if isinstance(value, list) else made[key][0]
    return case


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "torch_layers.json.gz")
    options = parser.parse_args()
    source = random.Random(options.seed)
    cases, again = [], 0
    while len(cases) < options.count:
        case = compute(draw(source))
        if case is None:
            again += 1
        else:
            cases.append(case)
    text = json.dumps({"torch": torch.__version__, "seed": options.seed, "cases": cases}, allow_nan=False, separators=(",", ":"))
    data = text.encode() + b"\n"
    if options.out.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    options.out.write_bytes(data)
    print(f"{options.out}: {len(cases)} networks of seed {options.seed}, {again} drawn again at a kink, {len(data)} bytes")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes torch_layers.json.gz: what PyTorch makes in double of networks with batch normalisation, layer normalisation and scale.

    python3 torch_layers.py [--seed N] [--count N] [--out FILE]        (Debian: apt-get install python3-torch)

To hold the engine against networks that nobody has seen:

    python3 tests/golden/torch_layers.py --seed 7 --count 200 --out /tmp/unseen.json.gz
    BACKPROP_TORCH_LAYERS=/tmp/unseen.json.gz dotnet test tests/Backprop.Engine.Tests --filter TorchLayers

The file is {"torch": version, "seed": seed, "cases": [case, ...]}, a case

    inputs        how many
    layers        [{"kind": "dense", "width", "activation", "bias"} | {"kind": "scale"} | {"kind": "layernorm", "epsilon"} |
                  {"kind": "batchnorm", "momentum", "epsilon"}, ...]
    softmax       whether it follows the last layer; the loss is then its cross-entropy, else the squared one
    batch         rows of a batch; they are taken in order
    learningRate  of gradient descent
    x, targets    [row][column]; targets are null where there are classes
    classes       the class of each row, or null
    rowWeights    one a row, or null
    tensors       before the first step, flat, in the engine's order: W [in, out] and b of a dense layer, factors of a scale,
                  factors and biases of a normalisation, and behind them the running mean and variance of batchnorm
    gradients     of the first batch, one for each tensor; zeros for statistics
    inputGradient of the first batch
    losses        of each step's batch before its update: Σ over outputs, weighted, divided by the batch's rows
    trained       the tensors after two epochs
    outputs       what the network then predicts for all rows, by the running statistics

Numbers are drawn by Python's generator and rounded to 4 digits, so they are the same anywhere; the last digits of the results may
differ on another processor.
"""
import argparse
import gzip
import json
import pathlib
import random

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

EPOCHS = 2
ACTIVATIONS = {"linear": lambda u: u, "tanh": torch.tanh, "logistic": torch.sigmoid, "silu": F.silu, "gelu": F.gelu, "sine": torch.sin}


def draw(source):
    def numbers(count, scale, centre=0.0):
        return [round(centre + source.uniform(-scale, scale), 4) for _ in range(count)]

    inputs, batch = source.randint(1, 6), source.randint(2, 9)
    # The last batch may be short, but not of one row.
    rows = batch * source.randint(1, 3) + source.choice([0] + list(range(2, batch)))
    softmax = source.random() < 0.4
    layers, tensors, width = [], [], inputs

    def norm(kind):
        tensors.append(numbers(width, 0.8, 1))
        if kind == "scale":
            layers.append({"kind": kind})
            return
        tensors.append(numbers(width, 0.5))
        layers.append({"kind": kind, "epsilon": source.choice([1e-5, 1e-3, 0.1])})
        if kind == "batchnorm":
            layers[-1]["momentum"] = source.choice([0.1, 0.01, 0.6, 1])
            tensors.append(numbers(width, 0.5))
            tensors.append(numbers(width, 0.4, 1))

    depth = source.randint(1, 3)
    for k in range(depth):
        while source.random() < 0.55:
            norm(source.choice(["scale", "batchnorm", "layernorm"]))
        out, bias = source.randint(1, 7), source.random() < 0.6
        last = k == depth - 1
        if last and softmax:
            out = max(out, 2)
        layers.append({"kind": "dense", "width": out, "bias": bias,
                       "activation": "linear" if last and softmax else source.choice(list(ACTIVATIONS))})
        tensors.append(numbers(width * out, 1.8 * width ** -0.5))
        if bias:
            tensors.append(numbers(out, 0.6))
        width = out
    if not softmax or source.random() < 0.3:
        norm(source.choice(["scale", "batchnorm", "layernorm"]))
    return {"inputs": inputs, "layers": layers, "softmax": softmax, "batch": batch, "learningRate": 0.05,
            "x": [numbers(inputs, 1.5) for _ in range(rows)],
            "targets": None if softmax else [numbers(width, 1.5) for _ in range(rows)],
            "classes": [source.randrange(width) for _ in range(rows)] if softmax else None,
            "rowWeights": [source.randint(0, 8) / 4 for _ in range(rows)] if source.random() < 0.4 else None,
            "tensors": tensors}


def flow(case, tensors, x, learns):
    """The values; running statistics are updated in place where the network learns."""
    rest = list(tensors)
    for layer in case["layers"]:
        if layer["kind"] == "dense":
            x = x @ rest.pop(0).reshape(x.shape[1], layer["width"])
            if layer["bias"]:
                x = x + rest.pop(0)
            x = ACTIVATIONS[layer["activation"]](x)
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
        count = {"dense": 1 + layer.get("bias", False), "scale": 1}.get(layer["kind"], 2)
        yield from [False] * count + [True] * (2 if layer["kind"] == "batchnorm" else 0)


def compute(case):
    statistics = list(is_statistic(case))
    tensors = [torch.tensor(t).requires_grad_(not s) for t, s in zip(case["tensors"], statistics)]
    x = torch.tensor(case["x"])
    targets = torch.tensor(case["classes"] if case["softmax"] else case["targets"])
    weights = torch.tensor(case["rowWeights"] or [1.0] * len(x))
    gradients = input_gradient = None
    losses = []
    for _ in range(EPOCHS):
        for start in range(0, len(x), case["batch"]):
            batch = slice(start, start + case["batch"])
            inputs = x[batch].clone().requires_grad_()
            u = flow(case, tensors, inputs, learns=True)
            rows = (F.cross_entropy(u, targets[batch], reduction="none") if case["softmax"]
                    else ((u - targets[batch]) ** 2).sum(1))
            loss = (rows * weights[batch]).sum() / len(inputs)
            for t in tensors:
                t.grad = None
            loss.backward()
            losses.append(loss.item())
            if gradients is None:
                gradients = [torch.zeros_like(t).tolist() if s else t.grad.tolist() for t, s in zip(tensors, statistics)]
                input_gradient = inputs.grad.tolist()
            with torch.no_grad():
                for t, s in zip(tensors, statistics):
                    if not s:
                        t -= case["learningRate"] * t.grad
    with torch.no_grad():
        outputs = flow(case, tensors, x, learns=False)
        if case["softmax"]:
            outputs = torch.softmax(outputs, 1)
    return {**case, "gradients": gradients, "inputGradient": input_gradient, "losses": losses,
            "trained": [t.tolist() for t in tensors], "outputs": outputs.tolist()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "torch_layers.json.gz")
    options = parser.parse_args()
    source = random.Random(options.seed)
    cases = []
    while len(cases) < options.count:
        case = draw(source)
        if any(layer["kind"] != "dense" for layer in case["layers"]):
            cases.append(compute(case))
    text = json.dumps({"torch": torch.__version__, "seed": options.seed, "cases": cases}, allow_nan=False, separators=(",", ":"))
    data = text.encode() + b"\n"
    if options.out.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    options.out.write_bytes(data)
    print(f"{options.out}: {len(cases)} networks of seed {options.seed}, {len(data)} bytes")


main()

#!/usr/bin/env python3
"""Draws networks by itself and writes what PyTorch makes of them in double: the loss and every gradient.

    python3 torch_networks.py [--seed N] [--count N] [--out FILE]        (Debian: apt-get install python3-torch)

Without options it writes torch_networks.json.gz again, which the tests read. To hold the engine against networks that
nobody has seen:

    python3 tests/golden/torch_networks.py --seed 7 --out /tmp/unseen.json.gz
    BACKPROP_TORCH_NETWORKS=/tmp/unseen.json.gz dotnet test tests/Backprop.Textbook.Tests --filter TorchNetwork

A name that ends with .gz is compressed. The file is {"torch": version, "seed": seed, "cases": [case, ...]}, a case

    inputs           how many
    layers           [{"activations": [name, ...] (one for each neuron), "bias": true or false}, ...]
    link             "softmax" where it follows the last layer (then linear), else "none"
    loss             by the engine's name, with its parameters; a row's is the sum over its outputs. Joint losses (softmax-
                     and logistic-cross-entropy, poisson) are taken from U, the others from the output
    reduction        "mean" over the rows of the batch, or "sum"
    rowWeights       one a row, or null
    x, targets       [row][column]; targets are null where there are classes
    classes          the class of each row, or null
    weights, biases  W as [in][out]; b, or null for a layer without
    value            e
    weightGradients, biasGradients, inputGradient    as the things they belong to

Numbers are drawn by Python's generator and rounded to 4 digits, so they are the same anywhere; the last digits of the
results may differ on another processor. GELU is the exact one; softplus has no threshold. Where a total input or a
difference lies within 1e-9 of a kink, at which systems choose slopes of their own, the network is drawn again.
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

# name without parameters: (function, kinks)
ACTIVATIONS = {
    "linear": (lambda u, _: u, []),
    "logistic": (lambda u, _: torch.sigmoid(u), []),
    "tanh": (lambda u, _: torch.tanh(u), []),
    "relu": (lambda u, _: torch.relu(u), [0]),
    "leaky-relu": (lambda u, slope: F.leaky_relu(u, slope), [0]),
    "elu": (lambda u, alpha: F.elu(u, alpha), [0]),
    "selu": (lambda u, _: F.selu(u), [0]),
    "gelu": (lambda u, _: F.gelu(u), []),
    "silu": (lambda u, _: F.silu(u), []),
    "mish": (lambda u, _: F.mish(u), []),
    "softplus": (lambda u, _: F.softplus(u, threshold=1e9), []),
    "softsign": (lambda u, _: F.softsign(u), [0]),
    "hard-tanh": (lambda u, _: F.hardtanh(u), [-1, 1]),
    "sine": (lambda u, _: torch.sin(u), []),
    "exponential": (lambda u, _: torch.exp(u), []),
}
PARAMETERS = {"leaky-relu": ("slope", [0.01, 0.2, 0.5]), "elu": ("alpha", [1, 0.4, 1.7])}

# Each gives ℓ of every output, or of every row.
PLAIN = {
    "squared": (lambda x, t, _: F.mse_loss(x, t, reduction="none"), lambda _: []),
    "half-squared": (lambda x, t, _: 0.5 * F.mse_loss(x, t, reduction="none"), lambda _: []),
    "absolute": (lambda x, t, _: F.l1_loss(x, t, reduction="none"), lambda _: [0]),
    "huber": (lambda x, t, delta: F.huber_loss(x, t, reduction="none", delta=delta), lambda delta: [-delta, delta]),
    # PyTorch has none; its derivative is autograd's all the same.
    "quantile": (lambda x, t, q: torch.maximum(q * (t - x), (q - 1) * (t - x)), lambda _: [0]),
}
LOSS_PARAMETERS = {"huber": ("delta", [1, 0.3, 2]), "quantile": ("q", [0.5, 0.1, 0.9]),
                   "softmax-cross-entropy": ("smoothing", [0, 0.1]), "logistic-cross-entropy": ("smoothing", [0, 0.2])}
JOINT = ["softmax-cross-entropy", "logistic-cross-entropy", "poisson"]


def split(name):
    base, _, parameter = name.partition(":")
    return base, float(parameter.partition("=")[2]) if parameter else 0.0


def with_parameter(source, base, parameters):
    if base not in parameters:
        return base
    key, values = parameters[base]
    value = source.choice(values)
    return base if key == "smoothing" and value == 0 else f"{base}:{key}={value}"


def draw(source):
    def number(scale):
        return round(source.uniform(-scale, scale), 4)

    depth, rows, inputs = source.randint(1, 5), source.randint(1, 8), source.randint(1, 6)
    widths = [source.randint(1, 6) for _ in range(depth)]
    base = source.choice(list(PLAIN) + JOINT)
    loss = with_parameter(source, base, LOSS_PARAMETERS)
    link = "softmax" if base == "softmax-cross-entropy" or (base in PLAIN and source.random() < 0.2) else "none"
    if link == "softmax" and source.random() < 0.8:
        widths[-1] = max(widths[-1], 2)
    layers, size = [], inputs
    weights, biases = [], []
    for k, width in enumerate(widths):
        last = k == depth - 1
        own = {"logistic-cross-entropy": "logistic", "poisson": "exponential"}.get(base) if last else None
        own = "linear" if last and link == "softmax" else own
        names = [own or with_parameter(source, source.choice(list(ACTIVATIONS)), PARAMETERS) for _ in range(width)]
        if source.random() < 0.3:
            names = names[:1] * width
        bias = source.random() < 0.7
        layers.append({"activations": names, "bias": bias})
        weights.append([[number(1.8 * size ** -0.5) for _ in range(width)] for _ in range(size)])
        biases.append([number(0.6) for _ in range(width)] if bias else None)
        size = width
    x = [[number(1.5) for _ in range(inputs)] for _ in range(rows)]
    classes = targets = None
    if base == "softmax-cross-entropy":
        if source.random() < 0.6:
            classes = [source.randrange(size) for _ in range(rows)]
        else:
            targets = []
            for _ in range(rows):
                shares = [source.randint(1, 9) for _ in range(size)]
                targets.append([share / sum(shares) for share in shares])
    elif base == "logistic-cross-entropy":
        targets = [[float(source.randint(0, 1)) if source.random() < 0.7 else round(source.random(), 2) for _ in range(size)]
                   for _ in range(rows)]
    elif base == "poisson":
        targets = [[float(source.randint(0, 4)) for _ in range(size)] for _ in range(rows)]
    else:
        targets = [[number(1.5) for _ in range(size)] for _ in range(rows)]
    row_weights = [source.randint(0, 8) / 4 for _ in range(rows)] if source.random() < 0.4 else None
    return {"inputs": inputs, "layers": layers, "link": link, "loss": loss, "reduction": source.choice(["mean", "sum"]),
            "rowWeights": row_weights, "x": x, "targets": targets, "classes": classes, "weights": weights, "biases": biases}


def near(values, kinks):
    return any(bool(((values - kink).abs() < 1e-9).any()) for kink in kinks)


def compute(case):
    """The case with its results, or None where it lies at a kink or its numbers grow beyond reason."""
    x = torch.tensor(case["x"]).requires_grad_()
    weights = [torch.tensor(w).requires_grad_() for w in case["weights"]]
    biases = [torch.tensor(b).requires_grad_() if b is not None else None for b in case["biases"]]
    base, parameter = split(case["loss"])
    values = x
    for k, (layer, w, b) in enumerate(zip(case["layers"], weights, biases)):
        u = values @ w
        if b is not None:
            u = u + b
        if float(u.detach().abs().max()) > 20:
            return None
        if k == len(weights) - 1 and base in JOINT:
            values = u
            break
        columns = []
        for j, name in enumerate(layer["activations"]):
            activation, number = split(name)
            function, kinks = ACTIVATIONS[activation]
            if near(u[:, j].detach(), kinks):
                return None
            columns.append(function(u[:, j], number))
        values = torch.stack(columns, dim=1)

    targets = torch.tensor(case["classes"] if case["classes"] is not None else case["targets"])
    if base == "softmax-cross-entropy":
        rows = F.cross_entropy(values, targets, reduction="none", label_smoothing=parameter)
    elif base == "logistic-cross-entropy":
        smooth = targets * (1 - parameter) + parameter / 2
        rows = F.binary_cross_entropy_with_logits(values, smooth, reduction="none").sum(1)
    elif base == "poisson":
        rows = F.poisson_nll_loss(values, targets, log_input=True, full=False, reduction="none").sum(1)
    else:
        if case["link"] == "softmax":
            values = torch.softmax(values, dim=1)
        function, kinks = PLAIN[base]
        if near((values - targets).detach(), kinks(parameter)):
            return None
        rows = function(values, targets, parameter).sum(1)
    if case["rowWeights"] is not None:
        rows = rows * torch.tensor(case["rowWeights"])
    value = rows.mean() if case["reduction"] == "mean" else rows.sum()
    value.backward()
    return {**case, "value": value.item(), "weightGradients": [w.grad.tolist() for w in weights],
            "biasGradients": [b.grad.tolist() if b is not None else None for b in biases], "inputGradient": x.grad.tolist()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "torch_networks.json.gz")
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
    print(f"{options.out}: {len(cases)} networks of seed {options.seed}, {again} drawn again, {len(data)} bytes")


if __name__ == "__main__":
    main()

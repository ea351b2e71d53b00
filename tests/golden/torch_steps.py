#!/usr/bin/env python3
"""Writes torch_steps.json: what PyTorch computes in double, for the engine to be held against.

    python3 torch_steps.py [--out DIR]          (Debian: apt-get install python3-torch)

It has 200 steps of every update; the losses must agree to 1e-9 relative, the last parameters too. (Gradients of all kinds of
networks: torch_networks.py.) The file is {"torch": version, "cases": [case, ...]}. A case is

    name             what it covers
    layers           widths, the input's first: [5, 8, 6, 1] has three layers of neurons
    activations      one per layer of neurons, so one fewer than widths; where neurons of a layer differ it reads
                     "5*tanh+3*relu": the first five, then the next three
    loss             "squared" (no ½), "absolute", "huber" (½d² up to |d| = 1, then |d| - ½): plain, of the output X;
                     "softmax-cross-entropy", "logistic-cross-entropy", "poisson" (exp(u) - t·u): joint, of U, and the
                     last activation is then "linear"
    rows             number of rows
    inputs           [rows, layers[0]]
    targets          [rows, last width]; for softmax-cross-entropy [rows], the index of the class
    weights, biases  before the first step; one array per layer, W as [in, out], b as [out]
    batch            rows in a step's batch; batches are taken in row order, the last one of an epoch may be short
    optimizer        name and numbers, see OPTIMIZERS
    losses           of each step's batch before its update: Σ over outputs, mean over the batch's rows
    finalWeights, finalBiases         after the last step

and every matrix is one flat array, row by row. Numbers are written so that they read back as the same double.
Inputs, targets and first parameters are short decimals from Python's own generator, so they are the same anywhere;
the last digits of the results may differ on another processor or PyTorch.

PyTorch 1.13's own NAdam is not used: it multiplies μ_t twice into the product of t+1 factors. The class NAdam below
is the formula that PyTorch documents and that version 2.0 computes (Dozat, 2016, with its schedule for μ).
"""
import argparse
import json
import pathlib
import random

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)  # optimizers keep scalar state in the default type
torch.set_num_threads(1)

ACTIVATIONS = {
    "linear": lambda u: u,
    "logistic": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky-relu": lambda u: F.leaky_relu(u, 0.01),
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
    "mish": F.mish,
    "softplus": lambda u: F.softplus(u, threshold=40.0),  # the default, 20, drops a term of 2e-9
    "softsign": F.softsign,
    "hard-tanh": F.hardtanh,
    "sine": torch.sin,
}

# Each is a sum over outputs and rows, divided by the rows of the batch.
LOSSES = {
    "squared": lambda x, t: F.mse_loss(x, t, reduction="sum") / len(x),
    "absolute": lambda x, t: F.l1_loss(x, t, reduction="sum") / len(x),
    "huber": lambda x, t: F.huber_loss(x, t, reduction="sum", delta=1.0) / len(x),
    "softmax-cross-entropy": lambda x, t: F.cross_entropy(x, t, reduction="sum") / len(x),
    "logistic-cross-entropy": lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="sum") / len(x),
    "poisson": lambda x, t: F.poisson_nll_loss(x, t, log_input=True, full=False, reduction="sum") / len(x),
}

ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


class NAdam(torch.optim.Optimizer):
    def __init__(self, parameters, **numbers):
        super().__init__(parameters, numbers)
        self.t, self.product = 0, 1.0

    @torch.no_grad()
    def step(self):
        o = self.defaults
        self.t += 1
        mu, mu_next = (o["beta1"] * (1 - 0.5 * 0.96 ** (t * o["momentumDecay"])) for t in (self.t, self.t + 1))
        self.product *= mu
        for p in self.param_groups[0]["params"]:
            state = self.state[p]
            m = state["m"] = o["beta1"] * state.get("m", 0) + (1 - o["beta1"]) * p.grad
            v = state["v"] = o["beta2"] * state.get("v", 0) + (1 - o["beta2"]) * p.grad ** 2
            m_hat = mu_next * m / (1 - self.product * mu_next) + (1 - mu) * p.grad / (1 - self.product)
            p -= o["learningRate"] * m_hat / ((v / (1 - o["beta2"] ** self.t)).sqrt() + o["epsilon"])


def adamw(weights, biases, o):  # decay of weights only
    return torch.optim.AdamW(
        [{"params": weights, "weight_decay": o["weightDecay"]}, {"params": biases, "weight_decay": 0.0}],
        lr=o["learningRate"], betas=(o["beta1"], o["beta2"]), eps=o["epsilon"])


OPTIMIZERS = {
    # p ← p - lr·g
    "gradient-descent": lambda w, b, o: torch.optim.SGD(w + b, lr=o["learningRate"]),
    # v ← μv + g, p ← p - lr·v
    "momentum": lambda w, b, o: torch.optim.SGD(w + b, lr=o["learningRate"], momentum=o["momentum"]),
    # v ← μv + g, p ← p - lr·(g + μv)
    "nesterov": lambda w, b, o: torch.optim.SGD(w + b, lr=o["learningRate"], momentum=o["momentum"], nesterov=True),
    # s ← s + g², p ← p - lr·g/(√s + ε)
    "adagrad": lambda w, b, o: torch.optim.Adagrad(w + b, lr=o["learningRate"], eps=o["epsilon"]),
    # s ← αs + (1-α)g², p ← p - lr·g/(√s + ε)
    "rmsprop": lambda w, b, o: torch.optim.RMSprop(w + b, lr=o["learningRate"], alpha=o["alpha"], eps=o["epsilon"]),
    # m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², p ← p - lr·m̂/(√v̂ + ε) with m̂ = m/(1-β₁ᵗ), v̂ = v/(1-β₂ᵗ)
    "adam": lambda w, b, o: torch.optim.Adam(w + b, lr=o["learningRate"], betas=(o["beta1"], o["beta2"]), eps=o["epsilon"]),
    # w ← w - lr·λ·w, then as Adam
    "adamw": adamw,
    # μₜ = β₁(1 - ½·0.96^(t·ψ)), m̂ = μₜ₊₁m/(1-Πᵗ⁺¹μ) + (1-μₜ)g/(1-Πᵗμ), then as Adam
    "nadam": lambda w, b, o: NAdam(w + b, **{k: n for k, n in o.items() if k != "name"}),
    # per parameter: a sign that stays multiplies its step by η⁺, one that changes multiplies it by η⁻ and sets g to 0
    # (also in memory); steps between minStep and maxStep, the first learningRate; p ← p - sign(g)·step
    "rprop": lambda w, b, o: torch.optim.Rprop(w + b, lr=o["learningRate"], etas=(o["etaMinus"], o["etaPlus"]),
                                               step_sizes=(o["minStep"], o["maxStep"])),
}


def activate(spec, u):
    if "*" not in spec:
        return ACTIVATIONS[spec](u)
    parts = [part.split("*") for part in spec.split("+")]
    columns = u.split([int(count) for count, _ in parts], dim=1)
    return torch.cat([ACTIVATIONS[name](column) for (_, name), column in zip(parts, columns)], dim=1)


def value(case, weights, biases, inputs, targets):
    x = inputs
    for spec, w, b in zip(case["activations"], weights, biases):
        x = activate(spec, x @ w + b)
    return LOSSES[case["loss"]](x, targets)


def make_case(seed, name, layers, activations, loss, rows, batch=None, optimizer=None):
    """Inputs of unit deviation, targets that a smooth function and noise make, initial weights of the usual size."""
    source = random.Random(seed)

    def short(scale, count):
        return [round(source.gauss(0, 1) * scale, 3) for _ in range(count)]

    outputs = layers[-1]
    inputs = short(1, rows * layers[0])
    targets = []
    for row in range(rows):
        x = inputs[row * layers[0]:(row + 1) * layers[0]]
        scores = [x[i % len(x)] * x[(i + 1) % len(x)] + x[(i + 2) % len(x)] + source.gauss(0, 0.5) for i in range(outputs)]
        if loss == "softmax-cross-entropy":
            targets.append(scores.index(max(scores)))
        elif loss == "logistic-cross-entropy":
            targets += [float(s > 0) for s in scores]
        elif loss == "poisson":
            targets += [float(round(2.718 ** min(s, 2))) for s in scores]
        else:
            targets += [round(s, 3) for s in scores]
    pairs = list(zip(layers, layers[1:]))
    return {"name": name, "layers": layers, "activations": activations, "loss": loss, "rows": rows, "inputs": inputs,
            "targets": targets, "weights": [short(n ** -0.5, n * m) for n, m in pairs],
            "biases": [short(0.1, m) for _, m in pairs], "batch": batch or rows, "optimizer": optimizer}


def tensors(case):
    layers, rows = case["layers"], case["rows"]
    weights = [torch.tensor(w).reshape(n, m).requires_grad_() for w, n, m in zip(case["weights"], layers, layers[1:])]
    biases = [torch.tensor(b).requires_grad_() for b in case["biases"]]
    targets = torch.tensor(case["targets"])  # class indices are whole numbers here
    if case["loss"] != "softmax-cross-entropy":
        targets = targets.reshape(rows, layers[-1])
    return weights, biases, torch.tensor(case["inputs"]).reshape(rows, layers[0]), targets


def flat(parameters):
    return [p.detach().reshape(-1).tolist() for p in parameters]


def train(case, steps, noise=0.0):
    weights, biases, inputs, targets = tensors(case)
    optimizer = OPTIMIZERS[case["optimizer"]["name"]](weights, biases, case["optimizer"])
    starts = range(0, case["rows"], case["batch"])
    generator = torch.Generator().manual_seed(1)
    losses = []
    for step in range(steps):
        start = starts[step % len(starts)]
        batch = slice(start, start + case["batch"])
        loss = value(case, weights, biases, inputs[batch], targets[batch])
        optimizer.zero_grad()
        loss.backward()
        for p in weights + biases:
            # as another order of summation would; a gradient of exactly 0 (a ReLU at rest) stays 0 in any order
            size = (p.grad.abs() + p.grad.abs().max()) * (p.grad != 0)
            p.grad += noise * size * torch.randn(p.shape, generator=generator)
        optimizer.step()
        losses.append(loss.item())
    return losses, flat(weights), flat(biases)


def relative(a, b):
    return max(abs(x - y) / max(abs(x), abs(y)) for x, y in zip(a, b))


def with_steps(case, steps=200):
    losses, weights, biases = train(case, steps)
    # A case where rounding errors grow would ask for a wider tolerance than the tests grant: refuse it here.
    noisy, noisy_weights, _ = train(case, steps, noise=1e-15)
    growth = relative(losses, noisy)
    final = max(relative(a, b) for a, b in zip(weights, noisy_weights))
    print(f"{case['name']}: loss {losses[0]:.4f} -> {losses[-1]:.4f}; gradients off by 1e-15 change losses by {growth:.0e}, "
          f"last weights by {final:.0e}")
    assert growth < 1e-11 and final < 1e-10, case["name"]
    return {**case, "losses": losses, "finalWeights": weights, "finalBiases": biases}


def step_cases():
    regression = [5, 8, 6, 1], ["tanh", "tanh", "linear"], "squared", 50, 16
    classes = [4, 10, 3], ["relu", "linear"], "softmax-cross-entropy", 60, 16
    yield make_case(1, "gradient descent, regression", *regression, {"name": "gradient-descent", "learningRate": 0.05})
    yield make_case(2, "gradient descent, classes", *classes, {"name": "gradient-descent", "learningRate": 0.1})
    yield make_case(3, "Adam, classes", *classes, {"name": "adam", "learningRate": 0.01, **ADAM})
    yield make_case(4, "Adam, regression", *regression, {"name": "adam", "learningRate": 0.01, **ADAM})
    yield make_case(5, "AdamW, decay of weights only", *classes,
                    {"name": "adamw", "learningRate": 0.01, **ADAM, "weightDecay": 0.01})
    yield make_case(6, "momentum", *regression, {"name": "momentum", "learningRate": 0.01, "momentum": 0.9})
    yield make_case(7, "Nesterov", *regression, {"name": "nesterov", "learningRate": 0.01, "momentum": 0.9})
    yield make_case(8, "RMSprop", *classes, {"name": "rmsprop", "learningRate": 0.005, "alpha": 0.99, "epsilon": 1e-8})
    yield make_case(9, "Adagrad", *classes, {"name": "adagrad", "learningRate": 0.05, "epsilon": 1e-10})
    yield make_case(10, "NAdam", *classes, {"name": "nadam", "learningRate": 0.002, **ADAM, "momentumDecay": 0.004})
    yield make_case(11, "RPROP, full batch", [5, 8, 6, 1], ["tanh", "tanh", "linear"], "squared", 50, 50,
                    {"name": "rprop", "learningRate": 0.001, "etaMinus": 0.5, "etaPlus": 1.2, "minStep": 1e-6, "maxStep": 50.0})
    yield make_case(12, "activations: gelu, silu, elu, softplus, softsign", [6, 16, 14, 12, 10, 8, 2],
                    ["gelu", "silu", "elu", "softplus", "softsign", "linear"], "squared", 50, 16,
                    {"name": "gradient-descent", "learningRate": 0.02})
    yield make_case(13, "activations: mish, selu, leaky ReLU, logistic", [6, 14, 12, 10, 8, 2],
                    ["mish", "selu", "leaky-relu", "logistic", "linear"], "squared", 50, 16,
                    {"name": "gradient-descent", "learningRate": 0.02})
    yield make_case(14, "activations: sine, hard tanh, tanh in the output layer", [6, 12, 10, 2],
                    ["sine", "hard-tanh", "tanh"], "squared", 50, 16, {"name": "gradient-descent", "learningRate": 0.02})
    yield make_case(15, "activations that differ within a layer", [5, 8, 9, 4],
                    ["5*tanh+3*relu", "3*gelu+3*sine+3*softplus", "2*linear+1*logistic+1*tanh"], "squared", 50, 16,
                    {"name": "gradient-descent", "learningRate": 0.02})
    yield make_case(16, "several labels", [5, 9, 4], ["tanh", "linear"], "logistic-cross-entropy", 50, 16,
                    {"name": "adam", "learningRate": 0.01, **ADAM})


def write(path, cases):
    """One array of numbers a line."""
    def text(item, indent):
        if isinstance(item, dict):
            fields = (f"{indent}  {json.dumps(key)}: {text(entry, indent + '  ')}" for key, entry in item.items())
            return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
        if isinstance(item, list) and item and isinstance(item[0], (list, dict)):
            return "[\n" + ",\n".join(f"{indent}  {text(entry, indent + '  ')}" for entry in item) + f"\n{indent}]"
        return json.dumps(item, ensure_ascii=False, allow_nan=False)

    path.write_text(text({"torch": torch.__version__, "cases": cases}, "") + "\n", encoding="utf-8")
    print(path.name, len(cases), "cases,", path.stat().st_size, "bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    out = parser.parse_args().out
    write(out / "torch_steps.json", [with_steps(case) for case in step_cases()])


main()

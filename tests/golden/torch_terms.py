"""The sums of absolute terms of what torch_layers.py compares: the measure of how near two ways of computing it must come.

A(z) of a number z is what its terms come to where none cancels another:

    A(a + b) = A(a) + A(b)                      A(a·b) = |a|·A(b) + A(a)·|b| − |a·b|
    A(f(a))  = max(|f(a)|, |f′(a)|·A(a))        and likewise A(f′(a)); where f or f′ is itself a sum, at least that sum's terms

so that A(z) = |z| as long as nothing cancels. What flows into a layer is one term each, whatever it was made of; within a layer, and
from the loss back through all layers, what has cancelled goes on through all that is made of it. So a normalisation's x − mean(x)
has terms that may be much larger than it is, and its errors, differences of sums, have those of the sums.

A is computed by flows of its own, forth and back, in plain formulas; PyTorch's layers and its automatic differentiation have no part
in it, and must agree with the values that come of these formulas.
"""
import torch

from torch_networks import ACTIVATIONS, near, split

ROOT_OF_TWO_PI = 2.5066282746310002
SELU = 1.0507009873554805 * 1.6732632423543772


class Terms:
    """Numbers and their A, tensors of one shape."""

    def __init__(self, value, terms=None):
        self.value, self.terms = value, value.abs() if terms is None else terms

    def __add__(self, other):
        return Terms(self.value + other.value, self.terms + other.terms)

    def __sub__(self, other):
        return Terms(self.value - other.value, self.terms + other.terms)

    def __mul__(self, other):
        value, a, b = self.value * other.value, self.value.abs(), other.value.abs()
        return Terms(value, a * other.terms + self.terms * b - value.abs())

    def __matmul__(self, other):
        a, b = self.value.abs(), other.value.abs()
        return Terms(self.value @ other.value, a @ other.terms + self.terms @ b - a @ b)

    def times(self, number):
        return Terms(self.value * number, self.terms * abs(number))

    def of(self, value, slope, own=None):
        """f of it, from f's value and slope there, and the terms of f itself where it is a sum."""
        return Terms(value, torch.maximum(value.abs() if own is None else own, slope.abs() * self.terms))

    def as_one(self):
        """The same numbers, of one term each."""
        return Terms(self.value)

    def sum(self, axis):
        return Terms(self.value.sum(axis, keepdim=True), self.terms.sum(axis, keepdim=True))

    def mean(self, axis):
        return self.sum(axis).times(1 / self.value.shape[axis])

    def turned(self):
        return Terms(self.value.T, self.terms.T)

    def __getitem__(self, place):
        return Terms(self.value[place], self.terms[place])


def exp(a):
    value = a.value.exp()
    return a.of(value, value)


def reciprocal(a):
    return a.of(1 / a.value, a.value ** -2)


# By the name of f, the terms of f(u) and of f′(u) where they are sums, from u, x = f(u) and f's parameter; else None.
SUMS = {
    "tanh": (None, lambda u, x, _: 1 + x * x),
    "logistic": (None, lambda u, x, _: x + x * x),
    "elu": (lambda u, x, alpha: torch.where(u < 0, alpha * (u.exp() + 1), x),
            lambda u, x, alpha: torch.where(u < 0, x.abs() + alpha, 1.0)),
    "selu": (lambda u, x, _: torch.where(u < 0, SELU * (u.exp() + 1), x),
             lambda u, x, _: torch.where(u < 0, x.abs() + SELU, SELU)),
    "gelu": (lambda u, x, _: u.abs() * (1 + torch.erf(u / 2 ** 0.5).abs()) / 2,
             lambda u, x, _: (1 + torch.erf(u / 2 ** 0.5).abs()) / 2 + u.abs() * (-u * u / 2).exp() / ROOT_OF_TWO_PI),
    "silu": (None, lambda u, x, _: torch.sigmoid(u) * (1 + u.abs() * (1 + torch.sigmoid(u)))),
    "mish": (None, lambda u, x, _: 1 + 2 * u.abs() * torch.sigmoid(u)),
}


def activate(text, u):
    """x = f(u) and f′(u)."""
    name, parameter = split(text)
    function = ACTIVATIONS[name][0]
    with torch.enable_grad():
        given = u.value.clone().requires_grad_()
        x = function(given, parameter)
        slope = given.new_ones(given.shape) if x is given else torch.autograd.grad(x.sum(), given, create_graph=True)[0]
        bend = torch.autograd.grad(slope.sum(), given, allow_unused=True)[0] if slope.requires_grad else None
    x, slope = x.detach(), slope.detach()
    of_value, of_slope = (each and each(u.value, x, parameter) for each in SUMS.get(name, (None, None)))
    return u.of(x, slope, of_value), u.of(slope, torch.zeros_like(slope) if bend is None else bend.detach(), of_slope)


def normalise(x, axis, epsilon):
    """x̂ = (x − mean)·r and r = 1/√(variance + ε), mean and variance along an axis, and these two."""
    mean = x.mean(axis)
    distance = x - mean
    variance = (distance * distance).mean(axis)
    r = root_reciprocal(variance, epsilon)
    return distance * r, r, mean, variance


def root_reciprocal(variance, epsilon):
    moved = Terms(variance.value + epsilon, variance.terms + epsilon)
    value = moved.value ** -0.5
    return moved.of(value, 0.5 * value / moved.value)


def denormalise(errors, normalised, r, axis):
    """The errors of what was normalised: r·(g − mean(g) − x̂·mean(x̂ ⊙ g))."""
    return r * (errors - errors.mean(axis) - normalised * (normalised * errors).mean(axis))


def softmax(u):
    greatest = u.value.argmax(1, keepdim=True)
    powers = exp(u - Terms(u.value.gather(1, greatest), u.terms.gather(1, greatest)))
    return powers * reciprocal(powers.sum(1)), powers


class Flow:
    """
    The value flow of some rows, and the error flow back through the same layers. What flows into a layer or out of the last is moved
    as a function says, which makes it one term.
    """

    def __init__(self, case, tensors, x, codes, learns, moved):
        self.case, self.learns, self.back, self.totals = case, learns, [], []
        self.gradients = [Terms(torch.zeros_like(t.value)) for t in tensors]
        self.statistics = {}
        place = 0
        tensors, x = [tensor.as_one() for tensor in tensors], moved(x)
        for layer in case["layers"]:
            count = {"dense": 1 + layer.get("bias", False), "scale": 1, "layernorm": 2, "batchnorm": 4,
                     "embed": len(layer.get("tables", []))}[layer["kind"]]
            own = tensors[place:place + count]
            x = getattr(self, layer["kind"])(layer, own, x, codes, place)
            x = moved(x)
            place += count
        self.x = x

    def dense(self, layer, own, x, codes, place):
        w = Terms(*(part.reshape(x.value.shape[1], layer["width"]) for part in (own[0].value, own[0].terms)))
        u = x @ w
        if layer["bias"]:
            u = u + own[1]
        self.totals.append((layer["activation"], u))
        y, slope = activate(layer["activation"], u)

        def back(errors):
            delta = errors * slope
            gradient = x.turned() @ delta
            self.gradients[place] = Terms(gradient.value.flatten(), gradient.terms.flatten())
            if layer["bias"]:
                self.gradients[place + 1] = delta.sum(0)[0]
            return delta @ w.turned()

        self.back.append(back)
        return y

    def scale(self, layer, own, x, codes, place):
        def back(errors):
            self.gradients[place] = (errors * x).sum(0)[0]
            return errors * own[0]

        self.back.append(back)
        return x * own[0]

    def embed(self, layer, own, x, codes, place):
        inputs, parts = x.value.shape[1], [x]
        for t, (table, (categories, width)) in enumerate(zip(own, layer["tables"])):
            rows = Terms(*(part.reshape(categories, width)[codes[:, t]] for part in (table.value, table.terms)))
            parts.append(rows)

        def back(errors):
            first = inputs
            for t, (categories, width) in enumerate(layer["tables"]):
                chosen = torch.nn.functional.one_hot(codes[:, t], categories).to(x.value.dtype).T
                part = errors[:, first:first + width]
                self.gradients[place + t] = Terms((chosen @ part.value).flatten(), (chosen @ part.terms).flatten())
                first += width
            return errors[:, :inputs]

        self.back.append(back)
        return Terms(*(torch.cat([getattr(part, kind) for part in parts], 1) for kind in ("value", "terms")))

    def layernorm(self, layer, own, x, codes, place):
        normalised, r, _, _ = normalise(x, 1, layer["epsilon"])
        return self.affine(own, place, normalised, lambda errors: denormalise(errors, normalised, r, 1))

    def batchnorm(self, layer, own, x, codes, place):
        mean, variance = own[2:]
        if not self.learns:
            r = root_reciprocal(variance, layer["epsilon"])
            return self.affine(own, place, (x - mean) * r, lambda errors: errors * r)
        normalised, r, own_mean, own_variance = normalise(x, 0, layer["epsilon"])
        momentum, rows = layer["momentum"], x.value.shape[0]
        self.statistics[place + 2] = mean.times(1 - momentum) + own_mean[0].times(momentum)
        self.statistics[place + 3] = variance.times(1 - momentum) + own_variance[0].times(momentum * rows / (rows - 1))
        return self.affine(own, place, normalised, lambda errors: denormalise(errors, normalised, r, 0))

    def affine(self, own, place, normalised, back_through):
        def back(errors):
            self.gradients[place] = (errors * normalised).sum(0)[0]
            self.gradients[place + 1] = errors.sum(0)[0]
            return back_through(errors * own[0])

        self.back.append(back)
        return normalised * own[0] + own[1]

    def outputs(self):
        return softmax(self.x)[0] if self.case["softmax"] else self.x

    def is_at_kink(self):
        """Whether a total input is within 1e-9 of a kink of its activation."""
        return any(near(u.value, ACTIVATIONS[split(text)[0]][1]) for text, u in self.totals)

    def loss(self, targets, classes, factors):
        """e; its errors then flow back, to the gradients and to the errors of what flowed in."""
        factor = Terms(factors.reshape(-1, 1))
        if classes is not None:
            chosen = Terms(torch.nn.functional.one_hot(classes, self.x.value.shape[1]).to(factors.dtype))
            p, powers = softmax(self.x)
            total = powers.sum(1)
            greatest = self.x.value.max(1, keepdim=True)
            of_greatest = self.x.terms.gather(1, greatest.indices)
            shifted = self.x - Terms(greatest.values, of_greatest)
            rows = total.of(total.value.log(), 1 / total.value) - (chosen * shifted).sum(1)
            errors = (p - chosen) * factor
        else:
            outputs = self.outputs()
            distance = outputs - Terms(targets)
            rows = (distance * distance).sum(1)
            errors = distance.times(2) * factor
            if self.case["softmax"]:
                errors = outputs * (errors - (outputs * errors).sum(1))
        for back in reversed(self.back):
            errors = back(errors)
        self.input_errors = errors
        return (rows * factor).sum(0)[0]


def stepped(case, tensors, flow, is_statistic):
    """The tensors after a step of gradient descent, running statistics among them; their terms are those of all steps."""
    return [flow.statistics[i] if is_statistic[i] else tensors[i] - flow.gradients[i].times(case["learningRate"])
            for i in range(len(tensors))]

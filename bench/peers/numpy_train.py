#!/usr/bin/env python3
"""numpy's side: the step written out by hand in single precision over OpenBLAS, every array made once.

Run with OPENBLAS_NUM_THREADS set. Parameters, gradient and moments are one flat array each, so an update is a few
passes over it.
"""
import numpy as np

import work

job = work.job_of_command_line()
x, y = job.examples()
depth = len(job.shape) - 1
size = sum((inputs + 1) * width for inputs, width in zip(job.shape, job.shape[1:]))


def views(flat):
    weights, biases, at = [], [], 0
    for inputs, width in zip(job.shape, job.shape[1:]):
        weights.append(flat[at:at + inputs * width].reshape(inputs, width))
        at += inputs * width
        biases.append(flat[at:at + width])
        at += width
    return weights, biases


flat = np.concatenate([part.ravel() for layer in job.parameters() for part in layer])
gradient, first, second, scratch = (np.zeros(size, np.float32) for _ in range(4))
(w, b), (dw, db) = views(flat), views(gradient)
spaces = {}


class Space:
    def __init__(self, rows):
        self.out = [np.empty((rows, width), np.float32) for width in job.shape[1:]]
        self.delta = [np.empty((rows, width), np.float32) for width in job.shape[1:]]
        self.column = np.empty((rows, 1), np.float32)
        self.index = np.arange(rows)


def forward(rows, space):
    value = rows
    for k in range(depth):
        out = np.dot(value, w[k], out=space.out[k])
        out += b[k]
        if k < depth - 1:
            np.tanh(out, out=out) if job.activation == "tanh" else np.maximum(out, 0, out=out)
        value = out
    return value


def softmax(out, space):
    np.max(out, axis=1, keepdims=True, out=space.column)
    out -= space.column
    np.exp(out, out=out)
    np.sum(out, axis=1, keepdims=True, out=space.column)
    out /= space.column


def backward(rows, targets, space):
    out, delta = space.out[-1], space.delta[-1]
    if job.is_regression:
        np.subtract(out, targets, out=delta)
    else:
        softmax(out, space)
        np.copyto(delta, out)
        delta[space.index, targets] -= 1
    delta *= np.float32(1 / len(rows))
    for k in range(depth - 1, -1, -1):
        value = rows if k == 0 else space.out[k - 1]
        np.dot(value.T, space.delta[k], out=dw[k])
        np.sum(space.delta[k], axis=0, out=db[k])
        if k == 0:
            break
        below = np.dot(space.delta[k], w[k].T, out=space.delta[k - 1])
        if job.activation == "tanh":
            np.multiply(value, value, out=value)
            np.subtract(1, value, out=value)
            below *= value
        else:
            below *= value > 0


count = 0


def update():
    global count
    if job.optimizer == "gd":
        gradient.__imul__(np.float32(job.rate))
        flat.__isub__(gradient)
        return
    count += 1
    first.__imul__(np.float32(0.9))
    np.multiply(gradient, np.float32(0.1), out=scratch)
    first.__iadd__(scratch)
    second.__imul__(np.float32(0.999))
    gradient.__imul__(gradient)
    gradient.__imul__(np.float32(0.001))
    second.__iadd__(gradient)
    np.sqrt(second, out=scratch)
    scratch.__imul__(np.float32(1 / np.sqrt(1 - 0.999 ** count)))
    scratch.__iadd__(np.float32(1e-8))
    np.divide(first, scratch, out=scratch)
    scratch.__imul__(np.float32(job.rate / (1 - 0.9 ** count)))
    flat.__isub__(scratch)


def step(start, stop):
    rows = x[start:stop]
    space = spaces.get(stop - start) or spaces.setdefault(stop - start, Space(stop - start))
    forward(rows, space)
    backward(rows, y[start:stop], space)
    update()


batches = job.batches()
for _ in range(job.check_steps):
    step(*next(batches))
some = x[:work.CHECK_ROWS]
out = forward(some, Space(len(some))).astype(np.float64)
if job.is_regression:
    loss = 0.5 * np.mean((out - y[:len(some)]) ** 2)
else:
    out -= out.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(out).sum(axis=1)) - out[np.arange(len(some)), y[:len(some)]])

work.report(work.timed(job, step), loss=float(loss))

#!/usr/bin/env python3
"""PyTorch's side: linear layers under autograd, torch.optim, rows in order as views, no copy to Python in a step."""
import torch

import work

job = work.job_of_command_line()
torch.set_num_threads(job.threads)
torch.set_flush_denormal(True)

x, y = (torch.from_numpy(part) for part in job.examples())
if not job.is_regression:
    y = y.long()
layers = []
for w, b in job.parameters():
    linear = torch.nn.Linear(*w.shape)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(w).T)
        linear.bias.copy_(torch.from_numpy(b))
    layers += [linear, torch.nn.Tanh() if job.activation == "tanh" else torch.nn.ReLU()]
network = torch.nn.Sequential(*layers[:-1])
squared, cross_entropy = torch.nn.MSELoss(), torch.nn.CrossEntropyLoss()


def loss_of(rows, targets):
    outputs = network(rows)
    return 0.5 * squared(outputs, targets) if job.is_regression else cross_entropy(outputs, targets)


make = torch.optim.Adam if job.optimizer == "adam" else torch.optim.SGD
optimizer = make(network.parameters(), lr=job.rate)


def step(start, stop):
    optimizer.zero_grad(set_to_none=True)
    loss_of(x[start:stop], y[start:stop]).backward()
    optimizer.step()


batches = job.batches()
for _ in range(job.check_steps):
    step(*next(batches))
with torch.no_grad():
    loss = loss_of(x[:work.CHECK_ROWS], y[:work.CHECK_ROWS]).item()

work.report(work.timed(job, step), loss=loss)

#!/usr/bin/env python3
"""PyTorch's side of inference: the network alone, in inference mode."""
import time

import numpy as np
import torch

import work

DISTINCT = 64
job = work.job_of_command_line()
torch.set_num_threads(job.threads)
rows = job.batch * (DISTINCT if job.batch == 1 else 1)
x = torch.from_numpy(np.fromfile(job.path("x"), dtype=np.float32, count=rows * job.shape[0]).reshape(rows, job.shape[0]))
layers = []
for w, b in job.parameters("network.p"):
    linear = torch.nn.Linear(*w.shape)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(w).T)
        linear.bias.copy_(torch.from_numpy(b))
    layers += [linear, torch.nn.Tanh() if job.activation == "tanh" else torch.nn.ReLU()]
network = torch.nn.Sequential(*layers[:-1], torch.nn.Softmax(dim=1)).eval()
batches = [x[i:i + job.batch] for i in range(0, rows, job.batch)]

with torch.inference_mode():
    begin, calls = time.perf_counter(), 0
    while time.perf_counter() - begin < work.WARM_UP:
        network(batches[calls % len(batches)])
        calls += 1
    times, processor = [], work.processor_seconds()
    begin = now = time.perf_counter()
    while now - begin < job.seconds:
        before = now
        network(batches[len(times) % len(batches)])
        now = time.perf_counter()
        times.append(now - before)
    result = work.rates(len(times) * job.batch, len(times), now - begin, work.processor_seconds() - processor)
    times.sort()
    work.report(result, p50=times[len(times) // 2] * 1e6, p99=times[len(times) * 99 // 100] * 1e6,
                loss=network(batches[0])[0, 0].item())

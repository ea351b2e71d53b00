#!/usr/bin/env python3
"""From a CSV file to a saved model with pandas and PyTorch: the same job as table_sklearn.py, as one writes it by hand.

    table_torch.py DATA.csv TARGET HIDDEN ACTIVATION BATCH EPOCHS OUT
"""
import copy
import os
import sys

import pandas as pd
import torch

data, target, hidden, activation, batch, epochs, out = sys.argv[1:]
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
torch.manual_seed(0)
table = pd.read_csv(data)
codes, classes = pd.factorize(table.pop(target), sort=True)
x, y = torch.from_numpy(table.to_numpy(dtype="float32")), torch.from_numpy(codes)
order = torch.randperm(len(x))
held = len(x) // 5
test, train = order[:held], order[held:]
mean, deviation = x[train].mean(dim=0), x[train].std(dim=0)
x = (x - mean) / deviation

widths = [x.shape[1], *(int(width) for width in hidden.split(",")), len(classes)]
layers = []
for inputs, width in zip(widths, widths[1:]):
    layers += [torch.nn.Linear(inputs, width), torch.nn.Tanh() if activation == "tanh" else torch.nn.ReLU()]
network = torch.nn.Sequential(*layers[:-1])
optimizer = torch.optim.Adam(network.parameters())
loss = torch.nn.CrossEntropyLoss()
best, best_accuracy = None, -1.0
for _ in range(int(epochs)):
    for rows in train[torch.randperm(len(train))].split(int(batch)):
        optimizer.zero_grad()
        loss(network(x[rows]), y[rows]).backward()
        optimizer.step()
    with torch.no_grad():
        accuracy = (network(x[test]).argmax(dim=1) == y[test]).float().mean().item()
    if accuracy > best_accuracy:
        best, best_accuracy = copy.deepcopy(network.state_dict()), accuracy
torch.save({"network": best, "mean": mean, "deviation": deviation, "classes": list(classes), "columns": list(table.columns)}, out)
print(f'{{"accuracy": {best_accuracy}}}')

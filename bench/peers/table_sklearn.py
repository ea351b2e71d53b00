#!/usr/bin/env python3
"""From a CSV file to a saved model with pandas and scikit-learn: a fifth of the rows measures each epoch, the best one's
parameters are kept.

    table_sklearn.py DATA.csv TARGET HIDDEN ACTIVATION BATCH EPOCHS OUT
"""
import sys

import joblib
import pandas as pd
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

data, target, hidden, activation, batch, epochs, out = sys.argv[1:]
table = pd.read_csv(data)
y = table.pop(target)
model = make_pipeline(
    StandardScaler(),
    MLPClassifier(
        hidden_layer_sizes=[int(width) for width in hidden.split(",")], activation=activation, batch_size=int(batch),
        max_iter=int(epochs), early_stopping=True, validation_fraction=0.2, n_iter_no_change=int(epochs), alpha=0, random_state=0))
model.fit(table.to_numpy(dtype="float32"), y.to_numpy())
joblib.dump((list(table.columns), model), out)
print(f'{{"accuracy": {model[-1].best_validation_score_}}}')

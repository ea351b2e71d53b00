#!/usr/bin/env python3
"""Writes metrics.json: what scikit-learn measures on small made-up predictions, for our metrics to be held against.

    python3 metrics.py [--out DIR]          (Debian: apt-get install python3-sklearn)

The file is {"sklearn": version, "classes": [case, ...], "numbers": [case, ...]}. A case of classes is

    name
    classCount
    classes          [rows], the true class
    probabilities    [rows, classCount], one flat array, row by row
    weights          [rows] or null
    accuracy, balancedAccuracy, macroF1, logLoss   with the weights; p is raised to at least 1e-15
    auc, averagePrecision                     of class 1 of two, with the weights; null otherwise
    precision, recall, f1                     [classCount], with the weights; 0/0 is 0
    support                                   [classCount], with the weights
    confusion                                 [truth, prediction], with the weights, one flat array of rows

and a case of numbers

    name, targets, predictions, weights       [rows]
    rmse, mae, mape, r2                       with the weights; mape over the rows whose target is not 0

Inputs are short decimals from Python's own generator, so they are the same anywhere.
"""
import argparse
import json
import pathlib
import random

import numpy as np
import sklearn
from sklearn import metrics as m


def classes_case(name, rng, class_count, rows, digits, weighted=False, missing_class=None, skill=1.5, extreme=False):
    truth = [rng.choice([c for c in range(class_count) if c != missing_class]) for _ in range(rows)]
    table = []
    for t in truth:
        if extreme and rng.random() < 0.5:
            certain = t if rng.random() < 0.6 else rng.randrange(class_count)
            table.append([1.0 if c == certain else 0.0 for c in range(class_count)])
            continue
        scale = 10 ** digits
        parts = [rng.random() + (skill * rng.random() if c == t else 0) for c in range(class_count)]
        units = [round(scale * p / sum(parts)) for p in parts]
        units[-1] = scale - sum(units[:-1])
        table.append([u / scale for u in units])
    weights = [rng.randrange(0, 40) / 8 for _ in range(rows)] if weighted else None
    probabilities = np.array(table)
    assert probabilities.min() >= 0
    predicted = probabilities.argmax(axis=1)
    labels = list(range(class_count))
    precision, recall, f1, support = m.precision_recall_fscore_support(
        truth, predicted, labels=labels, sample_weight=weights, zero_division=0)
    positive = probabilities[:, 1] if class_count == 2 else None
    return {
        "name": name,
        "classCount": class_count,
        "classes": truth,
        "probabilities": probabilities.ravel().tolist(),
        "weights": weights,
        "accuracy": m.accuracy_score(truth, predicted, sample_weight=weights),
        "balancedAccuracy": m.balanced_accuracy_score(truth, predicted, sample_weight=weights),
        "macroF1": m.f1_score(truth, predicted, average="macro", sample_weight=weights),
        "logLoss": m.log_loss(truth, probabilities, labels=labels, sample_weight=weights, eps=1e-15),
        "auc": None if positive is None else m.roc_auc_score(truth, positive, sample_weight=weights),
        "averagePrecision": None if positive is None else m.average_precision_score(truth, positive, sample_weight=weights),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
        "confusion": m.confusion_matrix(truth, predicted, labels=labels, sample_weight=weights).ravel().tolist(),
    }


def numbers_case(name, rng, rows, offset, zeros=0.1, weighted=False):
    targets = [0.0 if rng.random() < zeros else offset + rng.randrange(-4000, 4000) / 1000 for _ in range(rows)]
    predictions = [t + rng.randrange(-1500, 1500) / 1000 for t in targets]
    weights = [rng.randrange(0, 40) / 8 for _ in range(rows)] if weighted else None
    kept = [i for i, t in enumerate(targets) if t != 0]
    take = lambda values: None if values is None else [values[i] for i in kept]
    return {
        "name": name,
        "targets": targets,
        "predictions": predictions,
        "weights": weights,
        "rmse": m.mean_squared_error(targets, predictions, sample_weight=weights, squared=False),
        "mae": m.mean_absolute_error(targets, predictions, sample_weight=weights),
        "mape": m.mean_absolute_percentage_error(take(targets), take(predictions), sample_weight=take(weights)),
        "r2": m.r2_score(targets, predictions, sample_weight=weights),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    out = parser.parse_args().out
    rng = random.Random(20)
    result = {
        "sklearn": sklearn.__version__,
        "classes": [
            classes_case("two classes, many equal scores", rng, 2, 50, 1),
            classes_case("two classes, weighted", rng, 2, 40, 3, weighted=True),
            classes_case("two classes, poor ranking", rng, 2, 30, 3, skill=0.2),
            classes_case("two classes, certain and sometimes wrong", rng, 2, 40, 2, extreme=True),
            classes_case("three classes", rng, 3, 60, 3),
            classes_case("four classes, weighted", rng, 4, 50, 3, weighted=True),
            classes_case("five classes, one does not occur", rng, 5, 40, 3, missing_class=3),
            classes_case("three classes, certain and sometimes wrong", rng, 3, 40, 2, extreme=True),
        ],
        "numbers": [
            numbers_case("numbers", rng, 50, 0.0),
            numbers_case("numbers, weighted", rng, 50, 2.0, weighted=True),
            numbers_case("numbers far from 0", rng, 30, 1e6, zeros=0),
        ],
    }
    lines = {key: ",\n".join(json.dumps(case) for case in result[key]) for key in ("classes", "numbers")}
    text = (f'{{"sklearn": "{result["sklearn"]}",\n"classes": [\n{lines["classes"]}\n],\n'
            f'"numbers": [\n{lines["numbers"]}\n]}}\n')
    (out / "metrics.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

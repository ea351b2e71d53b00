#!/usr/bin/env python3
"""What scikit-learn's multi-layer perceptrons reach with their defaults, over five splits that can be written out.

    python3 sklearn_baseline.py DATA [--only titanic,wine] [--write-splits DIR] [--no-fit]

DATA is a folder with titanic.csv, wine.csv, digits.csv.gz, adult_train.csv and california_housing.csv.
For each seed 0..4 the rows are split 80/20 by train_test_split(random_state=seed), stratified where the target is a
class, and MLPClassifier or MLPRegressor(random_state=seed), otherwise with its defaults (200 epochs at most), is fitted.
Numbers: median for missing plus an indicator column, standardised; categories: one-hot, missing a category of its own,
unknown ones all zero; a regression target is standardised and turned back. All of it is fitted on the training rows.
Prints the accuracy, or the root mean squared error in units of the target, of each split, then mean and standard
deviation (divisor 4) over the five.

--write-splits DIR writes DIR/NAME/train_S.csv and test_S.csv with all original columns and each cell's own text, so
that another program can be measured on the very same rows. OPENBLAS_NUM_THREADS=1 keeps it on one core.
"""
import argparse
import pathlib
import time
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SEEDS = range(5)
MISSING = {"", "?", "NA", "NaN"}

# name: (file, target, is it a class, columns left out: identifiers, free text, mostly missing)
TABLES = {
    "titanic": ("titanic.csv", "Survived", True, ["PassengerId", "Name", "Ticket", "Cabin"]),
    "wine": ("wine.csv", "cultivar", True, []),
    "digits": ("digits.csv.gz", "digit", True, []),
    "california_housing": ("california_housing.csv", "median_house_value", False, []),
    "adult": ("adult_train.csv", "income", True, []),  # the official training part only, 32,561 rows
}


def decode(text):
    """The columns as numbers where every cell that is not missing is one, else as categories."""
    columns = {}
    for name in text:
        cells = text[name].str.strip()
        missing = cells.isin(MISSING)
        numbers = pd.to_numeric(cells.where(~missing), errors="coerce")
        is_number = (numbers.isna() == missing).all()
        columns[name] = numbers if is_number else cells.where(~missing, "(missing)")
    return pd.DataFrame(columns)


def fit_and_score(train, test, target, is_class, seed):
    numbers = [name for name in train if name != target and train[name].dtype != object]
    categories = [name for name in train if name != target and train[name].dtype == object]
    encoder = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
        ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), categories)])
    x_train, x_test = encoder.fit_transform(train), encoder.transform(test)
    y_train, y_test = train[target].to_numpy(), test[target].to_numpy()
    if is_class:
        model = MLPClassifier(random_state=seed).fit(x_train, y_train)
        return np.mean(model.predict(x_test) == y_test), model.n_iter_, x_train.shape[1]
    mean, deviation = y_train.mean(), y_train.std()
    model = MLPRegressor(random_state=seed).fit(x_train, (y_train - mean) / deviation)
    predicted = model.predict(x_test) * deviation + mean
    return np.sqrt(np.mean((predicted - y_test) ** 2)), model.n_iter_, x_train.shape[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--only", default=",".join(TABLES), help="names of tables, with commas between")
    parser.add_argument("--write-splits", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--no-fit", action="store_true", help="only write the splits")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)  # stopping at 200 epochs is part of the defaults
    print(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", flush=True)

    for name in arguments.only.split(","):
        file, target, is_class, left_out = TABLES[name]
        text = pd.read_csv(arguments.data / file, dtype=str, keep_default_na=False)
        table = decode(text.drop(columns=left_out))
        scores, seconds = [], []
        for seed in SEEDS:
            train, test = train_test_split(
                np.arange(len(text)), test_size=0.2, random_state=seed, stratify=text[target] if is_class else None)
            if arguments.write_splits:
                folder = arguments.write_splits / name
                folder.mkdir(parents=True, exist_ok=True)
                text.iloc[train].to_csv(folder / f"train_{seed}.csv", index=False, lineterminator="\n")
                text.iloc[test].to_csv(folder / f"test_{seed}.csv", index=False, lineterminator="\n")
            if arguments.no_fit:
                continue
            start = time.perf_counter()
            score, epochs, features = fit_and_score(table.iloc[train], table.iloc[test], target, is_class, seed)
            scores.append(score)
            seconds.append(time.perf_counter() - start)
            print(f"{name} split {seed}: {score:.4f} ({len(train)} + {len(test)} rows, {features} features, "
                  f"{epochs} epochs, {seconds[-1]:.1f} s)", flush=True)
        if scores:
            print(f"{name}: {'accuracy' if is_class else 'RMSE'} {np.mean(scores):.4f} ± {np.std(scores, ddof=1):.4f}, "
                  f"{sum(seconds):.1f} s for {len(scores)} fits", flush=True)


main()

#!/usr/bin/env python3
"""Writes iris.csv, diabetes.csv and penguins.csv from the packages named in README.md.

    python3 make.py PENGUINS_JSON [--out DIR]

PENGUINS_JSON is data/penguins.json of the npm package vega-datasets; the other two tables come from the
installed scikit-learn. Values keep the text that the source has; a missing value becomes an empty cell.
"""
import argparse
import csv
import gzip
import hashlib
import json
import pathlib

import sklearn


def iris(data):
    with open(data / "iris.csv", newline="") as file:
        rows = csv.reader(file)
        species = next(rows)[2:]  # the first line counts rows and features, then names the classes
        yield ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"]
        for *numbers, index in rows:
            yield numbers + [species[int(index)]]


def diabetes(data):
    yield ["age", "sex", "bmi", "blood_pressure", "total_cholesterol", "ldl", "hdl", "cholesterol_ratio",
           "log_triglycerides", "glucose", "progression"]
    with gzip.open(data / "diabetes_data_raw.csv.gz", "rt") as features, \
            gzip.open(data / "diabetes_target.csv.gz", "rt") as targets:
        for row, target in zip(features, targets):
            yield row.split() + [f"{float(target):.0f}"]  # whole numbers, written there as 1.510000e+02


def penguins(path):
    names = {"Species": "species", "Island": "island", "Beak Length (mm)": "beak_length_mm",
             "Beak Depth (mm)": "beak_depth_mm", "Flipper Length (mm)": "flipper_length_mm",
             "Body Mass (g)": "body_mass_g", "Sex": "sex"}
    yield list(names.values())
    for row in json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_int=str):
        yield ["" if row[name] is None else row[name] for name in names]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("penguins", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    arguments = parser.parse_args()
    data = pathlib.Path(sklearn.__file__).parent / "datasets" / "data"
    for name, rows in ("iris", iris(data)), ("diabetes", diabetes(data)), ("penguins", penguins(arguments.penguins)):
        path = arguments.out / f"{name}.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        print(hashlib.sha256(path.read_bytes()).hexdigest(), path.name)


main()

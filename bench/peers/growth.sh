#!/usr/bin/env bash
# How the cost of training a row grows with width, depth, batch and rows: fills a part of bench/README.md and its picture.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec </dev/null
dotnet build bench/Backprop.Bench -c Release -nologo -v quiet -clp:NoSummary >&2
exec python3 bench/peers/growth.py

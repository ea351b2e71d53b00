#!/usr/bin/env bash
# Installs the peers, builds everything and measures: bench/peers/run.sh [--rounds N] [--only W2,W3] [--threads 1,2] [--quick]
# Needs the .NET SDK and, to install the rest, root on Debian. See bench/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec </dev/null

packages=(g++ libdnnl-dev libfann-dev libopenblas0-pthread nodejs npm python3 python3-numpy python3-pandas python3-sklearn python3-torch)
missing=()
for package in "${packages[@]}"; do
  case "$package" in
    nodejs) command -v node >/dev/null && continue ;;
    npm) command -v npm >/dev/null && continue ;;
  esac
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}" >&2
  DEBIAN_FRONTEND=noninteractive apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" >/dev/null
fi

out=artifacts/bench
mkdir -p $out
dotnet build bench/Backprop.Bench -c Release -nologo -v quiet -clp:NoSummary >&2
[ $out/limits -nt bench/peers/limits.cpp ] || g++ -O3 -march=native -pthread bench/peers/limits.cpp -o $out/limits
[ $out/onednn -nt bench/peers/onednn.cpp ] || g++ -O2 bench/peers/onednn.cpp -ldnnl -o $out/onednn

exec /usr/bin/python3 bench/peers/run.py "$@"

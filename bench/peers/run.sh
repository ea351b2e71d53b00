#!/usr/bin/env bash
# Installs the peers, builds everything and measures: bench/peers/run.sh [--rounds N] [--only W2,W3] [--threads 1,2] [--quick]
# Needs the .NET SDK and, to install the rest, root on Debian. See bench/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec </dev/null

packages=(
  g++ libdnnl-dev libfann-dev libopenblas0-pthread
  python3 python3-joblib python3-numpy python3-onnx python3-pandas python3-sklearn python3-torch)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}" >&2
  DEBIAN_FRONTEND=noninteractive apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! [ bench/peers/node_modules -nt bench/peers/package-lock.json ]; then
  echo "Installing tfjs and onnxruntime-node" >&2
  (cd bench/peers && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 && touch node_modules)
fi

out=$PWD/artifacts/bench
mkdir -p "$out"
compile() {  # name, then what g++ needs besides
  local name=$1
  shift
  [ "$out/$name" -nt "bench/peers/$name.cpp" ] || g++ "bench/peers/$name.cpp" -o "$out/$name" "$@"
}
compile limits -O3 -march=native -pthread
compile onednn -O2 -ldnnl
compile fann_train -O2 -lfloatfann

dotnet build bench/Backprop.Bench -c Release -nologo -v quiet -clp:NoSummary >&2
rm -rf "$out/tool" "$out/packages"
# Compiled for this machine, as docs/startup.md says to install it.
machine=$(dotnet --info | sed -n 's/^ *RID: *//p')
dotnet pack src/Backprop.Cli -c Release -p:ToolPackageRuntimeIdentifiers="$machine" -o "$out/packages" -nologo -v quiet -clp:NoSummary >&2
echo "<configuration><packageSources><clear/><add key=\"here\" value=\"$out/packages\"/></packageSources></configuration>" >"$out/nuget.config"
dotnet tool install Backprop.Cli --tool-path "$out/tool" --configfile "$out/nuget.config" >/dev/null
DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
export DOTNET_ROOT

exec /usr/bin/python3 bench/peers/run.py "$@"

#!/usr/bin/env bash
# The long forms of the tests that are short in the suite: more of the same, with other draws where there are draws.
#
#   tests/long.sh               all of them, in this order: what fails soonest comes first
#   tests/long.sh fuzz kills    only these
#
#   properties   the engine against the five documents, on other networks than the suite draws     3 minutes
#   torch        the engine against PyTorch, on networks drawn anew (needs python3-torch)          2 minutes
#   fuzz         damaged files of every kind, read or refused                                      8 minutes
#   signals      200 trainings that get signals at random instants                                 3 minutes
#   kills        300 trainings that are killed at random instants                                  5 minutes
#   soak         a process that trains and predicts all the time and must not grow                30 minutes
#
# The times are of two cores. SEED=N before the command draws the same again; it is printed. Files that the fuzzer found are in
# artifacts/fuzz. The last line counts the tests; the exit code is 0 only where all of them passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
exec </dev/null
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

parts=(properties torch fuzz signals kills soak)
results=$PWD/artifacts/long
seed=${SEED:-$(($(date +%s) % 1000000))}
passed=0 failed=0 skipped=0

# check PROJECT CLASSES: runs these test classes and counts; what gives no result has failed.
check() {
  local project=$1 filter total executed good
  filter=$(printf '|FullyQualifiedName~.%s.' "${@:2}")
  if ! dotnet build "tests/$project" -c Release -nologo -v quiet -clp:NoSummary; then
    failed=$((failed + 1))
    return
  fi
  rm -rf "$results"
  dotnet test "tests/$project" -c Release --no-build --nologo -v quiet --filter "${filter:1}" \
    --results-directory "$results" --logger 'trx;LogFileName=run.trx' --logger 'console;verbosity=minimal'
  read -r total executed good < <(sed -n \
    's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' "$results/run.trx" 2>/dev/null) || total=0
  if [ "${total:-0}" -eq 0 ]; then
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + good)) failed=$((failed + executed - good)) skipped=$((skipped + total - executed))
}

# classes FOLDER PATTERN: the names of the test classes there.
classes() {
  (cd "tests/$1" && printf '%s\n' $2) | sed 's/[.]cs$//'
}

properties() {
  BACKPROP_PROPERTY_SEED=$seed BACKPROP_PROPERTY_CASES=5000 \
    check Backprop.Textbook.Tests $(classes Backprop.Textbook.Tests/Properties '*Tests.cs')
}

torch() {
  # The system's own has Debian's packages where another comes first on the path.
  local python=python3
  "$python" -c 'import torch' 2>/dev/null || python=/usr/bin/python3
  if ! "$python" -c 'import torch' 2>/dev/null; then
    echo 'Skipped: networks drawn anew need PyTorch: sudo apt-get install python3-torch'
    skipped=$((skipped + 1))
    return
  fi
  local file=$PWD/artifacts/torch-networks.json.gz
  mkdir -p artifacts
  if ! "$python" tests/golden/torch_networks.py --seed "$seed" --out "$file"; then
    failed=$((failed + 1))
    return
  fi
  BACKPROP_TORCH_NETWORKS=$file check Backprop.Textbook.Tests TorchNetworkTests

  file=$PWD/artifacts/torch-layers.json.gz
  if ! "$python" tests/golden/torch_layers.py --seed "$seed" --count 200 --out "$file"; then
    failed=$((failed + 1))
    return
  fi
  BACKPROP_TORCH_LAYERS=$file check Backprop.Engine.Tests TorchLayersTests
}

fuzz() {
  mkdir -p artifacts/fuzz
  BACKPROP_FUZZ=300000 BACKPROP_FUZZ_SEED=$seed BACKPROP_FUZZ_FOLDER=$PWD/artifacts/fuzz \
    check Backprop.Tests $(classes Backprop.Tests/Fuzzing '*FuzzTests.cs')
  cat artifacts/fuzz/*.log
}

signals() {
  BACKPROP_SIGNALS=200 check Backprop.Cli.Tests SignalTests
}

kills() {
  BACKPROP_KILLS=300 check Backprop.Cli.Tests KillTests
}

soak() {
  BACKPROP_SOAK_SECONDS=1800 check Backprop.Tests SoakTests
}

if [ "${1:-}" = --help ]; then
  sed -n '/^#   tests/,/^# artifacts/s/^# \{0,1\}//p' "$0"
  exit
fi
[ $# -gt 0 ] || set -- "${parts[@]}"
for part in "$@"; do
  case " ${parts[*]} " in
    *" $part "*) ;;
    *) echo "There is no $part; there are ${parts[*]}." >&2; exit 2 ;;
  esac
done

for part in "$@"; do
  echo "== $part, seed $seed"
  SECONDS=0
  "$part"
  echo "$part took $SECONDS seconds"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

#!/usr/bin/env bash
# Installs what the tests need, then runs all of them, slow ones too. The last line counts them.
# Needs the .NET SDK; everything else is installed, or the command that installs it is shown.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null

results=artifacts/test-results

# ONNX Runtime runs the models that the tests save. It comes from npm and runs in Node.js.
install_node() {
  local -a packages=()
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  [ ${#packages[@]} -eq 0 ] && return 0
  local install="apt-get install --yes --no-install-recommends ${packages[*]}"
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing ${packages[*]}"
    apt-get update -qq && $install >/dev/null && return 0
    echo "Installing ${packages[*]} failed." >&2
    return 1
  fi
  echo "The tests need ${packages[*]}: sudo apt-get update && sudo $install" >&2
  return 1
}

install_onnxruntime() {
  local folder=tests/onnxruntime
  [ -d $folder/node_modules/onnxruntime-node ] && [ $folder/node_modules -nt $folder/package-lock.json ] && return 0
  echo "Installing ONNX Runtime"
  (cd $folder && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) && touch $folder/node_modules
}

# The numbers of one result file: total, executed, passed.
counters() {
  sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' "$1" | head -n 1
}

# Names and reasons of the tests that were skipped.
skips() {
  awk '
    /<UnitTestResult / { name = ""; if (/outcome="NotExecuted"/) { match($0, /testName="[^"]*"/); name = substr($0, RSTART + 10, RLENGTH - 11) } }
    name != "" && /<Message>/ { gsub(/^ *<Message>|<\/Message>.*$/, ""); print "Skipped: " name ": " $0; name = "" }
  ' "$1"
}

passed=0 failed=0 skipped=0 broken=0
finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$broken" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

install_node && install_onnxruntime || { broken=1; finish; }
dotnet build -c Release -nologo -v quiet -clp:NoSummary || { echo "The build failed." >&2; broken=1; finish; }

rm -rf $results
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --results-directory $results --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" "$@"
  code=$?
  read -r total executed good < <(counters "$results/$name.trx" 2>/dev/null) || total=
  if [ "${total:-0}" -eq 0 ]; then
    echo "$name gave no results." >&2
    broken=1
    continue
  fi
  passed=$((passed + good))
  failed=$((failed + executed - good))
  skipped=$((skipped + total - executed))
  skips "$results/$name.trx"
  if [ $code -ne 0 ] && [ "$executed" -eq "$good" ]; then
    echo "$name ended with $code although no test failed." >&2
    broken=1
  fi
done
finish

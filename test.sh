#!/usr/bin/env bash
# Builds everything, packages too, then runs all tests, slow ones too; those of the command run twice, once with its native
# images. The last line counts them. Needs the .NET SDK; what else it needs is installed, or the command that installs it is shown.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null

results=artifacts/test-results

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

# Runs the tests of a project, and adds its counts to the sums: run NAME PROJECT ARGUMENT...
run() {
  local name=$1 project=$2 code total executed good
  shift 2
  echo "== $name"
  dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --results-directory $results --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" "$@"
  code=$?
  read -r total executed good < <(counters "$results/$name.trx" 2>/dev/null) || total=
  if [ "${total:-0}" -eq 0 ]; then
    echo "$name gave no results." >&2
    broken=1
    return
  fi
  passed=$((passed + good))
  failed=$((failed + executed - good))
  skipped=$((skipped + total - executed))
  skips "$results/$name.trx"
  if [ $code -ne 0 ] && [ "$executed" -eq "$good" ]; then
    echo "$name ended with $code although no test failed." >&2
    broken=1
  fi
}

is_native=$([ "$(uname -sm)" = "Linux x86_64" ] && echo 1)
if [ "$is_native" ]; then
  # A C toolchain links the native images; qemu runs them on processors that this machine is not; the tests kill and signal.
  tools/need.sh gcc libc6-dev qemu-user procps || { broken=1; finish; }
fi
dotnet build -c Release -nologo -v quiet -clp:NoSummary || { echo "The build failed." >&2; broken=1; finish; }
if [ "$is_native" ]; then
  echo "== packages"
  tools/package.sh artifacts/packages || { echo "Packing failed." >&2; broken=1; finish; }
fi

rm -rf $results
for project in tests/*.Tests/*.csproj; do
  run "$(basename "$project" .csproj)" "$project" "$@"
done
if [ "$is_native" ]; then
  export BACKPROP_COMMAND=$PWD/artifacts/publish/Backprop.Cli/release_linux-x64/backprop
  run Backprop.Cli.Tests-native tests/Backprop.Cli.Tests "$@"
fi
finish

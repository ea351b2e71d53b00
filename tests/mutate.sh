#!/usr/bin/env bash
# Shows that the tests see what they are there to see: breaks the engine in one way at a time, in a copy of the working tree,
# and counts which formulas' tests fail.
#
#   tests/mutate.sh             all mutations; fails where one survives, or a formula's tests were never seen to fail
#   tests/mutate.sh -l          lists them
#   tests/mutate.sh tanh loss   those whose name has one of these words in it
#
# Needs the .NET SDK and git. Only tests/Backprop.Textbook.Tests run.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

names=() files=() edits=()

# mutation NAME FILE EDIT: EDIT is a sed command that must change FILE of the engine.
mutation() {
  names+=("$1") files+=("src/Backprop.Engine/$2") edits+=("$3")
}

# --- value flow ---------------------------------------------------------------------------------------------------------
flow=Flows/ValueFlow.cs
mutation 'bias subtracted' $flow 's/parameters\.Biases\[k\], u, rows);/null, u, rows); for (int r = rows.Start; parameters.Biases[k] is { } b \&\& r < rows.End; r++) { for (int j = 0; j < u.Columns; j++) u[r, j] -= b[0, j]; }/'
mutation 'bias left out' $flow 's/parameters\.Biases\[k\], u, rows);/null, u, rows);/'
mutation 'bias added to the first row only' $flow 's/parameters\.Biases\[k\], u, rows);/null, u, rows); for (int j = 0; parameters.Biases[k] is { } b \&\& rows.Start == 0 \&\& j < u.Columns; j++) u[0, j] += b[0, j];/'
mutation 'hidden activation skipped' $flow '0,/_activations\[k\]\.Apply(u, x, rows);/s//for (int r = rows.Start; r < rows.End; r++) u[r].CopyTo(x[r]);/'
mutation 'output activation skipped' $flow '/else$/{n;s/_activations\[k\]\.Apply(u, x, rows);/for (int r = rows.Start; r < rows.End; r++) u[r].CopyTo(x[r]);/}'
mutation 'weights taken by columns on the way forward' $flow 's/_products\.Forward(workspace\.Fed\[k\], parameters\.Weights\[k\], parameters\.Biases\[k\], u, rows);/for (int r = rows.Start; r < rows.End; r++) { for (int j = 0; j < u.Columns; j++) { Matrix<T> w = parameters.Weights[k]; T s = parameters.Biases[k] is { } b ? b[0, j] : T.Zero; for (int i = 0; i < w.Rows; i++) s += workspace.Fed[k][r, i] * w[j % w.Rows, i % w.Columns]; u[r, j] = s; } }/'
mutation 'last input left out of U' $flow 's/_products\.Forward(\(.*\)$/_products.Forward(\1 for (int r = rows.Start; r < rows.End; r++) { for (int j = 0; j < u.Columns; j++) u[r, j] -= workspace.Fed[k][r, workspace.Fed[k].Columns - 1] * parameters.Weights[k][parameters.Weights[k].Rows - 1, j]; }/'
mutation 'softmax not divided by its sum' Kernels/SoftmaxLanes.cs 's/^            Divide(ref to, u\.Columns, sum);/            _ = sum;/'

# --- loss ---------------------------------------------------------------------------------------------------------------
mutation 'squared loss: the 2 of its derivative lost' Formulas/Losses/SquaredLoss.cs 's/R\.Constant(2) \* (output - target)/output - target/'
mutation 'squared loss: not squared' Formulas/Losses/SquaredLoss.cs 's/return d \* d;/return d;/'
mutation 'half squared loss: the half lost' Formulas/Losses/HalfSquaredLoss.cs 's/R\.Constant(0\.5) \* d \* d/d * d/'
mutation 'half squared loss: a 2 in its derivative' Formulas/Losses/HalfSquaredLoss.cs 's/return output - target;/return R.Constant(2) * (output - target);/'
mutation 'softmax cross-entropy: target added' Kernels/SoftmaxCrossEntropyLanes.cs 's/\* scale - aim;/* scale + aim;/'
mutation 'softmax cross-entropy: target missing' Kernels/SoftmaxCrossEntropyLanes.cs 's/\* scale - aim;/* scale;/'
mutation 'softmax cross-entropy: value without the target' Kernels/SoftmaxCrossEntropyLanes.cs 's/LogOf(s) \* total - crossed\.Sum();/LogOf(s) * total;/'
mutation 'softmax cross-entropy: class off by one' Kernels/SoftmaxCrossEntropyLanes.cs 's/ref powers, classes\[row\]);/ref powers, (classes[row] + 1) % delta.Columns);/'
mutation 'logistic cross-entropy: target added' Formulas/Losses/LogisticCrossEntropy.cs 's/R\.Logistic(output) - Smooth(target)/R.Logistic(output) + Smooth(target)/'
mutation 'logistic cross-entropy: value without ln(1 - y)' Formulas/Losses/LogisticCrossEntropy.cs 's/return R\.Softplus(-R\.Abs(output)) + hinge;/return target * R.Softplus(-output);/'
mutation 'poisson: target added' Formulas/Losses/PoissonLoss.cs 's/R\.Exp(output) - target;/R.Exp(output) + target;/'
mutation 'poisson: value without the target' Formulas/Losses/PoissonLoss.cs 's/R\.Exp(output) - target \* output;/R.Exp(output);/'
mutation 'sum over the rows turned into their mean' Flows/ErrorFlow.cs 's|Reduction == Reduction\.Mean ? 1\.0 / batchRows : 1\.0|1.0 / batchRows|'
mutation 'mean: errors not divided by the rows' Flows/ErrorFlow.cs 's|Reduction == Reduction\.Mean ? 1\.0 / batchRows : 1\.0|1.0|'
mutation 'mean: errors divided by the rows twice' Flows/ErrorFlow.cs 's|? 1\.0 / batchRows : 1\.0|? 1.0 / batchRows / batchRows : 1.0|'
mutation 'loss of the batch: last row only' Flows/ErrorFlow.cs 's/for (int row = 0; row < workspace\.Count; row++)/for (int row = workspace.Count - 1; row < workspace.Count; row++)/'
mutation 'row weights ignored' Flows/ErrorFlow.cs 's/workspace\.Weights\[row\] \* share/share/'

# --- error flow ---------------------------------------------------------------------------------------------------------
flow=Flows/ErrorFlow.cs
mutation 'transpose dropped on the way back' $flow 's/_products\.Backward(delta, parameters\.Weights\[k + 1\], workspace\.Delta\[k\], rows);/for (int r = rows.Start; r < rows.End; r++) { for (int i = 0; i < workspace.Delta[k].Columns; i++) { Matrix<T> w = parameters.Weights[k + 1]; T s = T.Zero; for (int j = 0; j < delta.Columns; j++) s += delta[r, j] * w[j % w.Rows, i % w.Columns]; workspace.Delta[k][r, i] = s; } }/'
mutation 'weights of another layer on the way back' $flow 's/_products\.Backward(delta, parameters\.Weights\[k + 1\], workspace\.Delta\[k\], rows);/for (int r = rows.Start; r < rows.End; r++) { for (int i = 0; i < workspace.Delta[k].Columns; i++) { Matrix<T> w = parameters.Weights[k]; T s = T.Zero; for (int j = 0; j < delta.Columns; j++) s += delta[r, j] * w[i % w.Rows, j % w.Columns]; workspace.Delta[k][r, i] = s; } }/'
mutation 'errors of the first next neuron only, not their sum' $flow 's/_products\.Backward(delta, parameters\.Weights\[k + 1\], workspace\.Delta\[k\], rows);/for (int r = rows.Start; r < rows.End; r++) { for (int i = 0; i < workspace.Delta[k].Columns; i++) workspace.Delta[k][r, i] = delta[r, 0] * parameters.Weights[k + 1][i, 0]; }/'
mutation 'derivative dropped in hidden layers' $flow 's/^            _activations\[k\]\.MultiplyByDerivative(.*);$/            _ = _activations;/'
mutation 'derivative dropped at the output' $flow 's/^                _activations\[last\]\.MultiplyByDerivative(.*);$/                _ = _activations;/'
mutation 'errors of the inputs without the last product' $flow 's/^            _products\.Backward(delta, parameters\.Weights\[0\], inputErrors, rows);/            for (int r = rows.Start; r < rows.End; r++) { for (int i = 0; i < inputErrors.Columns; i++) inputErrors[r, i] = delta[r, i % delta.Columns]; }/'
mutation 'weight gradient of the last row only' $flow 's/_products\.WeightGradient(.*$/for (int i = inputs.Start; i < inputs.End; i++) { for (int j = 0; j < gradient.Weights[k].Columns; j++) gradient.Weights[k][i, j] = workspace.Fed[k][count - 1, i] * workspace.Delta[k][count - 1, j]; }/'
mutation 'weight gradient from U instead of X' $flow 's/_products\.WeightGradient(workspace\.Fed\[k\],/_products.WeightGradient(k > 0 \&\& workspace.KeptU[k - 1] is { } u ? u : workspace.Fed[k],/'
mutation 'weight gradient from the X of the first layer' $flow 's/_products\.WeightGradient(.*$/for (int i = inputs.Start; i < inputs.End; i++) { for (int j = 0; j < gradient.Weights[k].Columns; j++) { T s = T.Zero; for (int r = 0; r < count; r++) s += workspace.Inputs[r, i % workspace.Inputs.Columns] * workspace.Delta[k][r, j]; gradient.Weights[k][i, j] = s; } }/'
mutation 'weight gradient without X' $flow 's/_products\.WeightGradient(.*$/for (int i = inputs.Start; i < inputs.End; i++) { for (int j = 0; j < gradient.Weights[k].Columns; j++) { T s = T.Zero; for (int r = 0; r < count; r++) s += workspace.Delta[k][r, j]; gradient.Weights[k][i, j] = s; } }/'
mutation 'bias gradient of the first row only' $flow 's/BiasGradient(workspace\.Delta\[k\], count,/BiasGradient(workspace.Delta[k], 1,/'
mutation 'bias gradient with the other sign' $flow 's/_products\.BiasGradient(workspace\.Delta\[k\], count, bias, goOn);/{ _products.BiasGradient(workspace.Delta[k], count, bias, goOn); for (int j = 0; j < bias.Columns; j++) bias[0, j] = -bias[0, j]; }/'
mutation 'softmax Jacobian: diagonal only' Kernels/SoftmaxLanes.cs 's/(V\.Load(ref error, (nuint)j) - mean)/V.Load(ref error, (nuint)j)/'
mutation 'softmax Jacobian: without its diagonal' Kernels/SoftmaxLanes.cs 's/(V\.Load(ref error, (nuint)j) - mean)/(V.Zero - mean)/'

# --- derivatives --------------------------------------------------------------------------------------------------------
mutation 'tanh: derivative 1 - x' Formulas/Activations/Tanh.cs 's/R\.MultiplyAdd(-x, x, R\.Constant(1))/R.Constant(1) - x/'
mutation 'tanh: derivative of the logistic' Formulas/Activations/Tanh.cs 's/R\.MultiplyAdd(-x, x, R\.Constant(1))/x * (R.Constant(1) - x)/'
mutation 'logistic: derivative x' Formulas/Activations/Logistic.cs 's/x \* (R\.Constant(1) - x)/x/'
mutation 'exponential: derivative 1' Formulas/Activations/Exponential.cs 's/=> x;/=> R.Constant(1);/'
mutation 'relu: derivative 1 everywhere' Formulas/Activations/Relu.cs 's/R\.IfLess(R\.Constant(0), x, R\.Constant(1), R\.Constant(0))/R.Constant(1)/'
mutation 'softplus: derivative at x, not at u' Formulas/Activations/Softplus.cs 's/R\.Logistic(u)/R.Logistic(x)/'
mutation 'sine: derivative with the other sign' Formulas/Activations/Sine.cs 's/R\.Cos(u)/-R.Cos(u)/'
mutation 'tanh: value of another function' Formulas/Activations/Tanh.cs 's/=> R\.Tanh(u)/=> R.Logistic(u)/'
mutation 'logistic: value of another function' Formulas/Activations/Logistic.cs 's/=> R\.Logistic(u)/=> R.Tanh(u)/'

# --- update -------------------------------------------------------------------------------------------------------------
mutation 'update upwards' Formulas/Rules/GradientDescent.cs 's/R\.MultiplyAdd(-s\.Rate, g, p)/R.MultiplyAdd(s.Rate, g, p)/'
mutation 'update without the learning rate' Formulas/Rules/GradientDescent.cs 's/R\.MultiplyAdd(-s\.Rate, g, p)/p - g/'
mutation 'update forgets the old parameter' Formulas/Rules/GradientDescent.cs 's/R\.MultiplyAdd(-s\.Rate, g, p)/-s.Rate * g/'

# ------------------------------------------------------------------------------------------------------------------------

if [ "${1:-}" = --help ]; then
  sed -n '2,10s/^# \{0,1\}//p' "$0"
  exit
fi
if [ "${1:-}" = -l ]; then
  printf '%s\n' "${names[@]}"
  exit 0
fi

chosen() {
  [ $# -eq 1 ] && return 0
  local word
  for word in "${@:2}"; do
    [[ "$1" == *"$word"* ]] && return 0
  done
  return 1
}

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
  [ -e "$file" ] && printf '%s\0' "$file"
done | tar --null -T - -cf - | tar -xf - -C "$tree" || exit 2
cd "$tree" || exit 2

project=tests/Backprop.Textbook.Tests
tests=artifacts/bin/Backprop.Textbook.Tests/release/Backprop.Textbook.Tests.dll
export DOTNET_CLI_TELEMETRY_OPTOUT=1 BACKPROP_PROPERTY_CASES=20

build() {
  dotnet build "$1" -c Release -nologo -v quiet -clp:NoSummary -p:RunAnalyzers=false "${@:2}" >build.log 2>&1
}

# The tests take the broken engine without being built again.
build_engine() {
  build src/Backprop.Engine --no-restore && cp artifacts/bin/Backprop.Engine/release/Backprop.Engine.dll "$(dirname $tests)"
}

# Leaves in failed.txt the full names of the tests that failed, without the arguments of theories.
run() {
  rm -rf results
  BACKPROP_FORMULAS=$PWD/formulas.tsv timeout 900 dotnet test $tests --logger 'trx;LogFileName=run.trx' --results-directory results >test.log 2>&1
  [ -s results/run.trx ] || return 1
  sed -n '/<UnitTestResult [^>]*outcome="Failed"/s/.* testName="\([^"(]*\).*/\1/p' results/run.trx | sort -u >failed.txt
}

# The formulas of the tests in failed.txt.
formulas() {
  awk -F '\t' 'NR == FNR { failed[$1] = 1; next } $1 in failed { print $2 }' failed.txt formulas.tsv | sort -u -V
}

echo "Building"
build $project || { cat build.log; exit 2; }
run || { tail -n 20 test.log; exit 2; }
if [ -s failed.txt ]; then
  echo "These tests fail without any mutation:" >&2
  cat failed.txt >&2
  exit 2
fi
cut -f 2 formulas.tsv | sort -u -V >all.txt

# One formula a line -> "columns 6 to 13, indices 1, likelihood b".
summary() {
  awk '
    function flush() { if (first != "") printf "%s%s%s", comma, first, (last == first ? "" : " to " number); if (first != "") comma = ", " }
    {
      head = $0; sub(/[0-9]+$/, "", head); tail = substr($0, length(head) + 1)
      if (first != "" && tail != "" && head == before && tail == number + 1) { last = $0; number = tail; next }
      flush(); first = last = $0; before = head; number = tail
    }
    END { flush(); print "" }'
}

count=0 caught=0 broken=0
: >seen.txt
for i in "${!names[@]}"; do
  chosen "${names[i]}" "$@" || continue
  count=$((count + 1))
  cp "${files[i]}" original
  sed -i "${edits[i]}" "${files[i]}"
  if cmp -s original "${files[i]}"; then
    echo "${names[i]}: its edit finds nothing to change in ${files[i]}" >&2
    broken=$((broken + 1))
  elif ! build_engine; then
    echo "${names[i]}: does not compile" >&2
    grep -m 3 'error' build.log >&2
    broken=$((broken + 1))
  elif ! run; then
    echo "${names[i]}: the tests ended without a result" >&2
    broken=$((broken + 1))
  else
    formulas >>seen.txt
    proofs=$(cut -f 1 formulas.tsv | sort -u | comm -12 - failed.txt | wc -l)
    others=$(($(wc -l <failed.txt) - proofs))
    if [ -s failed.txt ]; then
      caught=$((caught + 1))
      echo "${names[i]}: $proofs tests of formulas and $others others fail"
      [ "$proofs" -gt 0 ] && echo "    $(formulas | summary)"
    else
      echo "${names[i]}: SURVIVED"
    fi
  fi
  cp original "${files[i]}"
done

sort -u -V seen.txt -o seen.txt
sort all.txt >all.sorted
unseen=$(sort seen.txt | comm -23 all.sorted -)
total=$(wc -l <all.txt)
[ $# -eq 0 ] && [ -n "$unseen" ] && echo "Never seen to fail: $(sort -V <<<"$unseen" | summary)"
echo "$count mutations, $caught caught, $((count - caught)) survived; $total formulas, $(wc -l <seen.txt) seen to fail"
[ "$count" -gt 0 ] && [ "$broken" -eq 0 ] && [ "$caught" -eq "$count" ] && { [ $# -gt 0 ] || [ -z "$unseen" ]; }

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

# --- value flow -------------------------------------------------------------------------------------------------------
flow=Flows/ValueFlow.cs
dense=Flows/Layers/DenseFlow.cs

# total NAME BIAS THEN: U of a layer is taken with BIAS, which may be b, and THEN goes on with it.
total() {
  mutation "$1" $dense "s/RowRange rows) => _products\.Forward($/RowRange rows) { Matrix<T> u = U ?? X, w = parameters.Tensors[_weights]; Matrix<T>? b = _bias is { } at ? parameters.Tensors[at] : null; _products.Forward(/; s/_bias is { } bias ? parameters\.Tensors\[bias\] : null, U ?? X, rows);/$2, u, rows); $3 _ = (w, b); }/"
}

total 'bias subtracted' null 'for (int r = rows.Start; b is not null \&\& r < rows.End; r++) { for (int j = 0; j < u.Columns; j++) u[r, j] -= b[0, j]; }'
total 'bias left out' null ''
total 'bias added to the first row only' null 'for (int j = 0; b is not null \&\& rows.Start == 0 \&\& j < u.Columns; j++) u[0, j] += b[0, j];'
mutation 'hidden activation skipped' $flow 's/layers\[k\]\.Values(parameters, rows, pass);/{ layers[k].Values(parameters, rows, pass); if (k < layers.Length - 1 \&\& layers[k] is DenseFlow<T>) layers[k].Totals(parameters, rows); for (int r = rows.Start; k < layers.Length - 1 \&\& layers[k] is DenseFlow<T> { U: { } u } \&\& r < rows.End; r++) u[r].CopyTo(layers[k].X[r]); }/'
mutation 'output activation skipped' $flow 's/layers\[k\]\.Values(parameters, rows, pass);/{ layers[k].Values(parameters, rows, pass); if (k == layers.Length - 1 \&\& layers[k] is DenseFlow<T>) layers[k].Totals(parameters, rows); for (int r = rows.Start; k == layers.Length - 1 \&\& layers[k] is DenseFlow<T> { U: { } u } \&\& r < rows.End; r++) u[r].CopyTo(layers[k].X[r]); }/'
total 'weights taken by columns on the way forward' null 'for (int r = rows.Start; r < rows.End; r++) { for (int j = 0; j < u.Columns; j++) { T s = b is null ? T.Zero : b[0, j]; for (int i = 0; i < w.Rows; i++) s += In[r, i] * w[j % w.Rows, i % w.Columns]; u[r, j] = s; } }'
total 'last input left out of U' b 'for (int r = rows.Start; r < rows.End; r++) { for (int j = 0; j < u.Columns; j++) u[r, j] -= In[r, In.Columns - 1] * w[w.Rows - 1, j]; }'
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

# --- error flow -------------------------------------------------------------------------------------------------------
flow=Flows/ErrorFlow.cs

# back NAME LAYER SUM: the errors that layer k passes back to a neuron i of a hidden layer are SUM, with W of another LAYER or its own.
back() {
  mutation "$1" $flow "s/layers\[k\]\.PassBack(parameters, rows);/{ layers[k].PassBack(parameters, rows); for (int r = rows.Start; k > 0 \&\& layers[k] is DenseFlow<T> \&\& r < rows.End; r++) { Matrix<T> e = layers[k].InErrors!, delta = layers[k].Delta, w = parameters.Weights[$2]; for (int i = 0; i < e.Columns; i++) { T s = T.Zero; $3 e[r, i] = s; } } }/"
}

# weight NAME VALUE: each row adds VALUE · delta to ∂e/∂W of layer k.
weight() {
  mutation "$1" $flow "s/^\( *\)\(workspace\.Layers\[k\]\.Gradient(gradient.*;\)$/\1{ \2 for (int i = 0; workspace.Layers[k] is DenseFlow<T> flow \&\& i < flow.In.Columns; i++) { for (int j = 0; j < flow.X.Columns; j++) { T s = T.Zero; for (int r = 0; r < workspace.Count; r++) s += $2 * flow.Delta[r, j]; gradient.Weights[k][i, j] = s; } } }/"
}

back 'transpose dropped on the way back' k 'for (int j = 0; j < delta.Columns; j++) s += delta[r, j] * w[j % w.Rows, i % w.Columns];'
back 'weights of another layer on the way back' 'k - 1' 'for (int j = 0; j < delta.Columns; j++) s += delta[r, j] * w[i % w.Rows, j % w.Columns];'
back 'errors of the first next neuron only, not their sum' k 's = delta[r, 0] * w[i, 0];'
mutation 'derivative dropped in hidden layers' $flow 's/layers\[k\]\.Derive(rows);/if (k == layers.Length - 1) layers[k].Derive(rows);/'
mutation 'derivative dropped at the output' $flow 's/layers\[k\]\.Derive(rows);/if (k < layers.Length - 1 || layers[k] is not DenseFlow<T>) layers[k].Derive(rows);/'
mutation 'errors of the inputs without the last product' $flow 's/layers\[k\]\.PassBack(parameters, rows);/{ layers[k].PassBack(parameters, rows); for (int r = rows.Start; k == 0 \&\& layers[0].InErrors is { } e \&\& r < rows.End; r++) { for (int i = 0; i < e.Columns; i++) e[r, i] = layers[0].Delta[r, i % layers[0].Delta.Columns]; } }/'
mutation 'weight gradient of the last row only' $dense 's/_products\.WeightGradient(.*$/Matrix<T> g = gradient.Tensors[_weights]; for (int i = part.Start; i < part.End; i++) { for (int j = 0; j < g.Columns; j++) g[i, j] = In[count - 1, i] * Delta[count - 1, j]; }/'
weight 'weight gradient from U instead of X' '(k > 0 \&\& workspace.KeptU[k - 1] is { } u ? u : flow.In)[r, i]'
weight 'weight gradient from the X of the first layer' 'workspace.Inputs[r, i % workspace.Inputs.Columns]'
weight 'weight gradient without X' 'T.One'
mutation 'bias gradient of the first row only' $dense 's/BiasGradient(Delta, count,/BiasGradient(Delta, 1,/'
mutation 'bias gradient with the other sign' $dense 's/_products\.BiasGradient(Delta, count, gradient\.Tensors\[bias\], goOn);/{ _products.BiasGradient(Delta, count, gradient.Tensors[bias], goOn); for (int j = 0; j < Delta.Columns; j++) gradient.Tensors[bias][0, j] = -gradient.Tensors[bias][0, j]; }/'
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

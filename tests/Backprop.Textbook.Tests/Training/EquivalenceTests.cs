using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// 100 steps in each document's own convention and 100 of the engine's trainer, with the learning rate mapped, lead to the same
/// parameters: differences ≤ 10⁻¹⁰ of a tensor's largest element.
/// </summary>
public sealed class EquivalenceTests
{
    const int Steps = 100;
    const int Rows = 7;
    const double Bound = 1e-10;

    static readonly Function[] s_three = [Function.Tanh, Function.Logistic, Function.Sine];

    /// <summary>"indices": e of a row is any; over rows the sum, so α = η, and α = η/N where the engine takes the mean.</summary>
    [Theory]
    [InlineData(Reduction.Sum, "squared")]
    [InlineData(Reduction.Mean, "squared")]
    [InlineData(Reduction.Sum, "softmax-cross-entropy")]
    [InlineData(Reduction.Mean, "logistic-cross-entropy")]
    public void Indices_without_biases_with_functions_of_their_own(Reduction reduction, string loss)
    {
        const double α = 0.02;
        Function output = loss == "logistic-cross-entropy" ? Function.Logistic : Function.Linear;
        Network network = NetworkOf([3, 4, 5, 2], [s_three, [Function.Softplus, Function.Tanh], [output]], false, loss);
        Parameters<double> start = Start(network);
        double[,] targets = loss == "squared" ? Numbers.Matrix(9, Rows, 2) : Labels();
        var form = new IndexForm(Weights(start), [.. Enumerable.Range(0, 3).Select(k => FunctionsOf(network.DenseLayers()[k]))]);
        Cost cost = loss switch
        {
            "squared" => Cost.Squared,
            "softmax-cross-entropy" => Cost.SoftmaxCrossEntropy,
            _ => Cost.LogisticCrossEntropy,
        };
        for (int step = 0; step < Steps; step++)
            form.Step(Numbers.RowsOf(Inputs()), Numbers.RowsOf(targets), cost, α);

        Parameters<double> trained = Train(start, targets, loss, reduction, Rate(α, reduction));
        for (int k = 0; k < 3; k++)
            AssertSame(form.W[k + 1], trained.Weights[k]);
    }

    /// <summary>"rows": C = ½Σ(y − a)² and Δw = −η ∂C/∂w; the engine's rate is η, and η·N where it takes the mean.</summary>
    [Theory]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    public void Row_vectors_with_half_the_square(Reduction reduction)
    {
        const double η = 0.05;
        Network network = NetworkOf([3, 5, 4, 2], [[Function.Logistic], [Function.Tanh], [Function.Softplus]], true);
        Parameters<double> start = Start(network);
        double[,] targets = Numbers.Matrix(9, Rows, 2);
        var rows = new RowVectors(Weights(start), Biases(start, 1), [Function.Logistic, Function.Tanh, Function.Softplus]);
        for (int step = 0; step < Steps; step++)
            rows.Step(Numbers.RowsOf(Inputs()), Numbers.RowsOf(targets), η);

        Parameters<double> trained = Train(start, targets, "half-squared", reduction, Rate(η, reduction));
        for (int k = 0; k < 3; k++)
        {
            AssertSame(rows.w[k + 1], trained.Weights[k]);
            AssertSame(rows.b[k + 1], trained.Biases[k]!);
        }
    }

    /// <summary>"rows" as printed, one row and a full step of −∂C/∂w: η = 1; the squared loss without ½ asks for ½.</summary>
    [Theory]
    [InlineData("half-squared", 1)]
    [InlineData("squared", 0.5)]
    public void Row_vectors_one_row_and_the_full_step(string loss, double rate)
    {
        Network network = NetworkOf([3, 5, 2], [[Function.Logistic], [Function.Logistic]], true);
        Parameters<double> start = Start(network);
        double[,] x = Numbers.Matrix(8, 1, 3), y = Labels(1);
        var rows = new RowVectors(Weights(start), Biases(start, 1), [Function.Logistic, Function.Logistic]);
        for (int step = 0; step < Steps; step++)
            rows.Step(Numbers.RowOf(x, 0), Numbers.RowOf(y, 0));

        Parameters<double> trained = Train(start, x, y, loss, Reduction.Sum, rate);
        for (int k = 0; k < 2; k++)
        {
            AssertSame(rows.w[k + 1], trained.Weights[k]);
            AssertSame(rows.b[k + 1], trained.Biases[k]!);
        }
    }

    /// <summary>"scalars" 1: one neuron a layer, wx − b and (t − o)²: η = η, b = −b.</summary>
    [Theory]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    public void Scalars_with_biases_subtracted(Reduction reduction)
    {
        const double η = 0.03;
        Function[] functions = [Function.Tanh, Function.Softplus, Function.Sine];
        Network network = NetworkOf([1, 1, 1, 1], [.. functions.Select(f => new[] { f })], true);
        Parameters<double> start = Start(network);
        double[,] x = Numbers.Matrix(8, Rows, 1), t = Numbers.Matrix(9, Rows, 1);
        var chain = new ScalarChain(
            [.. start.Weights.Select(w => w[0, 0])], [.. start.Biases.Select(b => -b![0, 0])], functions);
        chain.Train([.. x.Cast<double>()], [.. t.Cast<double>()], η, Steps);

        Parameters<double> trained = Train(start, x, t, "squared", reduction, Rate(η, reduction));
        for (int k = 0; k < 3; k++)
        {
            AssertSame(new[,] { { chain.W[k] } }, trained.Weights[k]);
            AssertSame(new[,] { { -chain.B[k] } }, trained.Biases[k]!);
        }
    }

    /// <summary>"scalars" 2.1 and 2.2: W turned round, −b, (T − O)ᵀ(T − O).</summary>
    [Theory]
    [InlineData(Reduction.Sum, false)]
    [InlineData(Reduction.Mean, false)]
    [InlineData(Reduction.Sum, true)]
    [InlineData(Reduction.Mean, true)]
    public void Matrices_and_paths_with_biases_subtracted(Reduction reduction, bool paths)
    {
        const double η = 0.02;
        Network network = NetworkOf([3, 4, 3, 2], [s_three, s_three, [Function.Linear, Function.Tanh]], true);
        Parameters<double> start = Start(network);
        double[,] targets = Numbers.Matrix(9, Rows, 2);
        double[][,] w = [.. Weights(start).Select(Algebra.Transpose)];
        double[][] b = Biases(start, -1);
        Function[][] f = [.. network.DenseLayers().Select(FunctionsOf)];
        if (paths)
        {
            var sums = new PathSums(w, b, f);
            sums.Train(Inputs(), targets, η, Steps);
            (w, b) = (sums.W, sums.B);
        }
        else
        {
            var chain = new MatrixChain(w, b, f);
            chain.Train(Inputs(), targets, η, Steps);
            (w, b) = (chain.W, chain.B);
        }

        Parameters<double> trained = Train(start, targets, "squared", reduction, Rate(η, reduction));
        for (int k = 0; k < 3; k++)
        {
            AssertSame(Algebra.Transpose(w[k]), trained.Weights[k]);
            AssertSame(Algebra.Scale(-1, Numbers.Row(b[k])), trained.Biases[k]!);
        }
    }

    /// <summary>"likelihood": climbing Ln = −e by +α ∂Ln/∂W is descending e by η = α (sum), η = αN (mean).</summary>
    [Theory]
    [InlineData(LikelihoodOutput.Softmax, Reduction.Sum)]
    [InlineData(LikelihoodOutput.Softmax, Reduction.Mean)]
    [InlineData(LikelihoodOutput.Logistic, Reduction.Sum)]
    [InlineData(LikelihoodOutput.Logistic, Reduction.Mean)]
    [InlineData(LikelihoodOutput.Linear, Reduction.Sum)]
    [InlineData(LikelihoodOutput.Linear, Reduction.Mean)]
    public void The_ascent_of_the_likelihood(LikelihoodOutput output, Reduction reduction)
    {
        const double α = 0.05;
        (string loss, Function g) = output switch
        {
            LikelihoodOutput.Softmax => ("softmax-cross-entropy", Function.Linear),
            LikelihoodOutput.Logistic => ("logistic-cross-entropy", Function.Logistic),
            _ => ("half-squared", Function.Linear),
        };
        foreach (Function f in new[] { Function.Logistic, Function.Tanh, Function.Relu })
        {
            Network network = NetworkOf([3, 6, 2], [[f], [g]], true, loss);
            Parameters<double> start = Start(network);
            double[,] targets = output == LikelihoodOutput.Linear ? Numbers.Matrix(9, Rows, 2) : Labels();
            double[][] b = Biases(start, 1);
            double[][,] w = Weights(start);
            var likelihood = new Likelihood(w[0], b[0], w[1], b[1], f, output);
            likelihood.Train(Inputs(), targets, α, Steps);

            Parameters<double> trained = Train(start, targets, loss, reduction, Rate(α, reduction));
            AssertSame(likelihood.W, trained.Weights[0]);
            AssertSame(Numbers.Row(likelihood.B), trained.Biases[0]!);
            AssertSame(likelihood.V, trained.Weights[1]);
            AssertSame(Numbers.Row(likelihood.C), trained.Biases[1]!);
        }
    }

    /// <summary>"columns": L is ½ the sum over the N columns, w := w − α ∂L/∂w: η = α (sum), η = αN (mean).</summary>
    [Theory]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    public void Columns_of_a_batch(Reduction reduction)
    {
        const double α = 0.04;
        Network network = NetworkOf([3, 5, 4, 2], [[Function.Logistic], [Function.Tanh], [Function.Linear]], true);
        Parameters<double> start = Start(network);
        double[,] targets = Numbers.Matrix(9, Rows, 2);
        double[][,] w = [.. Weights(start).Select(Algebra.Transpose)];
        double[][] b = Biases(start, 1);
        var columns = new BatchColumns(w[..2], b[..2], [Function.Logistic, Function.Tanh], w[2], b[2]);
        for (int step = 0; step < Steps; step++)
            columns.Step(Algebra.Transpose(Inputs()), Algebra.Transpose(targets), α);

        Parameters<double> trained = Train(start, targets, "half-squared", reduction, Rate(α, reduction));
        for (int k = 0; k < 3; k++)
        {
            AssertSame(Algebra.Transpose(k < 2 ? columns.WH[k + 1] : columns.WO), trained.Weights[k]);
            AssertSame(Algebra.Transpose(k < 2 ? columns.bH[k + 1] : columns.bO), trained.Biases[k]!);
        }
    }

    /// <summary>Batches in turn, the last one short, each summed over its own columns.</summary>
    [Fact]
    public void Columns_batch_after_batch()
    {
        const double α = 0.04;
        Network network = NetworkOf([3, 5, 2], [[Function.Logistic], [Function.Linear]], true);
        Parameters<double> start = Start(network);
        double[,] x = Inputs(), y = Numbers.Matrix(9, Rows, 2);
        double[][,] w = [.. Weights(start).Select(Algebra.Transpose)];
        double[][] b = Biases(start, 1);
        var columns = new BatchColumns([w[0]], [b[0]], [Function.Logistic], w[1], b[1]);
        for (int step = 0; step < Steps; step++)
        {
            int first = step % 3 * 3;
            columns.Step(Columns(x, first), Columns(y, first), α);
        }

        // 33 passes over batches of 3, 3 and 1 rows, and one batch of the next.
        Parameters<double> trained = Train(start, x, y, "half-squared", Reduction.Sum, α, batch: 3, epochs: 33);
        trained = Train(trained, Take(x, 3), Take(y, 3), "half-squared", Reduction.Sum, α, epochs: 1);
        AssertSame(Algebra.Transpose(columns.WH[1]), trained.Weights[0]);
        AssertSame(Algebra.Transpose(columns.bH[1]), trained.Biases[0]!);
        AssertSame(Algebra.Transpose(columns.WO), trained.Weights[1]);
        AssertSame(Algebra.Transpose(columns.bO), trained.Biases[1]!);

        static double[,] Columns(double[,] rows, int first) => Algebra.Transpose(
            TermSums.Map(new double[Math.Min(3, Rows - first), rows.GetLength(1)], (_, i, j) => rows[first + i, j]));

        static double[,] Take(double[,] rows, int count) =>
            TermSums.Map(new double[count, rows.GetLength(1)], (_, i, j) => rows[i, j]);
    }

    /// <summary>The document's rate is for the sum over the rows; the mean's gradient is 1/N of it.</summary>
    static double Rate(double rate, Reduction reduction) => reduction == Reduction.Mean ? rate * Rows : rate;

    static Parameters<double> Train(Parameters<double> start, double[,] targets, string loss, Reduction reduction, double rate) =>
        Train(start, Inputs(), targets, loss, reduction, rate);

    static Parameters<double> Train(
        Parameters<double> start, double[,] inputs, double[,] targets, string loss, Reduction reduction, double rate,
        int batch = 0, int epochs = Steps)
    {
        var options = new TrainingOptions
        {
            Loss = Loss.Parse(loss),
            Reduction = reduction,
            Update = new UpdateOptions { Optimizer = Optimizer.GradientDescent, LearningRate = rate },
            BatchSize = batch,
            Epochs = epochs,
            Shuffle = false,
        };
        var examples = new Examples<double>(Matrix<double>.From(inputs), Matrix<double>.From(targets));
        var parameters = new Parameters<double>(start.Network);
        parameters.CopyFrom(start);
        return new Trainer<double>(options, threads: 1).Train(parameters, examples).Parameters;
    }

    /// <summary>Same to 10⁻¹⁰, after a training that moved the numbers.</summary>
    static void AssertSame(double[,] expected, Matrix<double> actual)
    {
        double scale = expected.Cast<double>().Max(Math.Abs);
        Assert.True(expected.GetLength(0) == actual.Rows && expected.GetLength(1) == actual.Columns, "The shapes differ.");
        for (int i = 0; i < actual.Rows; i++)
        {
            for (int j = 0; j < actual.Columns; j++)
                Assert.True(Math.Abs(expected[i, j] - actual[i, j]) <= Bound * scale,
                    $"[{i}, {j}]: {actual[i, j]:R} against {expected[i, j]:R}");
        }
    }

    static Network NetworkOf(int[] widths, Function[][] functions, bool biases, string loss = "squared") => DenseNetworks.Of(
        widths[0],
        functions.Select((own, k) => new Dense(
            Enumerable.Range(0, widths[k + 1]).Select(j => new ActivationRun(Activation.Parse(own[j % own.Length].Name), 1)),
                biases)),
        loss == "softmax-cross-entropy");

    static Function[] FunctionsOf(Dense layer) =>
        [.. Enumerable.Range(0, layer.Width).Select(j => Functions.Of(layer.ActivationOf(j)))];

    static Parameters<double> Start(Network network)
    {
        var parameters = new Parameters<double>(network);
        foreach ((int k, Dense layer) in network.DenseLayers().Index())
        {
            Copy(Numbers.Matrix(20 + k, network.InputsOf(k), layer.Width), parameters.Weights[k]);
            if (parameters.Biases[k] is { } bias)
                Copy(Numbers.Matrix(40 + k, 1, layer.Width, 0.5), bias);
        }

        return parameters;
    }

    static void Copy(double[,] from, Matrix<double> to)
    {
        for (int i = 0; i < to.Rows; i++)
        {
            for (int j = 0; j < to.Columns; j++)
                to[i, j] = from[i, j];
        }
    }

    static double[][,] Weights(Parameters<double> parameters) =>
        [.. parameters.Weights.Select(w => TermSums.Map(new double[w.Rows, w.Columns], (_, i, j) => w[i, j]))];

    static double[][] Biases(Parameters<double> parameters, double sign) =>
        [.. parameters.Biases.Select(b => b![0].ToArray().Select(each => sign * each).ToArray())];

    static double[,] Inputs() => Numbers.Matrix(8, Rows, 3);

    /// <summary>One of two classes for each row.</summary>
    static double[,] Labels(int rows = Rows) =>
        TermSums.Map(new double[rows, 2], (_, row, j) => (row * row + row / 2) % 2 == j ? 1 : 0);
}

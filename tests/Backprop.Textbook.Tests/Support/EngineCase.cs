using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>A network of the engine made of plain arrays, with rows, and all that flowed through it.</summary>
/// <remarks>Layers are counted k = 1 … n, as the glossary counts them; X(0) is the input.</remarks>
sealed class EngineCase
{
    readonly FlowRecord<double> _flow;

    /// <summary>A network, its parameters and its rows.</summary>
    /// <param name="weights">W¹ … Wⁿ [in, out].</param>
    /// <param name="biases">b¹ … bⁿ [out]; null for none at all.</param>
    /// <param name="functions">f¹ … fⁿ, a function for each neuron.</param>
    /// <param name="inputs">[rows, inputs].</param>
    /// <param name="targets">[rows, outputs].</param>
    /// <param name="loss">The engine's loss.</param>
    /// <param name="reduction">How rows make e; the documents' is the sum.</param>
    /// <param name="softmax">Whether softmax follows the last layer.</param>
    public EngineCase(
        IReadOnlyList<double[,]> weights, IReadOnlyList<double[]>? biases, IReadOnlyList<Function[]> functions,
        double[,] inputs, double[,] targets, Loss loss, Reduction reduction = Reduction.Sum, bool softmax = false)
    {
        (Loss, Reduction, Functions) = (loss, reduction, functions);
        var layers = functions.Select(each => new Dense(
            each.Select(function => new ActivationRun(Activation.Parse(function.Name), 1)), biases is not null));
        Network = DenseNetworks.Of(weights[0].GetLength(0), layers, softmax);
        Parameters = new Parameters<double>(Network);
        for (int k = 0; k < n; k++)
        {
            Fill(Parameters.Weights[k], weights[k]);
            if (Parameters.Biases[k] is { } bias)
                Fill(bias, Numbers.Row(biases![k]));
        }

        (Inputs, Targets) = (Matrix<double>.From(inputs), Matrix<double>.From(targets));
        Examples = new Examples<double>(Inputs, Targets);
        _flow = Record();
    }

    /// <summary>A network of the given widths with numbers from a seed.</summary>
    /// <param name="seed">Where all numbers come from.</param>
    /// <param name="widths">Inputs, then the neurons of each layer.</param>
    /// <param name="functions">The functions of the neurons of layer k, dealt out in turn.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="loss">The engine's loss.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="reduction">How rows make e.</param>
    public static EngineCase Random(
        int seed, int[] widths, Function[][] functions, int rows, Loss loss, bool bias = true,
        Reduction reduction = Reduction.Sum)
    {
        int last = widths.Length - 1;
        var layers = Enumerable.Range(1, last);
        return new EngineCase(
            [.. layers.Select(k => Numbers.Matrix(seed + k, widths[k - 1], widths[k]))],
            bias ? [.. layers.Select(k => Numbers.Vector(seed + 100 + k, widths[k], 0.5))] : null,
            [.. layers.Select(k => Dealt(functions[k - 1], widths[k]))],
            Numbers.Matrix(seed + 200, rows, widths[0]),
            Algebra.Map(t => (t + 1) / 2, Numbers.Matrix(seed + 201, rows, widths[last])),
            loss, reduction);
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>How rows make e.</summary>
    public Reduction Reduction { get; }

    /// <summary>f¹ … fⁿ.</summary>
    public IReadOnlyList<Function[]> Functions { get; }

    /// <summary>The engine's network.</summary>
    public Network Network { get; }

    /// <summary>Its parameters, which may be changed; <see cref="Flow"/> keeps what they were.</summary>
    public Parameters<double> Parameters { get; }

    /// <summary>X⁰, which may be changed before <see cref="Record"/>.</summary>
    public Matrix<double> Inputs { get; }

    /// <summary>What the outputs should have been.</summary>
    public Matrix<double> Targets { get; }

    /// <summary>Both.</summary>
    public Examples<double> Examples { get; }

    /// <summary>The value flow and error flow at the start.</summary>
    public FlowRecord<double> Flow => _flow;

    /// <summary>The number of layers.</summary>
    public int n => Network.Layout.Depth;

    /// <summary>The number of rows.</summary>
    public int Rows => Inputs.Rows;

    /// <summary>Wᵏ [in, out].</summary>
    public double[,] W(int k) => Layer(k).Weights.ToArray();

    /// <summary>bᵏ [1, out].</summary>
    public double[,] b(int k) => Layer(k).Biases!.ToArray();

    /// <summary>Uᵏ [rows, out].</summary>
    public double[,] U(int k) => Layer(k).U.ToArray();

    /// <summary>Xᵏ [rows, out], X⁰ [rows, inputs].</summary>
    public double[,] X(int k) => (k == 0 ? _flow.Inputs : Layer(k).X).ToArray();

    /// <summary>∂e/∂Xᵏ [rows, out], ∂e/∂X⁰ [rows, inputs].</summary>
    public double[,] dX(int k) => (k == 0 ? _flow.InputErrors : Layer(k).OutputErrors!).ToArray();

    /// <summary>∂e/∂Uᵏ [rows, out].</summary>
    public double[,] dU(int k) => Layer(k).Delta.ToArray();

    /// <summary>∂e/∂Wᵏ [in, out].</summary>
    public double[,] dW(int k) => Layer(k).WeightGradient.ToArray();

    /// <summary>∂e/∂bᵏ [1, out].</summary>
    public double[,] db(int k) => Layer(k).BiasGradient!.ToArray();

    /// <summary>fᵏ′(Uᵏ) [rows, out] by the Textbook's functions from the engine's U.</summary>
    public double[,] Slope(int k) => Map(k, (function, u) => function.Derivative(u), U(k));

    /// <summary>Each element of a matrix [rows, out] of layer k with its neuron's function.</summary>
    public double[,] Map(int k, Func<Function, double, double> f, double[,] values)
    {
        var mapped = new double[values.GetLength(0), values.GetLength(1)];
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
                mapped[row, j] = f(Functions[k - 1][j], values[row, j]);
        }

        return mapped;
    }

    /// <summary>The number of neurons of layer k; of inputs for 0.</summary>
    public int Width(int k) => k == 0 ? Network.Inputs : Network.DenseLayers()[k - 1].Width;

    /// <summary>The flows of the rows through the parameters as they are now.</summary>
    public FlowRecord<double> Record() => FlowRecord<double>.Of(Parameters, Examples, Loss, Reduction);

    /// <summary>e of the rows with the parameters as they are now.</summary>
    public double BatchLoss() => Record().BatchLoss;

    /// <summary>The parameters after one step of gradient descent by the engine's updater.</summary>
    public Parameters<double> AfterUpdate(double rate)
    {
        Parameters<double> updated = _flow.CopyParameters();
        new Updater<double>(Network, Descent(rate)).Step(updated, _flow.CopyGradient());
        return updated;
    }

    /// <summary>The parameters after some steps of gradient descent by the engine's trainer, all rows in each step.</summary>
    public Parameters<double> AfterTraining(double rate, int steps)
    {
        var options = new TrainingOptions
        {
            Loss = Loss,
            Reduction = Reduction,
            Update = Descent(rate),
            BatchSize = 0,
            Epochs = steps,
            Shuffle = false,
        };
        return new Trainer<double>(options, threads: 1).Train(_flow.CopyParameters(), Examples).Parameters;
    }

    /// <summary>A matrix of the engine as a plain one.</summary>
    public static double[,] Plain(Matrix<double> matrix)
    {
        var plain = new double[matrix.Rows, matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                plain[i, j] = matrix[i, j];
        }

        return plain;
    }

    /// <summary>Puts plain numbers into a matrix of the engine.</summary>
    public static void Fill(Matrix<double> matrix, double[,] values)
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                matrix[i, j] = values[i, j];
        }
    }

    static Function[] Dealt(Function[] functions, int width) =>
        [.. Enumerable.Range(0, width).Select(i => functions[i % functions.Length])];

    LayerRecord<double> Layer(int k) => _flow.Layers[k - 1];

    static UpdateOptions Descent(double rate) => new() { Optimizer = Optimizer.GradientDescent, LearningRate = rate };
}

using Backprop.Engine;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The engine's flow of a drawn network against numbers of a document, mapped to the engine's signs and shapes: differences ≤
/// 10⁻¹⁰ of <see cref="TermSums"/>. Layers count from 1.
/// </summary>
sealed class Against(Drawn drawn, Closeness closeness)
{
    const double Bound = 1e-10;

    readonly TermSums _terms = new(drawn.Flow, drawn.Factor);

    public void U(int k, int row, double[] expected) => Row($"U of layer {k}", Layer(k).U, row, expected, _terms.U[k - 1]);

    public void X(int k, int row, double[] expected) => Row($"X of layer {k}", Layer(k).X, row, expected, _terms.X[k - 1]);

    /// <summary>∂e/∂X, where the engine has it.</summary>
    public void OutputErrors(int k, int row, double[] expected)
    {
        if (Layer(k).OutputErrors is { } errors)
            Row($"∂e/∂X of layer {k}", errors, row, expected, _terms.OutputErrors[k - 1]);
    }

    public void Delta(int k, int row, double[] expected) =>
        Row($"∂e/∂U of layer {k}", Layer(k).Delta, row, expected, _terms.Delta[k - 1]);

    public void InputErrors(int row, double[] expected) =>
        Row("∂e/∂X⁰", drawn.Flow.InputErrors, row, expected, _terms.InputErrors);

    /// <summary>∂e/∂W [in, out].</summary>
    public void WeightGradient(int k, double[,] expected) => closeness.Check(
        $"∂e/∂W of layer {k}", Layer(k).WeightGradient.ToArray(), expected, Bound * _terms.WeightGradient[k - 1]);

    /// <summary>∂e/∂b [1, out].</summary>
    public void BiasGradient(int k, double[,] expected) => closeness.Check(
        $"∂e/∂b of layer {k}", Layer(k).BiasGradient!.ToArray(), expected, Bound * _terms.BiasGradient[k - 1]);

    public void Loss(double expected) => closeness.Check("e", drawn.Flow.BatchLoss, expected, Bound * _terms.Loss);

    void Row(string what, ReadOnlyMatrix<double> actual, int row, double[] expected, double scale) =>
        closeness.Check($"{what}, row {row}", Numbers.Row(actual[row].ToArray()), Numbers.Row(expected), Bound * scale);

    LayerRecord<double> Layer(int k) => drawn.Flow.Layers[k - 1];
}

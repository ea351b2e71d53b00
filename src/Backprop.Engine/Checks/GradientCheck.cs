namespace Backprop.Engine;

/// <summary>
/// Checks derivatives against differences in double precision: the whole gradient of a network under a loss, or the derivative
/// that one activation or loss states, such as one of your own.
/// </summary>
/// <remarks>
/// Differences are central, at three steps, with two rounds of Richardson extrapolation, over the losses' changes row by row
/// (their order h⁶, their steps and what rounding leaves of them: docs/gradient-check.md). A difference across a kink says
/// nothing of a derivative, so the formulas run on numbers that remember each comparison and absolute value on the way: where
/// any neuron's or the loss's pattern is not the same at both ends of every step, a smaller step is taken, and where none is
/// small enough, the entry is left out and counted. That is known exactly, for formulas of your own too, as long as a kink
/// comes of <see cref="IReal{TSelf}.IfLess"/> or <see cref="IReal{TSelf}.Abs"/>.
/// </remarks>
/// <example>
/// <code>
/// Console.WriteLine(GradientCheck.Run(Activation.Of(new Swish())));
/// Console.WriteLine(GradientCheck.Run(parameters, examples, Loss.Squared));
/// </code>
/// </example>
public static class GradientCheck
{
    /// <summary>
    /// Checks the gradient of every tensor of every layer, such as ∂e/∂W and ∂e/∂b, and ∂e/∂X⁰. Row weights count; nothing is
    /// dropped. A batch normalisation takes mean and variance from the batch, as in a training step, if that has 2 rows or
    /// more.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="examples">The batch, 1 row or more; its number of rows is what a check costs.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="reduction">How the rows' losses make e.</param>
    /// <param name="options">Tolerance, entries per tensor, seed.</param>
    /// <exception cref="ArgumentException">
    /// There is no row, rows, network and loss do not fit each other, a loss is not finite, or an option is out of range.
    /// </exception>
    public static GradientCheckResult Run(
        Parameters<double> parameters, Examples<double> examples, Loss loss, Reduction reduction = Reduction.Mean,
        GradientCheckOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(loss);
        options.Validate();
        return new NetworkCheck(FlowRecord<double>.Of(parameters, examples, loss, reduction)).Run(options);
    }

    /// <summary>
    /// Checks f′ at inputs from −10 to 10, as the engine takes it: from x alone where the activation says that it can.
    /// </summary>
    /// <param name="activation">The activation.</param>
    /// <param name="tolerance">The largest error that passes, above 0.</param>
    /// <exception cref="ArgumentException">The tolerance is no positive number.</exception>
    public static FormulaCheckResult Run(Activation activation, double tolerance = GradientCheckOptions.DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(activation);
        new GradientCheckOptions { Tolerance = tolerance }.Validate();
        return FormulaCheck.Of(activation, tolerance);
    }

    /// <summary>
    /// Checks ∂ℓ/∂output over outputs from −5 to 5 and targets from −2 to 3; where the loss is not finite it is not defined,
    /// and nothing is checked. Softmax cross-entropy is checked on rows of four outputs.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="tolerance">The largest error that passes, above 0.</param>
    /// <exception cref="ArgumentException">The tolerance is no positive number.</exception>
    public static FormulaCheckResult Run(Loss loss, double tolerance = GradientCheckOptions.DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(loss);
        new GradientCheckOptions { Tolerance = tolerance }.Validate();
        return loss.Kind == LossKind.Softmax ? FormulaCheck.OfSoftmax(loss, tolerance) : FormulaCheck.Of(loss, tolerance);
    }
}

namespace Backprop.Engine;

/// <summary>
/// The scalars of a step for tensors whose learning rate has a factor, once for each factor. All come from the same running
/// products, which go on by one step for all tensors together.
/// </summary>
sealed class FactoredScalars
{
    readonly Optimizer _optimizer;
    readonly double[] _factors;
    readonly double[] _running;
    readonly StepScalars<double>[] _scalars;

    /// <summary>Scalars before the first step.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="factors">The factors of all tensors.</param>
    public FactoredScalars(Optimizer optimizer, IEnumerable<double> factors)
    {
        (_optimizer, _factors) = (optimizer, [.. factors.Where(factor => factor != 1).Distinct()]);
        (_running, _scalars) = (new double[optimizer.InitialScalars.Length], new StepScalars<double>[_factors.Length]);
    }

    /// <summary>Whether no tensor has a factor other than 1.</summary>
    public bool IsEmpty => _factors.Length == 0;

    /// <summary>Which of the scalars are those of a factor; −1 for 1, whose scalars are the step's own.</summary>
    public int IndexOf(double factor) => Array.IndexOf(_factors, factor);

    /// <summary>The scalars at an index.</summary>
    public ref readonly StepScalars<double> this[int index] => ref _scalars[index];

    /// <summary>Computes the scalars of the next step.</summary>
    /// <param name="learningRate">η of the step.</param>
    /// <param name="running">The running products before the step; they stay as they are.</param>
    public void Begin(double learningRate, ReadOnlySpan<double> running)
    {
        for (int i = 0; i < _factors.Length; i++)
        {
            running.CopyTo(_running);
            _scalars[i] = _optimizer.Begin(learningRate * _factors[i], _running);
        }
    }
}

using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>The activations of one layer's neurons, bound to loops: one call for each run of equal ones.</summary>
sealed class LayerActivations<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ImmutableArray<(ActivationLoops<T> Loops, int First, int Count, bool IsLinear, bool NeedsInput)> _runs;

    public LayerActivations(Dense layer, LaneWidth width)
    {
        var runs = ImmutableArray.CreateBuilder<(ActivationLoops<T>, int, int, bool, bool)>();
        int first = 0;
        foreach (ActivationRun run in layer.Activations)
        {
            Activation activation = run.Activation;
            runs.Add((activation.Bind<T>(width), first, run.Count, activation.Equals(Activation.Linear),
                activation.DerivativeNeedsInput));
            first += run.Count;
        }

        _runs = runs.ToImmutable();
    }

    /// <summary>X = f(U).</summary>
    public void Apply(Matrix<T> u, Matrix<T> x, RowRange rows)
    {
        foreach ((ActivationLoops<T> loops, int first, int count, bool isLinear, _) in _runs)
        {
            if (!isLinear || !ReferenceEquals(u, x))
                loops.Apply(u, x, rows, first, count);
        }
    }

    /// <summary>∂e/∂U = ∂e/∂X ⊙ f′, in place.</summary>
    /// <param name="u">U, or null where it was not kept; then every derivative follows from X.</param>
    /// <param name="x">X.</param>
    /// <param name="delta">∂e/∂X on entry, ∂e/∂U on return.</param>
    /// <param name="rows">The rows to compute.</param>
    public void MultiplyByDerivative(Matrix<T>? u, Matrix<T> x, Matrix<T> delta, RowRange rows)
    {
        foreach ((ActivationLoops<T> loops, int first, int count, bool isLinear, bool needsInput) in _runs)
        {
            if (!isLinear)
                loops.MultiplyByDerivative(needsInput ? u! : x, x, delta, rows, first, count);
        }
    }
}

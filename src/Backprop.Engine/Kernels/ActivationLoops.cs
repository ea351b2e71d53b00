using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// An activation and its derivative over the neurons [first, first + count) of a range of rows. The neurons are the
/// same for every row, so that a layer with several activations calls one of these for each group of neurons.
/// </summary>
abstract class ActivationLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>X = f(U). <paramref name="u"/> and <paramref name="x"/> may be the same matrix.</summary>
    public abstract void Apply(Matrix<T> u, Matrix<T> x, RowRange rows, int first, int count);

    /// <summary>
    /// ∂e/∂U = ∂e/∂X ⊙ f′(U), in place in <paramref name="delta"/>; <paramref name="u"/> is X where the derivative
    /// follows from the output.
    /// </summary>
    public abstract void MultiplyByDerivative(
        Matrix<T> u, Matrix<T> x, Matrix<T> delta, RowRange rows, int first, int count);
}

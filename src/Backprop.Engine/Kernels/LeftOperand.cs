using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// The left operand of a product: where it starts and its steps in elements, so that it is read by rows or by columns.
/// </summary>
readonly ref struct LeftOperand<T>(ref T origin, int rowStep, int innerStep)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The element of the first row and the first inner index.</summary>
    public readonly ref T Origin = ref origin;

    /// <summary>From one row to the next.</summary>
    public int RowStep { get; } = rowStep;

    /// <summary>From one inner index to the next.</summary>
    public int InnerStep { get; } = innerStep;
}

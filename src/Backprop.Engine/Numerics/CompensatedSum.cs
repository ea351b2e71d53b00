using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// A sum of doubles that carries the rounding errors along: the result is as exact as if summed in twice the precision
/// and rounded at the end. The order of the terms is part of the result.
/// </summary>
/// <remarks>
/// A. Neumaier: Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen. ZAMM 54 (1974).
/// </remarks>
struct CompensatedSum
{
    double _sum;
    double _correction;

    /// <summary>A sum that goes on from <see cref="Parts"/>.</summary>
    public CompensatedSum(double sum, double correction) => (_sum, _correction) = (sum, correction);

    /// <summary>The rounded sum and the errors that it left out: all that the further sum depends on.</summary>
    public readonly (double Sum, double Correction) Parts => (_sum, _correction);

    /// <summary>The sum so far. Infinite and NaN terms give what a plain sum gives.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _correction : _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double term)
    {
        // The error is the same number whichever term is the larger (Knuth's two-sum), without a branch.
        double sum = _sum + term;
        double added = sum - _sum;
        _correction += (_sum - (sum - added)) + (term - added);
        _sum = sum;
    }
}

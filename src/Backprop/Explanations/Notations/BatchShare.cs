namespace Backprop;

/// <summary>What stands before a row's loss in e, in LaTeX: 1/N for the mean of N rows, ω for the row's weight.</summary>
/// <param name="Explanation">The rows.</param>
readonly record struct BatchShare(Explanation Explanation)
{
    /// <summary>Whether there are several rows, so that sums over them are printed.</summary>
    public bool HasRows => Explanation.Rows.Length > 1;

    /// <summary>Whether some weight is not 1.</summary>
    public bool HasWeights => Explanation.RowWeights.Any(weight => weight != 1);

    /// <summary>Whether e is the mean of several rows.</summary>
    public bool IsMean => HasRows && Explanation.Reduction == Engine.Reduction.Mean;

    /// <summary>1/N, or nothing.</summary>
    public string Mean => IsMean ? @"\frac{1}{N} " : "";

    /// <summary>What a row's error is multiplied by: ω/N, 1/N, ω or nothing.</summary>
    public string Row => (IsMean, HasWeights) switch
    {
        (true, true) => @"\frac{\omega}{N} \cdot ",
        (true, false) => @"\frac{1}{N} \cdot ",
        (false, true) => @"\omega \cdot ",
        _ => "",
    };

    /// <summary>What stands before a row's loss in the sum over rows.</summary>
    public string Weight => HasWeights ? @"\omega " : "";

    /// <summary>What the letters are, for the remarks; null where none is needed.</summary>
    public string? Remark => (IsMean, HasWeights) switch
    {
        (true, true) => $"e is the mean of N = {Explanation.Rows.Length} rows, each with its weight ω.",
        (true, false) => $"e is the mean of N = {Explanation.Rows.Length} rows, so errors carry 1/N.",
        (false, true) => "e is the sum over the rows, each with its weight ω.",
        _ => HasRows ? "e is the sum over the rows." : null,
    };
}

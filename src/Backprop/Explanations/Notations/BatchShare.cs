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

    /// <summary>The sum over the rows, or nothing where there is one.</summary>
    public string Sum => HasRows ? @"\sum_r " : "";

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

    /// <summary>What the number of all rows together is.</summary>
    public string LossWords => !HasRows ? "the loss" : IsMean ? "the loss, mean over the rows" : "the loss, sum over the rows";

    /// <summary>What the letters are, for the remarks; null where none is needed.</summary>
    /// <param name="e">What the loss is called.</param>
    public string? Remark(string e) => !HasRows
        ? null
        : (IsMean
            ? $"{e} is the mean of N = {Explanation.Rows.Length} rows"
                + (HasWeights ? ", each with its weight ω" : ", so errors carry 1/N")
            : $"{e} is the sum over the {Explanation.Rows.Length} rows, as the recipe says"
                + (HasWeights ? ", each with its weight ω" : ", and not their mean"))
            + "; Σᵣ goes over them.";
}

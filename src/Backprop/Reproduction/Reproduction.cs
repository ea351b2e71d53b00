namespace Backprop;

/// <summary>What came of training a model again.</summary>
public sealed class Reproduction
{
    internal Reproduction()
    {
    }

    /// <summary>Whether everything that was compared is the same, to the bit.</summary>
    public bool IsReproduced => DiffersIn is null;

    /// <summary>
    /// What differs first, of <c>file</c>, <c>data</c>, <c>recipe</c>, <c>version</c>, <c>step</c>, <c>parameters</c>,
    /// <c>model</c> and <c>metrics</c>, in this order; null where nothing does.
    /// </summary>
    public string? DiffersIn { get; init; }

    /// <summary>The difference in a sentence; null where there is none.</summary>
    public string? Difference { get; init; }

    /// <summary>How many steps were trained again: all of the model's, or as many as were asked for.</summary>
    public long Steps { get; init; }

    /// <summary>How many steps the model was trained.</summary>
    public long ModelSteps { get; init; }

    /// <summary>How many hashes along the way were compared.</summary>
    public int HashesCompared { get; init; }

    /// <summary>The parameter hash that came of it; null where it did not come to training.</summary>
    public string? ParameterHash { get; init; }

    /// <summary>The model hash that came of it; null where it did not come to training.</summary>
    public string? ModelHash { get; init; }
}

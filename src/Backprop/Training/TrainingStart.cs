using Backprop.Engine;

namespace Backprop;

/// <summary>What is about to be trained: told when everything was read, encoded and found to fit, before the first
/// step.</summary>
public sealed class TrainingStart
{
    internal TrainingStart()
    {
    }

    /// <summary>The whole recipe.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The network's shape.</summary>
    public required Network Network { get; init; }

    /// <summary>The rows of the table.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them are trained on.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>The columns that are learnt from, in the order of the model's inputs.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What may be wrong with the data, see <c>Model.Examine</c>.</summary>
    public required IReadOnlyList<DataWarning> Warnings { get; init; }

    /// <summary>The step after which it goes on; 0 where it begins.</summary>
    public required long Step { get; init; }

    /// <summary>What was inferred, encoded and left out, in sentences for people.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

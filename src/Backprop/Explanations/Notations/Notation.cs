using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// A way to write backpropagation down: the engine's own, or that of one of five documents, with its symbols, signs and
/// arrangement of matrices. docs/backpropagation.md maps them to each other.
/// </summary>
public abstract class Notation
{
    private protected Notation(string name, string title) => (Name, Title) = (name, title);

    /// <summary>All notations, the engine's own first.</summary>
    public static ImmutableArray<Notation> All { get; } =
    [
        new EngineNotation(), new IndexNotation(), new RowNotation(), new ScalarNotation(), new LikelihoodNotation(),
        new ColumnNotation(),
    ];

    /// <summary>The engine's own: U, X, W [in, out], b, rows first.</summary>
    public static Notation Engine => All[0];

    /// <summary>The name, as the command line writes it.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Title { get; }

    /// <summary>The notation of a name.</summary>
    /// <exception cref="BackpropException">There is none of that name; the sentence lists those there are.</exception>
    public static Notation Parse(string name) => All.FirstOrDefault(notation => notation.Name == name)
        ?? throw new BackpropException(
            $"There is no notation '{name}'; known are {string.Join(", ", All.Select(notation => notation.Name))}.");

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>What every document's view says of its formulas.</summary>
    private protected const string Corrected =
        "Where a printed formula of the document does not fit together, what must stand there is shown; docs/backpropagation.md "
        + "lists them.";

    internal NotatedExplanation Write(Explanation explanation)
    {
        if ((TakesEveryKind ? null : OtherKind(explanation)) is { } other)
            throw new BackpropException($"The notation {Name} cannot express this network: {other}");
        if (Obstacle(explanation) is { } obstacle)
            throw new BackpropException($"The notation {Name} cannot express this network: {obstacle}");

        var sheet = new QuantitySheet(explanation) { RowsAreColumns = RowsAreColumns, WeightsAreOutFirst = WeightsAreOutFirst };
        if (new ShardTerms(explanation).Remark is { } remark)
            sheet.Remarks.Add(remark);
        Fill(explanation, sheet);
        return new NotatedExplanation
        {
            Notation = this,
            Explanation = explanation,
            Remarks = [.. sheet.Remarks],
            Quantities = [.. sheet.Quantities],
        };
    }

    /// <summary>Whether values of neurons are [neurons, rows], not [rows, neurons].</summary>
    private protected virtual bool RowsAreColumns => false;

    /// <summary>Whether weights are [out, in], not [in, out].</summary>
    private protected virtual bool WeightsAreOutFirst => false;

    /// <summary>Whether it has formulas for layers that are not dense.</summary>
    private protected virtual bool TakesEveryKind => false;

    /// <summary>What the notation cannot express of the network, and what to train instead; or null.</summary>
    private protected abstract string? Obstacle(Explanation explanation);

    static string? OtherKind(Explanation explanation) =>
        explanation.Layers.FirstOrDefault(layer => layer.Layer is not Dense) is { } layer
            ? $"the document's layers are dense, and layer {layer.Number} is {layer.Layer}; --notation engine has every kind."
            : null;

    /// <summary>Writes the quantities in order.</summary>
    private protected abstract void Fill(Explanation explanation, QuantitySheet sheet);
}

using System.Collections.Immutable;

namespace Backprop.Tests;

/// <summary>
/// Every list of operations that fitting can give. Whoever adds an operation adds a line here: it is then held to ONNX Runtime in
/// both precisions, to its description and to its hash.
/// </summary>
static class OperationSamples
{
    public static readonly double[] Numbers = [0, 1, -2.5, double.NaN, 1e-3, 12345.678, 0.1, 1.0 / 3];
    public static readonly string[] Texts = ["a", "b", "ä 漢字", "unseen", "", "?", "NA", "b"];
    public static readonly string[] Answers = ["yes", "No", "TRUE", "f", "perhaps", "", "Y", "no"];

    static readonly Lookup s_lookup = new(["a", "b", "ä 漢字"], ["", "?", "NA"], MissingHasIndex: false);
    static readonly Lookup s_lookupMissing = s_lookup with { MissingHasIndex = true };
    static readonly YesNo s_yesNo = new(["No", "f", "no"], ["TRUE", "Y", "yes"]);
    static readonly object[] s_lookupHashed = ["Lookup", 3, "a", "b", "ä 漢字"];
    static readonly object[] s_yesNoHashed = ["YesNo", 3, "No", "f", "no", 3, "TRUE", "Y", "yes"];

    /// <summary>
    /// A name that a graph could mix up, the operations, and what of them is hashed: a tag for each, its numbers, and texts with
    /// how many there are.
    /// </summary>
    static readonly (string Name, EncoderOperation[] Operations, object[] Hashed)[] s_all =
    [
        ("plain", [new FillMissing(0)], ["FillMissing", 0.0]),
        (
            "label", [new FillMissing(0.3), new Subtract(1.7), new Divide(3.3)],
            ["FillMissing", 0.3, "Subtract", 1.7, "Divide", 3.3]),
        (
            "probabilities", [new MissingIndicator(), new FillMissing(0.3), new Subtract(-0.2), new Divide(0.7)],
            ["MissingIndicator", "FillMissing", 0.3, "Subtract", -0.2, "Divide", 0.7]),
        (
            "Cast", [new InDouble(), new MissingIndicator(), new FillMissing(0.3), new Subtract(0.1 - 1e-12), new Divide(3e-12)],
            ["InDouble", "MissingIndicator", "FillMissing", 0.3, "Subtract", 0.1 - 1e-12, "Divide", 3e-12]),
        ("Where", [new IsMissing()], ["IsMissing"]),
        ("1", [s_lookup, new OneHot(3)], [.. s_lookupHashed, 0, "OneHot"]),
        ("layer2.weights", [s_lookupMissing, new OneHot(4)], [.. s_lookupHashed, 1, "OneHot"]),
        ("Gather", [s_lookup], [.. s_lookupHashed, 0]),
        ("layer1.table1", [s_lookupMissing], [.. s_lookupHashed, 1]),
        ("Größe in m²", [s_yesNo, new FillMissing(1)], [.. s_yesNoHashed, "FillMissing", 1.0]),
        ("IsNaN_2", [s_yesNo, new MissingIndicator(), new FillMissing(0)],
            [.. s_yesNoHashed, "MissingIndicator", "FillMissing", 0.0]),
        ("Concat", [s_yesNo, new IsMissing()], [.. s_yesNoHashed, "IsMissing"]),
    ];

    public static ImmutableArray<ColumnEncoder> Columns { get; } =
        [.. s_all.Select(sample => new ColumnEncoder(sample.Name, [.. sample.Operations]))];

    /// <summary>What of the operations of each of <see cref="Columns"/> is hashed.</summary>
    public static ImmutableArray<object[]> Hashed { get; } = [.. s_all.Select(sample => sample.Hashed)];

    /// <summary>The raw cells that a column is tried with, as ONNX takes them.</summary>
    public static object CellsOf<T>(ColumnEncoder column)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        column.TakesText ? TextsOf(column)
        : column.Operations is [InDouble, ..] ? Numbers
        : Numbers.Select(T.CreateChecked).ToArray();

    /// <summary>The same as encoders take them.</summary>
    public static ColumnCells ReadCells(ColumnEncoder column)
    {
        if (!column.TakesText)
            return new ColumnCells(Numbers);
        string[] texts = TextsOf(column);
        int[] codes = [.. texts.Select((text, i) => text is "" or "?" or "NA" ? -1 : i)];
        return new ColumnCells(codes, texts);
    }

    static string[] TextsOf(ColumnEncoder column) => column.Operations[0] is Lookup ? Texts : Answers;
}

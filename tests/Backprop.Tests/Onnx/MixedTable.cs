using System.Numerics;
using Backprop.Engine;

namespace Backprop.Tests;

/// <summary>
/// A table of numbers, categories and yes/no with missing cells, encoders fitted to its first rows, and rows that the
/// encoders did not see.
/// </summary>
static class MixedTable
{
    public const int Rows = 60;
    const int TrainingRows = 40;

    public static readonly double[] Age = [.. Enumerable.Range(0, Rows).Select(i => i % 7 == 3 ? double.NaN : 18 + i * 37 % 53)];
    public static readonly double[] Fare =
        [.. Enumerable.Range(0, Rows).Select(i => i == 55 ? double.NaN : 0.05 * (i * 97 % 211))];
    public static readonly string[] Port =
        [.. Enumerable.Range(0, Rows).Select(i => i % 11 == 5 ? "" : i > 50 ? "Rostock" : $"port {i * 5 % 4}")];
    public static readonly string[] Sex =
        [.. Enumerable.Range(0, Rows).Select(i => i == 58 ? "" : i % 3 == 0 ? "female" : "male")];
    public static readonly string[] Alone =
        [.. Enumerable.Range(0, Rows).Select(i => i % 9 == 8 ? "" : i % 2 == 0 ? "yes" : "no")];

    static readonly int[] s_all = [.. Enumerable.Range(0, Rows)];

    public static TableEncoder Encoder<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> rows = s_all.AsSpan(0, TrainingRows);
        return new TableEncoder(
        [
            ColumnFit.Number<T>("age", [.. Age[..TrainingRows]], rows).Encoder!,
            ColumnFit.NumberInDouble("fare", [.. Fare[..TrainingRows]]).Encoder!,
            ColumnFit.Category("port", Codes(Port).AsSpan(0, TrainingRows), Distinct(Port), ["", "?", "NA"]).Encoder!,
            ColumnFit.Category("sex", Codes(Sex).AsSpan(0, TrainingRows), Distinct(Sex), ["", "?", "NA"]).Encoder!,
            ColumnFit.YesNo("alone", Codes(Alone).AsSpan(0, TrainingRows), Distinct(Alone)).Encoder!,
        ]);
    }

    public static T[] Features<T>(TableEncoder encoder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var features = new T[Rows * encoder.FeatureCount];
        int offset = 0;
        foreach (ColumnEncoder column in encoder.Columns)
        {
            string[] texts = Texts(column.Name);
            ColumnCells cells = column.TakesText
                ? new ColumnCells(Codes(texts), Distinct(texts))
                : new ColumnCells(column.Name is "age" ? Age : Fare);
            column.Encode(cells, s_all, features.AsSpan(offset), encoder.FeatureCount);
            offset += column.FeatureCount;
        }

        return features;
    }

    public static Dictionary<string, object> Inputs<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(StringComparer.Ordinal)
        {
            ["age"] = Age.Select(T.CreateChecked).ToArray(),
            ["fare"] = Fare, // In double whatever the model is.
            ["port"] = Port,
            ["sex"] = Sex,
            ["alone"] = Alone,
        };

    /// <summary>A classifier of three classes with another activation for some neurons.</summary>
    public static OnnxModel<T> Classifier<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TableEncoder encoder = Encoder<T>();
        var network = new Network(
            encoder.FeatureCount,
            [
                new Dense([new(Activation.Tanh, 3), new(Activation.Relu, 2), new(Activation.Tanh, 1), new(Activation.Gelu, 2)]),
                new Dense(5, Activation.Silu, bias: false),
                new Dense(3, Activation.Linear),
                new Softmax(),
            ]);
        return new OnnxModel<T>(
            encoder,
            new ClassTarget("class", ["first", "second", "größer"]),
            SmallModels.Fill<T>(network),
            SmallModels.NoMetadata.Add("backprop.recipe", "{}").Add("note", "text"));
    }

    static string[] Texts(string column) => column switch
    {
        "port" => Port,
        "sex" => Sex,
        _ => Alone,
    };

    static string[] Distinct(string[] texts) => [.. texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>The place of each text among the distinct ones, −1 for an empty one.</summary>
    static int[] Codes(string[] texts)
    {
        string[] distinct = Distinct(texts);
        return [.. texts.Select(text => Array.IndexOf(distinct, text))];
    }
}

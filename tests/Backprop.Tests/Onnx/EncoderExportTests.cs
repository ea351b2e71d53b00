using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

public sealed class EncoderExportTests
{
    static readonly double[] s_numbers = [0, 1, -2.5, double.NaN, 1e-3, 12345.678, 0.1, 1.0 / 3];
    static readonly string[] s_texts = ["a", "b", "ä 漢字", "unseen", "", "?", "NA", "b"];
    static readonly string[] s_answers = ["yes", "No", "TRUE", "f", "perhaps", "", "Y", "no"];

    static readonly Lookup s_lookup = new(["a", "b", "ä 漢字"], ["", "?", "NA"], MissingHasIndex: false);
    static readonly Lookup s_lookupMissing = s_lookup with { MissingHasIndex = true };
    static readonly YesNo s_yesNo = new(["No", "f", "no"], ["TRUE", "Y", "yes"]);

    /// <summary>Every list of operations that fitting can give, under names that a graph could mix up.</summary>
    static readonly ColumnEncoder[] s_columns =
    [
        new("plain", [new FillMissing(0)]),
        new("label", [new FillMissing(0.3), new Subtract(1.7), new Divide(3.3)]),
        new("probabilities", [new MissingIndicator(), new FillMissing(0.3), new Subtract(-0.2), new Divide(0.7)]),
        new("Cast", [new InDouble(), new MissingIndicator(), new FillMissing(0.3), new Subtract(0.1 - 1e-12), new Divide(3e-12)]),
        new("Where", [new IsMissing()]),
        new("1", [s_lookup, new OneHot(3)]),
        new("layer1.weights", [s_lookupMissing, new OneHot(4)]),
        new("Größe in m²", [s_yesNo, new FillMissing(1)]),
        new("IsNaN_2", [s_yesNo, new MissingIndicator(), new FillMissing(0)]),
        new("Concat", [s_yesNo, new IsMissing()]),
    ];

    [Fact]
    public void The_columns_of_this_test_use_every_operation_there_is()
    {
        IEnumerable<Type> all = typeof(EncoderOperation).Assembly.GetTypes().Where(type => type.BaseType == typeof(EncoderOperation));
        IEnumerable<Type> used = s_columns.SelectMany(column => column.Operations).Select(operation => operation.GetType());
        Assert.Empty(all.Except(used));
    }

    [Fact]
    public void ONNX_Runtime_gives_the_same_bits_as_the_encoders_in_single_precision() => Check<float>();

    [Fact]
    public void ONNX_Runtime_gives_the_same_bits_as_the_encoders_in_double_precision() => Check<double>();

    static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var encoder = new TableEncoder([.. s_columns]);
        var model = new OnnxModel<T>(
            encoder, null, SmallModels.PassThrough<T>(encoder.FeatureCount, Activation.Linear), SmallModels.NoMetadata);
        var inputs = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (ColumnEncoder column in s_columns)
        {
            string name = column.Name is "label" or "probabilities" or "layer1.weights" ? $"{column.Name} (input)" : column.Name;
            inputs[name] = column.TakesText ? Texts(column)
                : column.Operations is [InDouble, ..] ? s_numbers
                : s_numbers.Select(T.CreateChecked).ToArray();
        }

        double[] actual = OnnxRuntime.Run(new OnnxRuntime.Job(OnnxWriter.Write(model), inputs, s_numbers.Length))[0]["output"].Numbers;
        Assert.Equal(Features<T>(encoder).Select(double.CreateChecked), actual);
    }

    static string[] Texts(ColumnEncoder column) => column.Operations[0] is Lookup ? s_texts : s_answers;

    static T[] Features<T>(TableEncoder encoder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = s_numbers.Length, offset = 0;
        var features = new T[rows * encoder.FeatureCount];
        int[] all = [.. Enumerable.Range(0, rows)];
        foreach (ColumnEncoder column in encoder.Columns)
        {
            string[] texts = column.TakesText ? Texts(column) : [];
            int[] codes = [.. texts.Select((text, i) => text is "" or "?" or "NA" ? -1 : i)];
            ColumnCells cells = column.TakesText ? new ColumnCells(codes, texts) : new ColumnCells(s_numbers);
            column.Encode(cells, all, features.AsSpan(offset), encoder.FeatureCount);
            offset += column.FeatureCount;
        }

        return features;
    }
}

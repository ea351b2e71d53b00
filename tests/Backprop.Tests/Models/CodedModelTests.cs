using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;
using Backprop.Onnx.Proto;
using Google.Protobuf;
using Xunit;

namespace Backprop.Tests;

/// <summary>Models whose categories are codes: encoded, trained, saved, loaded, predicted, and run by ONNX Runtime.</summary>
public sealed class CodedModelTests
{
    const int TrainingRows = 60;

    /// <summary>
    /// Some colours of training are missing; behind its rows come a colour and a shape that it never saw, and a shape missing.
    /// </summary>
    static readonly string s_rows = string.Join('\n', Enumerable.Range(0, TrainingRows + 9).Select(i => string.Join(
        ',', $"{i * 37 % 53}.5", Colour(i), Shape(i), i % 2 == 0 ? "yes" : "no", i * 7 % 5 < 2 ? "up" : "down")));

    static readonly Table s_table = Tabular.Csv("size,colour,shape,new,target\n" + s_rows);

    [Fact]
    public void Predictions_survive_a_file_and_are_those_of_ONNX_Runtime_in_single_precision() => Check<float>(1e-5);

    [Fact]
    public void Predictions_survive_a_file_and_are_those_of_ONNX_Runtime_in_double_precision() => Check<double>(1e-12);

    [Fact]
    public void Codes_alone_are_enough() => Check<float>(1e-5, "colour", "shape");

    [Fact]
    public void Categories_become_codes_where_that_is_asked_for()
    {
        TableEncoder encoder = Encoder<float>(codes: true);
        Assert.Equal(["size", "new"], encoder.Features.Select(feature => feature.Name));
        Assert.Equal(["colour", "shape"], encoder.CodeColumns.Select(column => column.Name));
        // Three colours, missing and unknown; four shapes, and unknown with missing.
        Assert.Equal([5, 5], encoder.CodeColumns.Select(column => column.Categories));
        CodeMatrix codes = TableEncoding.Codes(encoder, Match(encoder))!;
        Assert.Equal((TrainingRows + 9, 2), (codes.Rows, codes.Columns));
        Assert.Equal(3, codes[7, 0]);
        Assert.Equal((4, 4), (codes[TrainingRows, 0], codes[TrainingRows + 1, 1]));
        Assert.Equal(4, codes[TrainingRows + 2, 1]);
        Assert.Equal([.. codes[9], .. codes[7]], Flat(TableEncoding.Codes(encoder, Match(encoder), [9, 7])!));

        TableEncoder plain = Encoder<float>(codes: false);
        Assert.Empty(plain.CodeColumns);
        Assert.Null(TableEncoding.Codes(plain, Match(plain)));
        Assert.Equal(2 + 4 + 4, plain.FeatureCount);

        static int[] Flat(CodeMatrix codes) => [.. codes[0], .. codes[1]];
    }

    [Theory]
    [InlineData(2, null, 1)]
    [InlineData(5, null, 3)]
    [InlineData(8, null, 4)]
    [InlineData(99, null, 50)]
    [InlineData(100_000, null, 50)]
    [InlineData(5, 8, 8)]
    public void A_table_is_half_as_wide_as_high_and_at_most_50(int categories, int? width, int expected) =>
        Assert.Equal([new EmbedTable(categories, expected)], Embeddings.For([categories], width));

    [Fact]
    public void Unknown_categories_begin_at_zeros()
    {
        var network = new Network(0, new Embed(Embeddings.For([4, 7])), new Dense(2, Activation.Linear));
        Parameters<double> parameters = Initializer.HeNormal.Create<double>(network, 1);
        Embeddings.ClearUnknown(parameters);
        for (int t = 0; t < 2; t++)
        {
            for (int row = 0; row < parameters.Tensors[t].Rows; row++)
                Assert.Equal(row < parameters.Tensors[t].Rows - 1, parameters.Tensors[t][row].ContainsAnyExcept(0.0));
        }

        Assert.True(parameters.Weights[0][0].ContainsAnyExcept(0.0));
    }

    [Fact]
    public void Encoders_and_tables_that_do_not_fit_are_refused()
    {
        TableEncoder encoder = Encoder<float>(codes: true);
        Assert.Contains("do not fit the network", Refusal(new EmbedTable(5, 2), new EmbedTable(6, 2)), StringComparison.Ordinal);
        Assert.Contains("do not fit the network", Refusal(new EmbedTable(5, 2)), StringComparison.Ordinal);

        OnnxModel<float> model = Train<float>(encoder);
        var proto = ModelProto.Parser.ParseFrom(OnnxWriter.Write(model));
        StringStringEntryProto schema = proto.MetadataProps.First(entry => entry.Key == ModelExport.SchemaKey);
        Assert.Contains(
            """
            "tables":[{"categories":5,"width":3},{"categories":5,"width":3}]
            """,
            schema.Value, StringComparison.Ordinal);
        schema.Value = schema.Value.Replace("\"missingHasIndex\":true", "\"missingHasIndex\":false", StringComparison.Ordinal);
        Assert.Contains(
            "its encoders do not fit its network",
            Assert.Throws<BackpropException>(() => OnnxFile.Parse(proto.ToByteArray(), "m.onnx").ReadModel<float>()).Message,
            StringComparison.Ordinal);

        string Refusal(params EmbedTable[] tables)
        {
            var network = new Network(encoder.FeatureCount, new Embed(tables), new Dense(2, Activation.Linear), new Softmax());
            var unfit = new OnnxModel<float>(
                encoder, new ClassTarget("target", ["down", "up"]), SmallModels.Fill<float>(network), SmallModels.NoMetadata);
            return Assert.Throws<ArgumentException>(() => OnnxWriter.Write(unfit)).Message;
        }
    }

    static void Check<T>(double bound, params string[] columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OnnxModel<T> model = Train<T>(Encoder<T>(codes: true, columns));
        ModelCoreOf<T> trained = ModelCoreOf<T>.Of(model);
        byte[] bytes = OnnxWriter.Write(model);
        ModelCoreOf<T> read = ModelCoreOf<T>.Of(OnnxFile.Parse(bytes, "m.onnx").ReadModel<T>());
        double[] predicted = trained.Predict(Match(model.Encoder!));
        Assert.Equal(trained.ModelHash, read.ModelHash);
        Assert.Equal(predicted, read.Predict(Match(model.Encoder!)));
        Assert.Equal(bytes, read.ToOnnx());
        Assert.Equal(predicted, trained.Predict(Rows<T>(model)));

        // An unknown shape is predicted as a missing one, of which training had none, and otherwise than a known one.
        Assert.NotEqual(predicted[2 * (TrainingRows + 1)], predicted[2 * (TrainingRows + 3)]);
        var inputs = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (ColumnEncoder column in model.Encoder!.Columns)
        {
            Column cells = s_table[column.Name];
            inputs[column.Name] = column.TakesText
                ? Enumerable.Range(0, s_table.RowCount).Select(row => cells.IsMissing(row) ? "" : cells.Text(row)).ToArray()
                : Enumerable.Range(0, s_table.RowCount).Select(row => T.CreateChecked(double.Parse(
                    cells.Text(row), System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        }

        double[] actual = OnnxRuntime.Run(new OnnxRuntime.Job(bytes, inputs, s_table.RowCount))[0]["probabilities"].Numbers;
        Assert.Equal(predicted.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(predicted[i], actual[i], bound);
    }

    static TableEncoder Encoder<T>(bool codes, params string[] columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TableEncoding.Fit<T>(
            s_table.Columns.Where(
                column =>
                    column.Name != "target" && (columns.Length == 0 || columns.Contains(column.Name, StringComparer.Ordinal))),
            [.. Enumerable.Range(0, TrainingRows)], EncodeKind.Auto, ["", "NA"], NumericContract.Current, [], codes);

    static Table Match(TableEncoder encoder) => TableMatch.Of(s_table, encoder).Table;

    static Examples<T> Rows<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => EncodedRows<T>.Of(
            Match(model.Encoder!), model.Encoder!, model.Target!, outputs: 2, asIndices: true, weights: null);

    static OnnxModel<T> Train<T>(TableEncoder encoder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = new Network(
            encoder.FeatureCount, new Embed(Embeddings.For(encoder.CodeColumns.Select(column => column.Categories))),
            new Dense(8, Activation.Tanh), new Dense(2, Activation.Linear), new Softmax());
        Parameters<T> parameters = Initializer.HeNormal.Create<T>(network, 5);
        Embeddings.ClearUnknown(parameters);
        var model = new OnnxModel<T>(encoder, new ClassTarget("target", ["down", "up"]), parameters, SmallModels.NoMetadata);
        string start = parameters.Hash();
        var options = new TrainingOptions { Loss = Loss.SoftmaxCrossEntropy(), BatchSize = 16, Epochs = 5 };
        new Trainer<T>(options).Train(parameters, Rows(model).Take([.. Enumerable.Range(0, TrainingRows)], scaleWeights: true));
        Assert.NotEqual(start, parameters.Hash());
        return model;
    }

    static string Colour(int i) =>
        i == TrainingRows ? "mauve" : i % 10 == 7 ? "" : ((string[])["red", "green", "blue"])[i * 5 % 3];

    static string Shape(int i) =>
        i == TrainingRows + 1
            ? "heptagon"
            : i == TrainingRows + 2 ? "NA" : ((string[])["round", "square", "long", "flat"])[i * 3 % 4];
}

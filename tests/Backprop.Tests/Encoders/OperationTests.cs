using System.Numerics;
using System.Security.Cryptography;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>Every operation of encoders: prediction and ONNX Runtime do the same, and hash and description say it.</summary>
public sealed class OperationTests
{
    [Fact]
    public void Every_operation_is_among_the_samples() => Assert.Equal(
        typeof(EncoderOperation).Assembly.GetTypes().Where(type => type.BaseType == typeof(EncoderOperation)).ToHashSet(),
        OperationSamples.Columns.SelectMany(column => column.Operations).Select(operation => operation.GetType()).ToHashSet());

    [Fact]
    public void ONNX_Runtime_gives_the_same_bits_as_the_encoders_in_single_precision() => Check<float>();

    [Fact]
    public void ONNX_Runtime_gives_the_same_bits_as_the_encoders_in_double_precision() => Check<double>();

    [Fact]
    public void A_description_gives_back_every_operation_and_its_hash()
    {
        var encoder = new TableEncoder(OperationSamples.Columns);
        TableEncoder read = ModelSchema.Parse(ModelSchema.Of(Model<float>(encoder)).ToJson()).ToEncoder()!;
        Assert.Equal(
            encoder.Columns.SelectMany(column => column.Operations).Select(operation => operation.ToString()),
            read.Columns.SelectMany(column => column.Operations).Select(operation => operation.ToString()));
        Assert.Equal(Hash(encoder), Hash(read));
        Assert.Equal(
            encoder.CodeColumns.Select(column => column.Categories), read.CodeColumns.Select(column => column.Categories));

        static byte[] Hash(TableEncoder encoder)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            encoder.AppendTo(hash);
            return hash.GetHashAndReset();
        }
    }

    [Fact]
    public void Unknown_and_missing_categories_have_the_last_codes()
    {
        ColumnEncoder[] columns = [.. OperationSamples.Columns.Where(column => column.GivesCode)];
        Assert.Equal([4, 5], columns.Select(column => column.Categories));
        int rows = OperationSamples.Texts.Length;
        Assert.Equal([0, 1, 2, 3, 3, 3, 3, 1], Codes(columns[0], rows));
        Assert.Equal([0, 1, 2, 4, 3, 3, 3, 1], Codes(columns[1], rows));
        Assert.All(columns, column => Assert.Empty(column.Features));
    }

    /// <summary>The outputs are the features and, behind them, the codes as numbers.</summary>
    static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var encoder = new TableEncoder(OperationSamples.Columns);
        OnnxModel<T> model = Model<T>(encoder);
        var inputs = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (ColumnEncoder column in encoder.Columns)
        {
            bool isTaken = column.Name is "label" or "probabilities" or "layer2.weights" or "layer1.table1";
            string name = isTaken ? $"{column.Name} (input)" : column.Name;
            inputs[name] = OperationSamples.CellsOf<T>(column);
        }

        int rows = OperationSamples.Numbers.Length;
        double[] actual = OnnxRuntime.Run(new OnnxRuntime.Job(OnnxWriter.Write(model), inputs, rows))[0]["output"].Numbers;
        Assert.Equal(Outputs<T>(encoder, rows), actual);
    }

    static OnnxModel<T> Model<T>(TableEncoder encoder)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A table of one column, whose row c says c; then W = 1.
        int width = encoder.FeatureCount + encoder.CodeColumns.Length;
        var parameters = new Parameters<T>(new Network(
            encoder.FeatureCount, new Embed(Embeddings.For(encoder.CodeColumns.Select(column => column.Categories), width: 1)),
            new Dense(width, Activation.Linear, bias: false)));
        foreach (Matrix<T> table in parameters.Tensors.SkipLast(1))
        {
            for (int code = 0; code < table.Rows; code++)
                table[code, 0] = T.CreateChecked(code);
        }

        for (int i = 0; i < width; i++)
            parameters.Weights[0][i, i] = T.One;
        return new OnnxModel<T>(encoder, null, parameters, SmallModels.NoMetadata);
    }

    static double[] Outputs<T>(TableEncoder encoder, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = encoder.FeatureCount + encoder.CodeColumns.Length, place = 0;
        var outputs = new T[rows * width];
        int[] all = [.. Enumerable.Range(0, rows)];
        foreach (ColumnEncoder column in encoder.Columns.Where(column => !column.GivesCode))
        {
            column.Encode(OperationSamples.ReadCells(column), all, outputs.AsSpan(place), width);
            place += column.FeatureCount;
        }

        foreach (ColumnEncoder column in encoder.CodeColumns)
        {
            int[] codes = Codes(column, rows);
            for (int row = 0; row < rows; row++)
                outputs[row * width + place] = T.CreateChecked(codes[row]);
            place++;
        }

        return [.. outputs.Select(double.CreateChecked)];
    }

    static int[] Codes(ColumnEncoder column, int rows)
    {
        var codes = new int[rows];
        column.EncodeCodes(OperationSamples.ReadCells(column), codes, 1);
        return codes;
    }
}

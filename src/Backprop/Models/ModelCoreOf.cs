using System.Numerics;
using System.Security.Cryptography;
using Backprop.Engine;

namespace Backprop;

/// <summary>A model in one precision.</summary>
sealed class ModelCoreOf<T> : ModelCore
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows encoded at a time.</summary>
    const int BlockRows = 4096;

    readonly Predictor<T> _predictor;

    public ModelCoreOf(Parameters<T> parameters) => _predictor = new Predictor<T>(parameters);

    public override Network Network => _predictor.Parameters.Network;

    public override bool IsDouble => typeof(T) == typeof(double);

    public override string ParameterHash => _predictor.Parameters.Hash();

    public override string ModelHash
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Encoder.AppendTo(hash);
            Target.AppendTo(hash);
            _predictor.Parameters.AppendTo(hash);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>The model in a file, or made by training.</summary>
    public static ModelCoreOf<T> Of(OnnxModel<T> model) => new(model.Parameters)
    {
        Encoder = model.Encoder ?? throw new BackpropException("The model takes features as they are, not a table."),
        Target = model.Target ?? throw new BackpropException("The model does not say what its outputs mean."),
        Metadata = model.Metadata,
    };

    public override double[] Predict(Table table)
    {
        int width = Target is ClassTarget classes ? classes.Classes.Length : Network.Outputs;
        var decoded = new double[(long)table.RowCount * width];
        for (int start = 0; start < table.RowCount; start += BlockRows)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(BlockRows, table.RowCount - start))];
            Matrix<T> inputs = TableEncoding.Encode<T>(Encoder, table, rows);
            CodeMatrix? codes = TableEncoding.Codes(Encoder, table, rows);
            int first = start;
            _predictor.Run(
                rows.Length,
                (row, numbers, own) =>
                {
                    inputs[row].CopyTo(numbers);
                    codes?[row].CopyTo(own);
                },
                (row, outputs) => Decode(outputs, decoded.AsSpan((first + row) * width, width)));
        }

        return decoded;
    }

    /// <summary>The same for rows that are encoded already.</summary>
    public double[] Predict(Examples<T> examples)
    {
        int width = Target is ClassTarget classes ? classes.Classes.Length : Network.Outputs;
        var decoded = new double[(long)examples.Count * width];
        _predictor.Run(
            examples.Count,
            (row, numbers, codes) =>
            {
                examples.InputsOf(row).CopyTo(numbers);
                examples.CodesOf(row).CopyTo(codes);
            },
            (row, outputs) => Decode(outputs, decoded.AsSpan(row * width, width)));
        return decoded;
    }

    public override ModelCore With(string key, string text) => new ModelCoreOf<T>(_predictor.Parameters)
    {
        Encoder = Encoder,
        Target = Target,
        Metadata = Metadata.Add(key, text),
    };

    public override byte[] ToOnnx() => OnnxWriter.Write(new OnnxModel<T>(Encoder, Target, _predictor.Parameters, Metadata));

    public override Parameters<TOther> ParametersAs<TOther>()
    {
        Parameters<T> from = _predictor.Parameters;
        var to = new Parameters<TOther>(from.Network);
        for (int i = 0; i < from.Tensors.Length; i++)
            Convert(from.Tensors[i], to.Tensors[i]);

        return to;

        static void Convert(Matrix<T> from, Matrix<TOther> to)
        {
            for (int row = 0; row < from.Rows; row++)
            {
                for (int column = 0; column < from.Columns; column++)
                    to[row, column] = TOther.CreateTruncating(from[row, column]);
            }
        }
    }

    void Decode(ReadOnlySpan<T> outputs, Span<double> decoded)
    {
        if (Target is not ClassTarget classes)
        {
            ((NumberTarget)Target).Decode(outputs, decoded);
            return;
        }

        Span<T> values = stackalloc T[Math.Min(decoded.Length, ClassTarget.MaximumClasses)];
        if (values.Length < decoded.Length)
            values = new T[decoded.Length];
        classes.Probabilities(outputs, values);
        for (int i = 0; i < values.Length; i++)
            decoded[i] = double.CreateTruncating(values[i]);
    }
}

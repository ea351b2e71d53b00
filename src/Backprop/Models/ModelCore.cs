using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>A model behind its element type: <see cref="ModelCoreOf{T}"/> in single or double precision.</summary>
abstract class ModelCore
{
    public required TableEncoder Encoder { get; init; }

    public required TargetDecoder Target { get; init; }

    public required ImmutableSortedDictionary<string, string> Metadata { get; init; }

    public abstract Network Network { get; }

    public abstract bool IsDouble { get; }

    public abstract string ParameterHash { get; }

    /// <summary>SHA-256 over encoder constants, classes and parameters.</summary>
    public abstract string ModelHash { get; }

    /// <summary>Decoded outputs of a table's rows: probabilities [rows, classes] or numbers [rows, targets].</summary>
    public abstract double[] Predict(Table table);

    /// <summary>The model as an ONNX file.</summary>
    public abstract byte[] ToOnnx();

    /// <summary>The same with one text more in its metadata.</summary>
    public abstract ModelCore With(string key, string text);

    /// <summary>The parameters in the given precision, as a copy.</summary>
    public abstract Parameters<TOther> ParametersAs<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>;
}

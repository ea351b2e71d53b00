using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// A network with its parameters to start training from. A model of Backprop's brings its encoders too, which are then
/// not fitted again; a plain dense ONNX network made elsewhere brings the network alone.
/// </summary>
public sealed class StartingPoint
{
    readonly OnnxFile? _file;
    readonly Model? _model;

    StartingPoint(OnnxFile? file, Model? model) => (_file, _model) = (file, model);

    /// <summary>The parameters of a model.</summary>
    public static StartingPoint Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new StartingPoint(null, model);
    }

    /// <summary>The parameters in an ONNX file: a model of Backprop's, or a plain dense network.</summary>
    /// <exception cref="BackpropException">The file cannot be read, or it is another kind of network.</exception>
    public static StartingPoint Load(string path)
    {
        OnnxFile file = OnnxFile.Open(path);
        return file.IsBackpropModel ? new StartingPoint(null, Model.FromFile(file)) : new StartingPoint(file, null);
    }

    /// <summary>The recipe of the model, or null.</summary>
    internal Recipe? Recipe => _model?.Recipe;

    /// <summary>The encoders it brings, or null.</summary>
    internal TableEncoder? Encoder => _model?.Core.Encoder;

    /// <summary>The meaning of the outputs it brings, or null.</summary>
    internal TargetDecoder? Target => _model?.Core.Target;

    /// <summary>The shape of the network.</summary>
    internal Network Network => _model?.Network ?? _file!.ReadNetwork().ToNetwork();

    /// <summary>The model's hash, or the parameters' where it brings no more.</summary>
    internal string Hash<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _model?.ModelHash ?? Parameters<T>().Hash();

    /// <summary>The parameters, in the given precision.</summary>
    internal Parameters<T> Parameters<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _model is null ? _file!.ReadNetwork().ToParameters<T>() : _model.Core.ParametersAs<T>();
}

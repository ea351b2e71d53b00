using System.Numerics;

namespace Backprop;

/// <summary>Writes a model as one standard ONNX file: the same model gives the same bytes.</summary>
static class OnnxWriter
{
    /// <summary>The file's bytes.</summary>
    /// <exception cref="BackpropException">The model is too large for one ONNX file.</exception>
    public static byte[] Write<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    /// <summary>Writes the file beside its place and moves it there, so that nothing good is replaced by half a file.</summary>
    /// <exception cref="BackpropException">The file cannot be written.</exception>
    public static void Save<T>(OnnxModel<T> model, string path)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AtomicFile.Write(path, Write(model));
}

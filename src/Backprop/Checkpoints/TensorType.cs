namespace Backprop;

/// <summary>The element types of a safetensors file that Backprop writes and reads.</summary>
enum TensorType
{
    /// <summary>Single precision.</summary>
    F32 = 0,

    /// <summary>Double precision.</summary>
    F64 = 1,
}

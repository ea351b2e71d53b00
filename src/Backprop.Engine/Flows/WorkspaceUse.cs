namespace Backprop.Engine;

/// <summary>What a workspace is for, which decides what it has room for.</summary>
enum WorkspaceUse
{
    /// <summary>The value flow alone, as it predicts.</summary>
    Values,

    /// <summary>Value flow and error flow.</summary>
    Errors,

    /// <summary>The same, and every U, ∂e/∂X and ∂e/∂X⁰ is kept for someone who looks at them.</summary>
    Everything,

    /// <summary>Value flow and error flow of a step that learns: dropout drops.</summary>
    Learning,
}

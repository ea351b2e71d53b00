using Backprop.Engine;

namespace Backprop;

/// <summary>Embeddings as they are asked for, before the categories are known that their tables have rows for.</summary>
/// <param name="Width">How many numbers stand for a category; null lets each column's number of categories decide.</param>
sealed record EmbedSpec(int? Width)
{
    /// <summary>The name of embeddings.</summary>
    public const string Name = "embed";

    const string WidthKey = "width";

    /// <summary>What was asked for.</summary>
    /// <exception cref="ArgumentException">The width is none.</exception>
    public static EmbedSpec Of(Specification said)
    {
        double width = said.TakeWhole(WidthKey, 0, 1);
        if (width > Network.MaximumWidth)
            throw new ArgumentException($"The width of embed is 1 to {Network.MaximumWidth}.");
        return new EmbedSpec(width == 0 ? null : (int)width);
    }

    /// <summary>The entry as recipes write it: <c>embed</c>, <c>embed:width=8</c>.</summary>
    public override string ToString() => (Width is { } width ? new Named(Name, (WidthKey, width)) : new Named(Name)).ToString();
}

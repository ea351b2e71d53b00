using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// What one kind of layer is outside the engine: how people say it, how a model file describes it, its ONNX and its formula. One
/// file for each kind here; <see cref="LayerKinds"/> lists them.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="settings">The numbers that it is said by, in their order.</param>
abstract class LayerKind(string name, params ImmutableArray<LayerSetting> settings)
{
    /// <summary>The name, as recipes and model files write it.</summary>
    public string Name { get; } = name;

    /// <summary>The numbers that it is said by.</summary>
    public ImmutableArray<LayerSetting> Settings { get; } = settings;

    /// <summary>Whether recipes say it by its name and numbers.</summary>
    public virtual bool IsSaid => true;

    /// <summary>Whether a model file describes it among the layers.</summary>
    public virtual bool IsDescribed => true;

    /// <summary>The kind that a description of it says.</summary>
    public virtual string? DescribedAs => Name;

    /// <summary>Whether each value that flows out stands for the one in its place that flows in, and goes by its name.</summary>
    public virtual bool KeepsNames => false;

    /// <summary>Other words for it, in lower case and without hyphens.</summary>
    public virtual ImmutableArray<string> Synonyms => [];

    /// <summary>Words that it is not said by, and what to say of them.</summary>
    public virtual ImmutableArray<(string Word, string Why)> Refused => [];

    /// <summary>How it is written with its usual numbers, or with P for one that has none: <c>dropout:rate=P</c>.</summary>
    public string Form => Settings.IsEmpty ? Name : $"{Name}:{string.Join(',', Settings.Select(setting => setting.Form))}";

    /// <summary>The layer that was said.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or missing.</exception>
    public Layer Make(Specification said) => Make([.. Settings.Select(setting => setting.Of(said))]);

    /// <summary>Whether a layer is of this kind.</summary>
    public abstract bool Is(Layer layer);

    /// <summary>A layer of this kind, as a model file describes it.</summary>
    public abstract LayerSchema Describe(Layer layer);

    /// <summary>The layer of a description.</summary>
    /// <param name="schema">The description.</param>
    /// <param name="own">Activations of the caller's own, by name before the built-in ones.</param>
    /// <exception cref="ArgumentException">It is no layer, or an activation is unknown.</exception>
    /// <exception cref="BackpropException">Something of it is not said.</exception>
    public virtual Layer Read(LayerSchema schema, ReadOnlySpan<Activation> own) =>
        Make([.. Settings.Select(setting => schema.Number(setting.Key))]);

    /// <summary>Writes a layer of this kind into a graph.</summary>
    /// <param name="numbers">Its tensors, and the graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">The name of what flows in; empty where nothing does.</param>
    /// <returns>The name of what flows out.</returns>
    public abstract string Write(LayerNumbers numbers, Layer layer, string x);

    /// <summary>The formula of a layer of this kind; null of a kind that has a notation of its own.</summary>
    public abstract LayerFormula? Formula(Layer layer, LayerSymbols symbols);

    /// <summary>A layer of the numbers of its settings.</summary>
    protected virtual Layer Make(double[] numbers) =>
        throw new NotSupportedException($"Numbers alone do not say what {Name} is.");
}

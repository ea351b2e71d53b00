using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>A layer in a <see cref="ModelSchema"/>.</summary>
/// <param name="Activations">Neurons side by side that share an activation, in order.</param>
/// <param name="Bias">Whether the neurons have biases.</param>
sealed record LayerSchema(ImmutableArray<ActivationSchema> Activations, bool Bias)
{
    public static LayerSchema Of(Dense layer) => new(
        [.. layer.Activations.Select(run => new ActivationSchema(run.Activation.Name, run.Count))], layer.HasBias);

    /// <summary>The layer.</summary>
    /// <exception cref="ArgumentException">It is no layer, or an activation is unknown.</exception>
    public Dense ToLayer(ReadOnlySpan<Activation> own)
    {
        var runs = new List<ActivationRun>(Activations.Length);
        foreach (ActivationSchema run in Activations)
        {
            if (run is null)
                throw new BackpropException("A layer has an activation without a name.");
            runs.Add(new ActivationRun(Find(run.Name, own), run.Count));
        }

        return new Dense(runs, Bias);
    }

    static Activation Find(string name, ReadOnlySpan<Activation> own)
    {
        foreach (Activation activation in own)
        {
            if (string.Equals(activation.Name, name, StringComparison.Ordinal))
                return activation;
        }

        return Activation.Parse(name);
    }
}

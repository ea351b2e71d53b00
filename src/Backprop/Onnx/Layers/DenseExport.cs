using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>A dense layer: U = X·W + b, X = f(U). Recipes say it by its neurons, and a description by its activations.</summary>
sealed class DenseExport() : LayerKindOf<Dense>("dense")
{
    public override bool IsSaid => false;

    public override string? DescribedAs => null;

    public override ImmutableArray<(string Word, string Why)> Refused =>
        [("dense", "neurons are their number, such as 64 or 64*relu.")];

    public override Layer Read(LayerSchema schema, ReadOnlySpan<Activation> own)
    {
        ImmutableArray<ActivationSchema> activations = LayerSchema.Said(schema.Activations, "activations");
        var runs = new List<ActivationRun>(activations.Length);
        foreach (ActivationSchema run in activations)
        {
            if (run is null)
                throw new BackpropException("A layer has an activation without a name.");
            runs.Add(new ActivationRun(Find(run.Name, own), run.Count));
        }

        return new Dense(runs, LayerSchema.Said(schema.Bias, "bias"));
    }

    protected override LayerSchema Describe(Dense layer) => new(
        [.. layer.Activations.Select(run => new ActivationSchema(run.Activation.Name, run.Count))], layer.HasBias);

    protected override string Write(LayerNumbers numbers, Dense layer, string x)
    {
        x = numbers.Graph.Node("MatMul", x, numbers.Write("weights")!);
        if (numbers.Write("bias") is { } bias)
            x = numbers.Graph.Node("Add", x, bias);
        return Activations(numbers.Graph, layer, x);
    }

    /// <summary>
    /// f(U) where all neurons share f; else each neuron's own, picked by a mask out of what each formula gives for all.
    /// </summary>
    static string Activations(GraphBuilder graph, Dense layer, string u)
    {
        Activation[] distinct = [.. layer.Activations.Select(run => run.Activation).Distinct()];
        string x = Formula(graph, distinct[^1], u);
        for (int i = distinct.Length - 2; i >= 0; i--)
        {
            bool[] mask =
                [.. layer.Activations.SelectMany(run => Enumerable.Repeat(run.Activation.Equals(distinct[i]), run.Count))];
            x = graph.Node("Where", graph.Mask("neurons", mask), Formula(graph, distinct[i], u), x);
        }

        return x;
    }

    static string Formula(GraphBuilder graph, Activation activation, string u) =>
        new ExpressionExport(graph, u).Write(GraphReal.Record(activation));

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

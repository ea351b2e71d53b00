using System.Collections.Immutable;
using Backprop.Engine;

namespace Backprop;

/// <summary>A check of a model's gradient on rows of a table, with the names that belong to its numbers.</summary>
public sealed class ModelGradientCheck
{
    readonly ImmutableArray<Layer> _layers;

    internal ModelGradientCheck(GradientCheckResult result, Model model, Loss loss, int[] rows, int tableRows)
    {
        (Result, Model, Loss, Rows, TableRows) = (result, model, loss, rows, tableRows);
        _layers = model.Network.NumberedLayers;
    }

    /// <summary>What was compared, tensor by tensor.</summary>
    public GradientCheckResult Result { get; }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>The recipe's loss.</summary>
    public Loss Loss { get; }

    /// <summary>The rows of the table that made the batch, counted from 0, in order: all, or 200 drawn by the seed.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>The number of rows of the table.</summary>
    public int TableRows { get; }

    /// <summary>Whether every tensor agrees.</summary>
    public bool Passed => Result.Passed;

    /// <summary>
    /// The place of an entry, for people: <c>petal_width → neuron 3</c>, <c>neuron 3 → setosa</c>,
    /// <c>row 12, petal_width</c>. Rows and neurons count from 1.
    /// </summary>
    /// <param name="group">The tensor.</param>
    /// <param name="difference">The entry.</param>
    public string PlaceOf(GradientGroup group, GradientDifference difference)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Tensor switch
        {
            GradientTensor.Inputs => $"row {Rows[difference.Row] + 1}, {Model.Features[difference.Column]}",
            GradientTensor.Biases or GradientTensor.Factors => Value(group.Layer, difference.Column),
            GradientTensor.Table => $"{Category(group, difference.Row)} → number {difference.Column + 1}",
            GradientTensor.Weights when _layers[group.Layer] is not Dense =>
                $"number {difference.Row + 1}, {difference.Column + 1}",
            _ => $"{Value(group.Layer - 1, difference.Row)} → {Neuron(group.Layer, difference.Column)}",
        };
    }

    /// <summary>A category as features are called: <c>island=Torgersen</c>.</summary>
    string Category(GradientGroup group, int row)
    {
        Tensor[] tables = [.. Model.Network.Layout.Tensors.Where(tensor => tensor.Number == group.Layer + 1)];
        int table = Array.FindIndex(tables, tensor => tensor.Name == group.Name.Replace(" ", "", StringComparison.Ordinal));
        if (table >= Model.Core.Encoder.CodeColumns.Length)
            return $"category {row + 1}";
        ColumnEncoder column = Model.Core.Encoder.CodeColumns[table];
        ImmutableArray<string> names = column.Operations[0].Texts.GetValueOrDefault([]);
        return $"{column.Name}{(row < names.Length ? "=" + names[row] : " is unknown")}";
    }

    /// <summary>
    /// A value that a layer gives: what goes through scales, normalisations and the like keeps its name, so that of features is
    /// theirs.
    /// </summary>
    string Value(int layer, int index)
    {
        int dense = layer;
        while (dense >= 0 && LayerKinds.Of(_layers[dense]).KeepsNames)
            dense--;
        if (dense >= 0 && layer != _layers.Length - 1 && _layers[dense] is Embed && index >= Model.Features.Count)
            return $"embedded {index - Model.Features.Count + 1}";
        bool isFeature = dense < 0 || _layers[dense] is Embed;
        return isFeature && layer != _layers.Length - 1 ? Model.Features[index] : Neuron(layer, index);
    }

    /// <summary>An output of the network has the name of what it stands for, another neuron its number.</summary>
    string Neuron(int layer, int index)
    {
        if (layer == _layers.Length - 1)
        {
            IReadOnlyList<string> targets = Model.Classes.IsEmpty ? Model.Recipe.Data.Target : Model.Classes;
            if (targets.Count == Model.Network.Outputs)
                return targets[index];
            if (Model.Network.Outputs == 1)
                return targets[1];
        }

        return $"neuron {index + 1}";
    }
}

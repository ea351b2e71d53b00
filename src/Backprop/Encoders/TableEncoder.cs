using System.Collections.Immutable;
using System.Security.Cryptography;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// How a table's columns become the network's inputs, numbers X⁰ and codes: one encoding per column, in order. Immutable.
/// </summary>
sealed class TableEncoder
{
    /// <summary>An encoder of columns.</summary>
    /// <exception cref="BackpropException">
    /// There is no column, one comes twice, or there are more features than a network can take.
    /// </exception>
    public TableEncoder(ImmutableArray<ColumnEncoder> columns)
    {
        Columns = columns;
        if (columns.IsEmpty)
            throw new BackpropException("No column is left to learn from.");

        var names = new HashSet<string>(StringComparer.Ordinal);
        long count = 0;
        foreach (ColumnEncoder column in columns)
        {
            if (string.IsNullOrEmpty(column.Name) || !names.Add(column.Name))
                throw new BackpropException($"The column '{column.Name}' is encoded twice, or has no name.");
            count += column.FeatureCount;
            if (column.Categories > Network.MaximumWidth)
            {
                throw new BackpropException($"The column '{column.Name}' has {column.Categories} categories; an embedding has at most "
                    + $"{Network.MaximumWidth}. Leave it out by --ignore.");
            }
        }

        if (count > Network.MaximumWidth)
        {
            throw new BackpropException($"The columns give {count} features; the most is {Network.MaximumWidth}. Leave out "
                + "columns with very many values by --ignore.");
        }

        FeatureCount = (int)count;
        CodeColumns = [.. columns.Where(column => column.GivesCode)];
    }

    /// <summary>The encodings of the columns that the network uses, in the order of its inputs.</summary>
    public ImmutableArray<ColumnEncoder> Columns { get; }

    /// <summary>The number of features: the network's inputs that are numbers.</summary>
    public int FeatureCount { get; }

    /// <summary>The columns that give a code each, in the order of the network's codes.</summary>
    public ImmutableArray<ColumnEncoder> CodeColumns { get; }

    /// <summary>Whether a network takes what the encoder gives: as many numbers, and codes of the same categories.</summary>
    public bool Fits(Network network) => FeatureCount == network.Inputs
        && network.Layers.OfType<Embed>().SelectMany(layer => layer.Tables).Select(table => table.Categories)
            .SequenceEqual(CodeColumns.Select(column => column.Categories));

    /// <summary>Every feature, in the order of the network's inputs, named on demand.</summary>
    public ImmutableArray<Feature> Features => [.. Columns.SelectMany(column => column.Features)];

    /// <summary>Adds names, texts and constants, in order, to a hash.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Columns.Length);
        foreach (ColumnEncoder column in Columns)
            column.AppendTo(hash);
    }
}

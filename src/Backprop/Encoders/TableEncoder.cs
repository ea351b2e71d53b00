using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using Backprop.Engine;

namespace Backprop;

/// <summary>How a table's columns become the network's inputs X⁰: one encoding per column, in order. Immutable.</summary>
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
        }

        if (count > Network.MaximumWidth)
        {
            throw new BackpropException($"The columns give {count} features; the most is {Network.MaximumWidth}. Leave out "
                + "columns with very many values by --ignore.");
        }

        FeatureCount = (int)count;
    }

    /// <summary>The encodings of the columns that the network uses, in the order of its inputs.</summary>
    public ImmutableArray<ColumnEncoder> Columns { get; }

    /// <summary>The number of features: the network's inputs.</summary>
    public int FeatureCount { get; }

    /// <summary>Every feature, in the order of the network's inputs, named on demand.</summary>
    public ImmutableArray<Feature> Features => [.. Columns.SelectMany(column => column.Features)];

    /// <summary>Learns the encodings of a table's usable columns from the training rows alone.</summary>
    /// <typeparam name="T">The element type of the recipe.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="rows">The training rows, in order.</param>
    /// <param name="options">How to encode.</param>
    /// <exception cref="BackpropException">A column cannot be encoded, or none is left.</exception>
    public static TableEncoderFit Fit<T>(Table table, ReadOnlySpan<int> rows, TableEncoderOptions options = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = ImmutableArray.CreateBuilder<ColumnEncoder>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutColumn>();
        foreach (Column column in table.Columns)
        {
            if (options.Excluded.Contains(column.Name, StringComparer.Ordinal))
                continue;

            ColumnFit fit = column.IsUsable
                ? Fit<T>(column, rows, options)
                : new(null, column.Reason ?? "it is neither number, category nor yes/no");
            if (fit.Encoder is not null)
                columns.Add(fit.Encoder);
            else
                leftOut.Add(new LeftOutColumn(column.Name, fit.LeftOut!));
        }

        return new(new TableEncoder(columns.ToImmutable()), leftOut.ToImmutable());
    }

    /// <summary>Encodes some rows of a table that has the encoder's columns, in whatever order.</summary>
    /// <typeparam name="T">The element type of the recipe.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="rows">Which rows, in which order.</param>
    /// <param name="destination">The features [rows, features], row-major.</param>
    /// <exception cref="BackpropException">A column is missing or of another type, or a cell cannot be encoded.</exception>
    public void Encode<T>(Table table, ReadOnlySpan<int> rows, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.IsEmpty)
            return;

        int offset = 0;
        foreach (ColumnEncoder column in Columns)
        {
            ColumnCells cells = CellReader.Read(table[column.Name], rows, column.TakesText);
            column.Encode(cells, rows, destination[offset..], FeatureCount);
            offset += column.FeatureCount;
        }
    }

    /// <summary>Adds names, texts and constants, in order, to a hash.</summary>
    public void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Columns.Length);
        foreach (ColumnEncoder column in Columns)
            column.AppendTo(hash);
    }

    static ColumnFit Fit<T>(Column column, ReadOnlySpan<int> rows, TableEncoderOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (options.Plain && column.Kind != ColumnKind.Number)
        {
            throw new BackpropException($"The column '{column.Name}' is not a number, and --encode none takes only numbers. "
                + "Use --encode auto, or leave the column out with --ignore.");
        }

        ColumnCells cells = CellReader.Read(column, rows, asText: column.Kind != ColumnKind.Number);
        return column.Kind switch
        {
            ColumnKind.Number when options.Plain => ColumnFit.PlainNumber<T>(column.Name, cells.Numbers, rows),
            ColumnKind.Number => ColumnFit.Number<T>(column.Name, cells.Numbers, rows),
            ColumnKind.YesNo => ColumnFit.YesNo(column.Name, cells.Codes, cells.Texts!),
            _ => ColumnFit.Category(column.Name, cells.Codes, cells.Texts!, options.MissingTokens),
        };
    }
}

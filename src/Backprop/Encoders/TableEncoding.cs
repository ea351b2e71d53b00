using System.Collections.Immutable;
using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Between tables and encoders: fits an encoder to training rows, and encodes rows into a matrix of numbers and one of codes.
/// </summary>
static class TableEncoding
{
    /// <summary>Rows of one column of texts looked at together: enough to forget looking its texts up.</summary>
    const int TextRows = 1 << 14;

    /// <summary>Rows of all columns of numbers looked at together: so few that their features stay in the cache.</summary>
    const int NumberRows = 1 << 9;

    /// <summary>Learns the encoding of columns from training rows.</summary>
    /// <param name="columns">The columns, in the order in which their features come.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="encode">Whether columns are scaled and indexed, or numbers taken as they are.</param>
    /// <param name="missing">The texts that mean "missing".</param>
    /// <param name="contract">The numeric version.</param>
    /// <param name="leftOut">Receives the columns of which nothing can be learnt, and why.</param>
    /// <param name="codes">Whether categories become codes, for embeddings, not features.</param>
    /// <exception cref="BackpropException">No column is left, there are too many features, or a column cannot be
    /// taken.</exception>
    public static TableEncoder Fit<T>(
        IEnumerable<Column> columns, int[] rows, EncodeKind encode, ImmutableArray<string> missing,
        NumericContract contract, List<LeftOutColumn> leftOut, bool codes = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var encoders = new List<ColumnEncoder>();
        var pixels = new List<ColumnEncoder>();
        var numbers = new double[rows.Length];
        foreach (Column column in columns)
        {
            ColumnFit fit = encode == EncodeKind.None
                ? FitPlain<T>(column, rows)
                : Fit<T>(column, rows, numbers, missing, contract);
            if ((codes ? fit.WithCode() : fit).Encoder is { } encoder)
                (column.IsPixel && encode == EncodeKind.Auto ? pixels : encoders).Add(encoder);
            else
                leftOut.Add(new LeftOutColumn(column.Name, fit.LeftOut!));
        }

        if (pixels.Count > 0)
            encoders.AddRange(SharedScale.Of(pixels));
        if (encoders.Count == 0)
            throw new BackpropException(LeftOutText.NoneLeft(leftOut));
        return new TableEncoder([.. encoders]);
    }

    /// <summary>Encodes the features of rows of a table into a matrix without padding.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="table">The table, with the encoder's columns as <see cref="TableMatch"/> gives them.</param>
    /// <param name="rows">The rows, or null for all.</param>
    /// <returns>[rows, features].</returns>
    /// <exception cref="BackpropException">A column is missing, or a cell cannot be taken.</exception>
    public static Matrix<T> Encode<T>(TableEncoder encoder, Table table, int[]? rows = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = rows?.Length ?? table.RowCount;
        int features = encoder.FeatureCount;
        if ((long)count * features > Array.MaxLength / 2)
        {
            throw new BackpropException(
                $"{count:N0} rows of {features:N0} features are more than fit into memory at once; leave out columns or rows.");
        }

        var matrix = new Matrix<T>(count, features, features);
        var room = new CellRoom();
        var columns = new CellReader[encoder.Columns.Length];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = new CellReader(table[encoder.Columns[i].Name], encoder.Columns[i].TakesText, room);

        var block = new int[Math.Min(count, TextRows)];
        int first = 0;
        for (int i = 0; i < columns.Length; first += encoder.Columns[i++].FeatureCount)
        {
            for (int start = 0; start < count && encoder.Columns[i] is { TakesText: true, GivesCode: false }; start += TextRows)
                EncodeBlock(i, Part(start, TextRows), start * features + first);
        }

        for (int start = 0; start < count; start += NumberRows)
        {
            ReadOnlySpan<int> part = Part(start, NumberRows);
            int place = start * features;
            for (int i = 0; i < columns.Length; place += encoder.Columns[i++].FeatureCount)
            {
                if (!encoder.Columns[i].TakesText)
                    EncodeBlock(i, part, place);
            }
        }

        return matrix;

        ReadOnlySpan<int> Part(int start, int most)
        {
            Span<int> part = block.AsSpan(0, Math.Min(most, count - start));
            if (rows is not null)
                rows.AsSpan(start, part.Length).CopyTo(part);
            for (int i = 0; rows is null && i < part.Length; i++)
                part[i] = start + i;
            return part;
        }

        void EncodeBlock(int column, ReadOnlySpan<int> part, int place)
        {
            try
            {
                encoder.Columns[column].Encode(columns[column].Read(part), part, matrix.Padded[place..], features);
            }
            catch (BackpropException fault) when (fault.Cell is not null)
            {
                throw CellFault.In(table, fault);
            }
        }
    }

    /// <summary>The codes of rows of a table, [rows, codes].</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="table">The table, with the encoder's columns as <see cref="TableMatch"/> gives them.</param>
    /// <param name="rows">The rows, or null for all.</param>
    /// <returns>Null where no column gives a code.</returns>
    public static CodeMatrix? Codes(TableEncoder encoder, Table table, int[]? rows = null)
    {
        ImmutableArray<ColumnEncoder> columns = encoder.CodeColumns;
        if (columns.IsEmpty)
            return null;

        rows ??= [.. Enumerable.Range(0, table.RowCount)];
        var codes = new CodeMatrix(rows.Length, columns.Length);
        var room = new CellRoom();
        for (int i = 0; i < columns.Length; i++)
        {
            var reader = new CellReader(table[columns[i].Name], asText: true, room);
            for (int start = 0; start < rows.Length; start += TextRows)
            {
                ReadOnlySpan<int> part = rows.AsSpan(start, Math.Min(TextRows, rows.Length - start));
                columns[i].EncodeCodes(reader.Read(part), codes.All[(start * columns.Length + i)..], columns.Length);
            }
        }

        return codes;
    }

    static ColumnFit Fit<T>(
        Column column, int[] rows, double[] numbers, ImmutableArray<string> missing, NumericContract contract)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (column.Kind is ColumnKind.Number)
        {
            ColumnNumbers.Copy(column, rows, numbers);
            bool inDouble = typeof(T) == typeof(float) && contract.StandardisesInDouble && !column.IsPixel
                && SinglePrecision.Loses(numbers);
            return inDouble ? ColumnFit.NumberInDouble(column.Name, numbers) : ColumnFit.Number<T>(column.Name, numbers, rows);
        }

        var codes = new int[rows.Length];
        column.CopyCategories(rows, codes);
        return column.Kind == ColumnKind.YesNo
            ? ColumnFit.YesNo(column.Name, codes, column.Categories)
            : ColumnFit.Category(column.Name, codes, column.Categories, missing);
    }

    static ColumnFit FitPlain<T>(Column column, int[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => column.Kind == ColumnKind.Number
            ? ColumnFit.PlainNumber<T>(column.Name, ColumnNumbers.Of(column, rows), rows)
            : throw new BackpropException(
                $"The column '{column.Name}' holds texts, and --encode none takes numbers only. Use --encode auto, "
                + "or leave the column out with --ignore.");
}

using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Embeddings: X = [In, T¹[c₁], T²[c₂], …], row by row; the errors of the layer before are the first columns of ∂e/∂X; ∂e/∂Tᵗ[c]
/// is the sum of the other columns over the rows whose code is c, rows in order, starting at 0.
/// </summary>
sealed class EmbedFlow<T> : LayerFlow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly ImmutableArray<int> _tables;
    readonly CodeMatrix _codes;

    public EmbedFlow(LayerRoom<T> room)
        : base(room, room.Values(room.Columns), room.Errors(room.Columns)) =>
        (_tables, _codes) = ([.. room.Tensors], room.Workspace.Codes);

    public override void Values(Parameters<T> parameters, RowRange rows, Pass pass)
    {
        for (int row = rows.Start; row < rows.End; row++)
        {
            Span<T> x = X[row];
            In[row].CopyTo(x);
            int place = In.Columns;
            ReadOnlySpan<int> codes = _codes[row];
            for (int t = 0; t < codes.Length; t++)
            {
                Matrix<T> table = parameters.Tensors[_tables[t]];
                table[codes[t]].CopyTo(x[place..]);
                place += table.Columns;
            }
        }
    }

    public override void PassBack(Parameters<T> parameters, RowRange rows)
    {
        for (int row = rows.Start; InErrors is not null && row < rows.End; row++)
            Delta[row][..InErrors.Columns].CopyTo(InErrors[row]);
    }

    public override void Gradient(Parameters<T> gradient, RowRange part, int count, bool goOn)
    {
        if (part.Count <= 0)
            return;

        // A member takes the codes that fall into its part: a row of a table has one owner, who meets its terms in order.
        int place = In.Columns;
        for (int t = 0; t < _tables.Length && (t == 0 || part.Start == 0); t++)
        {
            Matrix<T> table = gradient.Tensors[_tables[t]];
            RowRange own = t == 0 ? part : new RowRange(0, table.Rows);
            if (!goOn)
                table.Padded[(own.Start * table.Stride)..(own.End * table.Stride)].Clear();
            for (int row = 0; row < count; row++)
            {
                int code = _codes[row, t];
                if (code >= own.Start && code < own.End)
                    Add(Delta[row].Slice(place, table.Columns), table[code]);
            }

            place += table.Columns;
        }
    }

    static void Add(ReadOnlySpan<T> errors, Span<T> sums)
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] += errors[i];
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace Backprop.Engine;

/// <summary>
/// Embeddings: the numbers' change goes on, the tables' rows stay; an entry of a table is in the rows that have its code.
/// </summary>
sealed class EmbedDifference : LayerDifference
{
    readonly CodeMatrix _codes;
    readonly ImmutableArray<int> _first;

    public EmbedDifference(DifferencePlace place)
        : base(place, place.Record.Width)
    {
        _codes = place.Flow.Codes;
        var first = ImmutableArray.CreateBuilder<int>();
        int column = In.Columns;
        foreach (TensorRecord<double> table in Record.Tensors)
        {
            first.Add(column);
            column += table.Values.Columns;
        }

        _first = first.ToImmutable();
        for (int row = 0; row < U.Rows; row++)
        {
            In[row].CopyTo(U[row]);
            for (int t = 0; t < _first.Length; t++)
                Record.Tensors[t].Values[_codes[row, t]].CopyTo(U[row][_first[t]..]);
        }
    }

    public override bool Totals(int first, Matrix<double> change, Matrix<double> du)
    {
        du.Padded.Clear();
        for (int row = 0; row < du.Rows; row++)
            change[row].CopyTo(du[row]);
        return true;
    }

    public override GradientTensor KindOf(int tensor) => GradientTensor.Table;

    public override string NameOf(int tensor) => string.Create(CultureInfo.InvariantCulture, $"table {tensor + 1}");

    public override int ColumnOf(int tensor, int j) => _first[tensor] + j;

    public override double Slope(int tensor, int row, int i, int j) => _codes[row, tensor] == i ? 1 : 0;

    public override void SizesBack(Matrix<double> after, Matrix<double> sizes)
    {
        for (int row = 0; row < sizes.Rows; row++)
            after[row][..sizes.Columns].CopyTo(sizes[row]);
    }
}

using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>Layer normalisation: each row's change is normalised by itself.</summary>
sealed class LayerNormDifference : LayerDifference
{
    readonly ReadOnlyMatrix<double> _factors;
    readonly ImmutableArray<Normalisation> _rows;

    public LayerNormDifference(DifferencePlace place)
        : base(place, place.Record.Width)
    {
        double epsilon = ((LayerNorm)Record.Layer).Epsilon;
        _factors = Record.Tensors[0].Values;
        ReadOnlyMatrix<double> bias = Record.Tensors[1].Values;
        _rows = [.. Enumerable.Range(0, In.Rows).Select(row => new Normalisation(In[row], epsilon))];
        for (int row = 0; row < U.Rows; row++)
        {
            for (int j = 0; j < U.Columns; j++)
                U[row, j] = _rows[row][j] * _factors[0, j] + bias[0, j];
        }
    }

    public override bool Totals(int first, Matrix<double> change, Matrix<double> du)
    {
        for (int row = 0; row < du.Rows; row++)
        {
            change[row].CopyTo(du[row]);
            _rows[first + row].Change(du[row]);
            for (int j = 0; j < du.Columns; j++)
                du[row, j] *= _factors[0, j];
        }

        return true;
    }

    public override double Slope(int tensor, int row, int i, int j) => tensor == 0 ? _rows[row][j] : 1;

    public override void SizesBack(Matrix<double> after, Matrix<double> sizes)
    {
        for (int row = 0; row < sizes.Rows; row++)
        {
            for (int j = 0; j < sizes.Columns; j++)
                sizes[row, j] = after[row, j] * Math.Abs(_factors[0, j]);
            _rows[row].SizesBack(sizes[row]);
        }
    }
}

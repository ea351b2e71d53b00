namespace Backprop.Engine;

/// <summary>Factors: ΔU = ΔX ⊙ s.</summary>
sealed class ScaleDifference : LayerDifference
{
    readonly ReadOnlyMatrix<double> _factors;
    readonly ReadOnlyMatrix<double> _source;

    public ScaleDifference(DifferencePlace place)
        : base(place, place.Record.Width)
    {
        (_factors, _source) = (Record.Tensors[0].Values, place.Source);
        Totals(0, In, U);
    }

    public override bool Totals(int first, Matrix<double> change, Matrix<double> du)
    {
        for (int row = 0; row < du.Rows; row++)
        {
            for (int j = 0; j < du.Columns; j++)
                du[row, j] = change[row, j] * _factors[0, j];
        }

        return true;
    }

    public override double Slope(int tensor, int row, int i, int j) => _source[row, j];

    public override void SizesBack(Matrix<double> after, Matrix<double> sizes)
    {
        for (int row = 0; row < sizes.Rows; row++)
        {
            for (int j = 0; j < sizes.Columns; j++)
                sizes[row, j] = after[row, j] * Math.Abs(_factors[0, j]);
        }
    }
}

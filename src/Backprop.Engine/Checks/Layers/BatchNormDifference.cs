using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// Batch normalisation: of a batch's own statistics, each column's change is normalised over all rows; of the running ones,
/// which are constants, every change is divided by itself.
/// </summary>
sealed class BatchNormDifference : LayerDifference
{
    readonly ReadOnlyMatrix<double> _factors;
    readonly ReadOnlyMatrix<double> _means;
    readonly ImmutableArray<double> _divisors;
    readonly ImmutableArray<Normalisation> _columns = [];

    public BatchNormDifference(DifferencePlace place)
        : base(place, place.Record.Width)
    {
        double epsilon = ((BatchNorm)Record.Layer).Epsilon;
        (_factors, _means) = (Record.Tensors[0].Values, Record.Tensors[2].Values);
        (ReadOnlyMatrix<double> bias, ReadOnlyMatrix<double> variances) = (Record.Tensors[1].Values, Record.Tensors[3].Values);
        if (place.Flow.UsesBatchStatistics)
            _columns = [.. Enumerable.Range(0, U.Columns).Select(j => new Normalisation(Column(In, j), epsilon))];
        _divisors = [.. Enumerable.Range(0, U.Columns).Select(j => Math.Sqrt(variances[0, j] + epsilon))];
        for (int row = 0; row < U.Rows; row++)
        {
            for (int j = 0; j < U.Columns; j++)
                U[row, j] = Normalised(row, j) * _factors[0, j] + bias[0, j];
        }
    }

    public override bool CouplesRows => !_columns.IsEmpty;

    public override bool Totals(int first, Matrix<double> change, Matrix<double> du)
    {
        for (int j = 0; j < du.Columns; j++)
        {
            double[] column = Column(change, j);
            if (CouplesRows)
                _columns[j].Change(column);
            for (int row = 0; row < du.Rows; row++)
                du[row, j] = (CouplesRows ? column[row] : column[row] / _divisors[j]) * _factors[0, j];
        }

        return true;
    }

    public override double Slope(int tensor, int row, int i, int j) => tensor == 0 ? Normalised(row, j) : 1;

    public override void SizesBack(Matrix<double> after, Matrix<double> sizes)
    {
        for (int j = 0; j < sizes.Columns; j++)
        {
            double[] column = Column(after, j);
            foreach (ref double size in column.AsSpan())
                size *= Math.Abs(_factors[0, j]);
            if (CouplesRows)
                _columns[j].SizesBack(column);
            for (int row = 0; row < sizes.Rows; row++)
                sizes[row, j] = CouplesRows ? column[row] : column[row] / _divisors[j];
        }
    }

    double Normalised(int row, int j) => CouplesRows ? _columns[j][row] : (In[row, j] - _means[0, j]) / _divisors[j];

    static double[] Column(Matrix<double> values, int j)
    {
        var column = new double[values.Rows];
        for (int row = 0; row < column.Length; row++)
            column[row] = values[row, j];
        return column;
    }
}

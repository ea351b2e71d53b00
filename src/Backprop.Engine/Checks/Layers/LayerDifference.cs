namespace Backprop.Engine;

/// <summary>
/// What one layer does to a change of what flows into it: plain loops over doubles, apart from the engine's flow, for the kinds
/// that have a file of their own here; for the others what their value flow gives. It holds the values of a batch before any
/// change.
/// </summary>
/// <param name="place">Where the layer stands.</param>
/// <param name="columns">How many values it gives for a row.</param>
abstract class LayerDifference(DifferencePlace place, int columns)
{
    /// <summary>X of the layer before [rows, in].</summary>
    public Matrix<double> In { get; } = place.In;

    /// <summary>What the layer makes of it before its activation [rows, out].</summary>
    public Matrix<double> U { get; } = new(place.In.Rows, columns);

    /// <summary>X [rows, out]; without an activation it is U.</summary>
    public virtual Matrix<double> X => U;

    /// <summary>Whether a row's U depends on other rows: changes then come of all rows together.</summary>
    public virtual bool CouplesRows => false;

    /// <summary>The layer's tensors, as the batch met them.</summary>
    protected LayerRecord<double> Record { get; } = place.Record;

    /// <summary>The difference of a layer; a kind that none is of has <see cref="FlowDifference"/>.</summary>
    public static LayerDifference Of(DifferencePlace place) => place.Record.Layer switch
    {
        Dense => new DenseDifference(place),
        Scale => new ScaleDifference(place),
        BatchNorm => new BatchNormDifference(place),
        LayerNorm => new LayerNormDifference(place),
        Embed => new EmbedDifference(place),
        _ => new FlowDifference(place),
    };

    /// <summary>The change of U by one of what flows in.</summary>
    /// <param name="first">The row of the batch that is the first of the changes'.</param>
    /// <param name="change">ΔIn [rows, in].</param>
    /// <param name="du">ΔU [rows, out], overwritten.</param>
    /// <returns>False where some formula goes over to another of its pieces.</returns>
    public abstract bool Totals(int first, Matrix<double> change, Matrix<double> du);

    /// <summary>The change of X by one of U.</summary>
    /// <param name="first">The row of the batch that is the first of the changes'.</param>
    /// <param name="du">ΔU [rows, out].</param>
    /// <param name="dx">ΔX [rows, out], overwritten.</param>
    /// <returns>False where some formula goes over to another of its pieces.</returns>
    public virtual bool Activate(int first, Matrix<double> du, Matrix<double> dx)
    {
        du.Padded.CopyTo(dx.Padded);
        return true;
    }

    /// <summary>
    /// Whether an entry of a tensor moves one column of U alone, by <see cref="Slope"/>; else <see cref="ByEntry"/> says what it
    /// moves.
    /// </summary>
    public virtual bool HasSlopes => true;

    /// <summary>The change of U of all rows by one of an entry, where that <see cref="HasSlopes">has no slope</see>.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="i">The entry's line.</param>
    /// <param name="j">The entry's column.</param>
    /// <param name="change">The change of the entry.</param>
    /// <param name="du">ΔU [rows, out], overwritten.</param>
    /// <returns>False where some formula goes over to another of its pieces.</returns>
    public virtual bool ByEntry(int tensor, int i, int j, double change, Matrix<double> du) =>
        throw new NotSupportedException($"An entry of {Record.Layer} has a slope.");

    /// <summary>Which column of U an entry [i, j] of one of the layer's tensors goes into; it goes into no other.</summary>
    public virtual int ColumnOf(int tensor, int j) => j;

    /// <summary>By how much U of a row changes there for a change of the entry by 1.</summary>
    public abstract double Slope(int tensor, int row, int i, int j);

    /// <summary>
    /// Adds to the sums [columns] of a line of a tensor the absolute terms that a row gives to ∂e of its entries.
    /// </summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="row">The row of the batch.</param>
    /// <param name="i">The line.</param>
    /// <param name="sizes">How large the row's ∂e/∂U is [out].</param>
    /// <param name="sums">The sums.</param>
    public virtual void AddTerms(int tensor, int row, int i, ReadOnlySpan<double> sizes, Span<double> sums)
    {
        for (int j = 0; j < sums.Length; j++)
        {
            if (Slope(tensor, row, i, j) is var slope and not 0)
                sums[j] += Math.Abs(slope) * sizes[ColumnOf(tensor, j)];
        }
    }

    /// <summary>The largest sum of absolute terms of ∂e by an entry of a tensor, from how large ∂e/∂U is [rows, out].</summary>
    public virtual double ScaleOf(int tensor, Matrix<double> sizes)
    {
        ReadOnlyMatrix<double> values = Record.Tensors[tensor].Values;
        var sums = new double[values.Columns];
        double scale = 0;
        for (int i = 0; i < values.Rows; i++)
        {
            sums.AsSpan().Clear();
            for (int row = 0; row < sizes.Rows; row++)
                AddTerms(tensor, row, i, sizes[row], sums);
            foreach (double sum in sums)
                scale = Larger(scale, sum);
        }

        return scale;
    }

    /// <summary>The sums of the absolute terms of ∂e/∂In, from how large ∂e/∂U is.</summary>
    /// <param name="after">[rows, out].</param>
    /// <param name="sizes">[rows, in], overwritten.</param>
    public abstract void SizesBack(Matrix<double> after, Matrix<double> sizes);

    /// <summary>Which derivative that by a tensor is.</summary>
    public virtual GradientTensor KindOf(int tensor) => Record.Tensors[tensor].Tensor.Role switch
    {
        TensorRole.Bias => GradientTensor.Biases,
        TensorRole.Factor => GradientTensor.Factors,
        TensorRole.Weight => GradientTensor.Weights,
        TensorRole role => throw new NotSupportedException($"There is no gradient of a {role}."),
    };

    /// <summary>A tensor in words.</summary>
    public virtual string NameOf(int tensor) => KindOf(tensor) switch
    {
        GradientTensor.Biases => "biases",
        GradientTensor.Factors => "factors",
        _ => "weights",
    };

    /// <summary>The larger of a scale and a sum that is a number.</summary>
    public static double Larger(double scale, double sum) => sum > scale && double.IsFinite(sum) ? sum : scale;
}

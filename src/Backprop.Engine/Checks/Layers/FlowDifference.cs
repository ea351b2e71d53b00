using System.Collections.Concurrent;

namespace Backprop.Engine;

/// <summary>
/// The difference of a kind that has none of its own: ΔU = V(X + ΔX) − V(X) by the layer's value flow V in double, whatever it
/// is, and the same for a change of one of its numbers. Nothing else is known of the kind.
/// </summary>
/// <remarks>
/// Whether V goes over to another of its pieces within ±Δ is seen from its bends B(t) = V(tΔ) + V(−tΔ) − 2·V(0): where V is
/// smooth, B(t) − 4·B(t/2) is of order Δ⁴; a kink makes it at least an eighth of the change of slope times Δ, at t = 1 or at
/// t = ½, wherever within ±⅞Δ it is, and as much as it counts where it is nearer the ends. What stays below the bound moves a
/// slope by less than 2⁻²⁶ of it.
/// </remarks>
sealed class FlowDifference : LayerDifference
{
    /// <summary>How far a smooth formula may bend, as a share of the largest change.</summary>
    const double Curvature = 1.0 / (1 << 30);

    /// <summary>Some hundred roundings, as a share of what flows in and out.</summary>
    const double Noise = 1.0 / (1L << 46);

    /// <summary>The step of the slopes that sizes of terms are taken from, as a share of the magnitude.</summary>
    const double SlopeStep = 1.0 / (1 << 17);

    /// <summary>A tensor's scale needs no more of its entries than these.</summary>
    const int ScaledEntries = 100;

    readonly DifferencePlace _place;
    readonly ConcurrentBag<LayerAlone> _ofOne = [];
    readonly ConcurrentBag<LayerAlone> _ofAll = [];

    public FlowDifference(DifferencePlace place)
        : base(place, place.Record.Width)
    {
        _place = place;
        LayerAlone layer = Rent(In.Rows, 0);
        double[] x = new double[U.Rows * U.Columns];
        layer.Run(x);
        for (int row = 0; row < U.Rows; row++)
            x.AsSpan(row * U.Columns, U.Columns).CopyTo(U[row]);
        Return(layer);
    }

    public override bool CouplesRows => _place.Flow.UsesBatchStatistics && Record.Layer.NeedsWholeShard;

    public override bool HasSlopes => false;

    public override bool Totals(int first, Matrix<double> change, Matrix<double> du)
    {
        LayerAlone layer = Rent(change.Rows, first);
        bool isOnePiece = Differ(layer, first, du, Move);
        Return(layer);
        return isOnePiece;

        void Move(double share)
        {
            for (int row = 0; row < change.Rows; row++)
            {
                Span<double> to = layer.In[row];
                ReadOnlySpan<double> from = In[first + row], by = change[row];
                for (int i = 0; i < to.Length; i++)
                    to[i] = from[i] + share * by[i];
            }
        }
    }

    public override bool ByEntry(int tensor, int i, int j, double change, Matrix<double> du)
    {
        LayerAlone layer = Rent(In.Rows, 0);
        Matrix<double> numbers = layer.Tensor(tensor);
        double number = numbers[i, j];
        bool isOnePiece = Differ(layer, 0, du, share => numbers[i, j] = number + share * change);
        numbers[i, j] = number;
        Return(layer);
        return isOnePiece;
    }

    public override double Slope(int tensor, int row, int i, int j) =>
        throw new NotSupportedException($"The slope of an entry of {Record.Layer} is not said.");

    public override double ScaleOf(int tensor, Matrix<double> sizes)
    {
        LayerAlone layer = Rent(In.Rows, 0);
        Matrix<double> numbers = layer.Tensor(tensor);
        double scale = 0;
        foreach (int entry in SampledEntries.Of(checked(numbers.Rows * numbers.Columns), ScaledEntries, seed: 0, stream: 0))
        {
            (int i, int j) = Math.DivRem(entry, numbers.Columns);
            double number = numbers[i, j];
            double step = SlopeStep * Math.Max(1, Math.Abs(number));
            scale = Larger(scale, Terms(layer, sizes, step, moved => numbers[i, j] = number + moved).Sum());
            numbers[i, j] = number;
        }

        Return(layer);
        return scale;
    }

    public override void SizesBack(Matrix<double> after, Matrix<double> sizes)
    {
        LayerAlone layer = Rent(In.Rows, 0);
        for (int i = 0; i < In.Columns; i++)
        {
            double largest = Enumerable.Range(0, In.Rows).Max(row => Math.Abs(In[row, i]));
            double step = SlopeStep * (largest > 0 ? largest : 1);
            if (!CouplesRows)
            {
                // Each row says its own terms, so all may move at once.
                double[] terms = Terms(layer, after, step, moved => Move(i, 0, In.Rows, moved));
                for (int row = 0; row < In.Rows; row++)
                    sizes[row, i] = terms[row];
            }

            for (int row = 0; CouplesRows && row < In.Rows; row++)
                sizes[row, i] = Terms(layer, after, step, moved => Move(i, row, row + 1, moved)).Sum();
            Move(i, 0, In.Rows, 0);
        }

        Return(layer);

        void Move(int column, int start, int end, double moved)
        {
            for (int row = start; row < end; row++)
                layer.In[row, column] = In[row, column] + moved;
        }
    }

    /// <summary>The largest of some numbers.</summary>
    static double Magnitude(ReadOnlySpan<double> numbers)
    {
        double largest = 0;
        foreach (double number in numbers)
            largest = Math.Max(largest, Math.Abs(number));
        return largest;
    }

    /// <summary>For each row Σ |∂U/∂p|·size, where p is what moves.</summary>
    static double[] Terms(LayerAlone layer, Matrix<double> sizes, double step, Action<double> move)
    {
        double[] up = new double[sizes.Rows * sizes.Columns], down = new double[up.Length];
        move(step);
        layer.Run(up);
        move(-step);
        layer.Run(down);
        move(0);
        double[] terms = new double[sizes.Rows];
        for (int k = 0; k < up.Length; k++)
        {
            (int row, int j) = Math.DivRem(k, sizes.Columns);
            terms[row] += Math.Abs(up[k] - down[k]) / (2 * step) * sizes[row, j];
        }

        return terms;
    }

    /// <summary>ΔU where something moves by a whole change; false where that leads over to another piece.</summary>
    bool Differ(LayerAlone layer, int first, Matrix<double> du, Action<double> move)
    {
        double[] up = At(1), down = At(-1), halfUp = At(0.5), halfDown = At(-0.5), quarterUp = At(0.25), quarterDown = At(-0.25);
        double bends = 0;
        for (int k = 0; k < up.Length; k++)
            bends = Math.Max(bends, Curvature * Math.Abs(up[k] - down[k]));
        for (int k = 0; k < up.Length; k++)
        {
            (int row, int j) = Math.DivRem(k, du.Columns);
            double u = U[first + row, j];
            double whole = Bend(up[k], down[k], u), half = Bend(halfUp[k], halfDown[k], u);
            double quarter = Bend(quarterUp[k], quarterDown[k], u);
            double bound = bends + Noise * Math.Max(Math.Abs(u), Magnitude(In[first + row]));
            if (!(Math.Abs(whole - 4 * half) <= bound && Math.Abs(half - 4 * quarter) <= bound))
                return false;
            du[row, j] = up[k] - u;
        }

        return true;

        double[] At(double share)
        {
            move(share);
            double[] x = new double[du.Rows * du.Columns];
            layer.Run(x);
            return x;
        }
    }

    /// <summary>V(tΔ) + V(−tΔ) − 2·V(0).</summary>
    static double Bend(double up, double down, double u) => up - u + (down - u);

    /// <summary>The layer with some rows of the batch, for one thread until it is returned.</summary>
    LayerAlone Rent(int rows, int first)
    {
        if (!RoomsOf(rows).TryTake(out LayerAlone? layer))
            layer = new LayerAlone(_place, rows, CouplesRows);
        layer.Load(In, first);
        return layer;
    }

    void Return(LayerAlone layer) => RoomsOf(layer.In.Rows).Add(layer);

    ConcurrentBag<LayerAlone> RoomsOf(int rows) => rows == In.Rows ? _ofAll : _ofOne;
}

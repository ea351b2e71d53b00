using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>A dense layer: ΔU = ΔX·W is exact to its own digits, ΔX = f(U + ΔU) − f(U) is taken neuron by neuron.</summary>
sealed class DenseDifference : LayerDifference
{
    readonly LaneWidth _width;
    readonly Matrix<double> _weights;
    readonly ReadOnlyMatrix<double> _source;
    readonly Activation?[] _activations;
    readonly ulong[] _patterns;

    public DenseDifference(DifferencePlace place)
        : base(place, place.Record.Width)
    {
        Dense layer = place.Record.Dense;
        (_width, _source) = (place.Width, place.Source);
        _weights = place.Record.Weights.Matrix;
        _activations =
        [
            .. layer.Activations.SelectMany(run => Enumerable.Repeat(
                run.Activation.Equals(Activation.Linear) ? null : run.Activation, run.Count)),
        ];
        X = new Matrix<double>(In.Rows, layer.Width);
        _patterns = new ulong[In.Rows * layer.Width];
        for (int row = 0; row < In.Rows; row++)
            Begin(row);
    }

    public override Matrix<double> X { get; }

    // Compiled for speed at once: a check is over before the runtime would have found out that these are hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Totals(int first, Matrix<double> change, Matrix<double> du)
    {
        du.Padded.Clear();
        for (int row = 0; row < du.Rows; row++)
        {
            Span<double> dx = change[row];
            for (int i = 0; i < dx.Length; i++)
            {
                if (dx[i] != 0)
                    AddScaled(dx[i], ref _weights.RowReference(i), ref du.RowReference(row), du.Columns);
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Activate(int first, Matrix<double> du, Matrix<double> dx)
    {
        for (int row = 0; row < du.Rows; row++)
        {
            if (!Activate(first + row, du[row], dx[row]))
                return false;
        }

        return true;
    }

    public override double Slope(int tensor, int row, int i, int j) => tensor == 0 ? _source[row, i] : 1;

    public override void AddTerms(int tensor, int row, int i, ReadOnlySpan<double> sizes, Span<double> sums)
    {
        double input = Math.Abs(Slope(tensor, row, i, 0));
        for (int j = 0; input != 0 && j < sums.Length; j++)
            sums[j] += input * sizes[j];
    }

    public override void SizesBack(Matrix<double> after, Matrix<double> sizes)
    {
        for (int row = 0; row < sizes.Rows; row++)
        {
            ReadOnlySpan<double> own = after[row];
            for (int i = 0; i < sizes.Columns; i++)
            {
                double sum = 0;
                ReadOnlySpan<double> outgoing = _weights[i];
                for (int j = 0; j < outgoing.Length; j++)
                    sum += Math.Abs(outgoing[j]) * own[j];
                sizes[row, i] = sum;
            }
        }
    }

    void Begin(int row)
    {
        if (Record.Biases is { } bias)
            bias[0].CopyTo(U[row]);
        ReadOnlySpan<double> input = In[row];
        for (int i = 0; i < input.Length; i++)
            AddScaled(input[i], ref _weights.RowReference(i), ref U.RowReference(row), U.Columns);
        for (int j = 0; j < U.Columns; j++)
        {
            PatternReal x = ValueOf(j, U[row, j]);
            (X[row, j], _patterns[row * U.Columns + j]) = (x.Value, x.Pattern);
        }
    }

    /// <summary>False where a neuron's pattern changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Activate(int row, ReadOnlySpan<double> du, Span<double> dx)
    {
        Span<double> u = U[row];
        Span<double> x = X[row];
        for (int j = 0; j < dx.Length; j++)
        {
            if (du[j] == 0 || _activations[j] is null)
            {
                dx[j] = du[j];
                continue;
            }

            PatternReal moved = ValueOf(j, u[j] + du[j]);
            if (moved.Pattern != _patterns[row * dx.Length + j])
                return false;
            dx[j] = moved.Value - x[j];
        }

        return true;
    }

    PatternReal ValueOf(int neuron, double u) =>
        _activations[neuron] is { } activation ? activation.Trace(new PatternReal(u)) : new PatternReal(u);

    /// <summary>to += factor · from, over one row with its padding.</summary>
    void AddScaled(double factor, ref double from, ref double to, int columns)
    {
        switch (_width)
        {
            case LaneWidth.Bits512:
                AddScaled<Lanes512<double>>(factor, ref from, ref to, columns);
                break;
            case LaneWidth.Bits256:
                AddScaled<Lanes256<double>>(factor, ref from, ref to, columns);
                break;
            case LaneWidth.Bits128:
                AddScaled<Lanes128<double>>(factor, ref from, ref to, columns);
                break;
            case LaneWidth.Reference:
                AddScaled<Lane1<double>>(factor, ref from, ref to, columns);
                break;
            default:
                throw new InvalidOperationException($"There is no loop of the width {_width}.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void AddScaled<V>(double factor, ref double from, ref double to, int columns)
        where V : struct, ILanes<V, double>
    {
        V factors = V.Broadcast(factor);
        for (int j = 0; j < columns; j += V.Count)
            V.Store(V.MultiplyAdd(factors, V.Load(ref from, (nuint)j), V.Load(ref to, (nuint)j)), ref to, (nuint)j);
    }
}

namespace Backprop;

/// <summary>A list of scores with the weights of their rows, which keeps its memory when it is cleared.</summary>
sealed class ScoreList
{
    double[] _values = new double[256];
    double[] _weights = new double[256];
    int _count;

    /// <summary>The scores; they may be sorted in place where all weights are the same.</summary>
    public Span<double> Span => _values.AsSpan(0, _count);

    /// <summary>The weights, in the order of the scores.</summary>
    public Span<double> Weights => _weights.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(double value, double weight)
    {
        if (_count == _values.Length)
        {
            int length = (int)Math.Min(2L * _count, Array.MaxLength);
            Array.Resize(ref _values, length);
            Array.Resize(ref _weights, length);
        }

        (_values[_count], _weights[_count]) = (value, weight);
        _count++;
    }
}

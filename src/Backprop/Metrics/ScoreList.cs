namespace Backprop;

/// <summary>A list of numbers that can be sorted in place and keeps its memory when it is cleared.</summary>
sealed class ScoreList
{
    double[] _values = new double[256];
    int _count;

    public Span<double> Span => _values.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(double value)
    {
        if (_count == _values.Length)
            Array.Resize(ref _values, (int)Math.Min(2L * _count, Array.MaxLength));
        _values[_count++] = value;
    }
}

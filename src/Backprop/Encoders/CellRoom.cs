namespace Backprop;

/// <summary>Memory for some rows' cells of one column after the other.</summary>
sealed class CellRoom
{
    double[] _numbers = [];
    int[] _codes = [];

    /// <summary>Room for numbers; the next call gives the same.</summary>
    public Span<double> Numbers(int count) => Room(ref _numbers, count);

    /// <summary>Room for codes; the next call gives the same.</summary>
    public Span<int> Codes(int count) => Room(ref _codes, count);

    static Span<T> Room<T>(ref T[] room, int count)
    {
        if (room.Length < count)
            room = new T[count];
        return room.AsSpan(0, count);
    }
}

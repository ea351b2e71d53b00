namespace Backprop;

/// <summary>The texts in a column of numbers that are none, and so count as missing.</summary>
sealed class StrayTexts
{
    /// <summary>More different texts tell nobody more.</summary>
    public const int MostExamples = 3;

    readonly List<int> _rows = [];
    readonly List<string> _examples = [];

    /// <summary>Their rows, from 0, in order.</summary>
    public IReadOnlyList<int> Rows => _rows;

    /// <summary>The first different ones.</summary>
    public IReadOnlyList<string> Examples => _examples;

    public void Add(int row, ReadOnlySpan<char> text)
    {
        _rows.Add(row);
        if (_examples.Count == MostExamples)
            return;
        foreach (string example in _examples)
        {
            if (text.SequenceEqual(example))
                return;
        }

        _examples.Add(text.ToString());
    }
}

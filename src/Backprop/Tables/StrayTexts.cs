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

    /// <summary>Those in some rows, counted anew, with the same examples; null where there are none.</summary>
    public StrayTexts? Take(int[] rows)
    {
        var strays = new HashSet<int>(_rows);
        var taken = new StrayTexts();
        taken._examples.AddRange(_examples);
        for (int i = 0; i < rows.Length; i++)
        {
            if (strays.Contains(rows[i]))
                taken._rows.Add(i);
        }

        return taken._rows.Count == 0 ? null : taken;
    }

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

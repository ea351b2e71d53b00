namespace Backprop;

/// <summary>
/// Takes the cells of one column, as numbers or as texts, and says in the end what kind of column it is.
/// A missing cell is the same in both, so what a column holds need not be known before its first other cell.
/// </summary>
sealed class ColumnBuilder
{
    /// <summary>More different texts than this are free text, not categories.</summary>
    public const int MostCategories = 1000;

    // Fewer rows or texts than this prove nothing about a column.
    const int Enough = 20;

    const int MostSamples = 200;

    readonly string _name;
    readonly bool _unlimited;
    readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _codesBySpan;
    readonly List<string> _categories = [];
    NumberStore? _values;
    StrayTexts? _strays;
    string[] _samples = [];
    int _count;
    int _missing;
    string? _missingText;

    /// <summary>An empty column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">The number of columns of the table, which sets the size of blocks.</param>
    /// <param name="unlimited">Whether categories are wanted, however many.</param>
    public ColumnBuilder(string name, int columns, bool unlimited = false)
    {
        _name = name;
        _unlimited = unlimited;
        _values = new NumberStore(NumberStore.BlockShiftFor(columns));
        _codesBySpan = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// Whether the column is one that has no name and may be the index that a program wrote beside the columns: then whole
    /// numbers or texts that are different in every row are none to learn from.
    /// </summary>
    public bool MayBeIndex { get; set; }

    /// <summary>Takes a missing cell.</summary>
    /// <param name="text">What stands there for it.</param>
    public void AddMissing(ReadOnlySpan<char> text = default)
    {
        if (_missingText is null && !text.IsEmpty)
            _missingText = text.ToString();
        _count++;
        _missing++;
        _values?.Add(double.NaN);
    }

    /// <summary>Whether every cell so far is missing, or counts as such.</summary>
    public bool IsAllMissing => _count == _missing;

    /// <summary>Takes a text that is no number, as a missing one.</summary>
    public void AddStray(ReadOnlySpan<char> text)
    {
        (_strays ??= new StrayTexts()).Add(_count, text);
        AddMissing();
    }

    public void AddNumber(double value)
    {
        _count++;
        _values?.Add(value);
    }

    public void AddNumbers(ReadOnlySpan<double> values)
    {
        _count += values.Length;
        _values?.AddRange(values);
    }

    public void AddText(ReadOnlySpan<char> text)
    {
        _count++;
        if (_values is null)
            return;
        if (!_codesBySpan.TryGetValue(text, out int code))
        {
            if (_categories.Count == MostCategories && !_unlimited)
            {
                Forget();
                return;
            }

            code = _categories.Count;
            string category = text.ToString();
            _codes.Add(category, code);
            _categories.Add(category);
        }

        _values.Add(code);
    }

    /// <summary>Keeps no cells from here on and gives back those kept so far; they are still counted.</summary>
    public void Forget()
    {
        _samples = Samples();
        _values = null;
        _codes.Clear();
        _categories.Clear();
        _codes.TrimExcess();
        _categories.TrimExcess();
    }

    /// <summary>The number of different texts that are kept.</summary>
    public int Texts => _categories.Count;

    /// <summary>Whether nearly all texts are two capital letters, as codes of countries are.</summary>
    public bool AreLetterPairs()
    {
        const int EnoughPairs = 4;
        string[] some = Samples();
        return some.Length >= EnoughPairs
            && some.Count(static text => text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z']) >= 0.9 * some.Length;
    }

    /// <summary>Whether some number is not whole.</summary>
    public bool HasFractions() => Any(static value => double.Truncate(value) != value);

    /// <summary>
    /// Whether every number that is not whole has at most three digits behind the point and three in front, and every whole one
    /// three: so it would be if points that part thousands had been read as decimal signs.
    /// </summary>
    public bool MayHaveThousands()
    {
        return !Any(IsNone) && HasFractions();

        static bool IsNone(double value)
        {
            const double Group = 1000;
            double size = Math.Abs(value);
            return size >= Group || (size < 1 && size != 0) || Math.Round(size * Group) / Group != size;
        }
    }

    /// <summary>Some of the texts, kept where the cells are not.</summary>
    string[] Samples() => _categories.Count > 0 ? [.. _categories.Take(MostSamples)] : _samples;

    /// <summary>The column of numbers that were added.</summary>
    /// <param name="given">Its kind, where that is not to be inferred.</param>
    /// <param name="texts">The text of its cells, where that is kept.</param>
    /// <param name="areDressed">Whether they had separators or units, as what counts or names rows has not.</param>
    public Column FinishNumbers(ColumnKind? given, TextStore? texts, bool areDressed = false)
    {
        Close(texts);
        string? reason = given is null && !areDressed ? ReasonForIdentifier() : null;
        ColumnKind kind = given ?? (reason is null ? ColumnKind.Number : ColumnKind.Identifier);
        return new Column(_name, kind, _count, _missing, _values) { Texts = texts, Reason = reason, Strays = _strays };
    }

    /// <summary>The column of texts that were added.</summary>
    /// <param name="given">Its kind, where that is not to be inferred.</param>
    /// <param name="texts">The text of its cells, where that is kept.</param>
    /// <param name="remark">Goes behind the reason if the column turns out to be free text.</param>
    public Column FinishTexts(ColumnKind? given, TextStore? texts, string remark = "")
    {
        Close(texts);
        string? reason = given is null ? ReasonForText() : null;
        if (reason is not null)
        {
            return new Column(_name, ColumnKind.Text, _count, _missing, values: null)
            {
                Texts = texts,
                Reason = reason + remark,
                SampleTexts = Samples(),
            };
        }

        ColumnKind kind = given ?? (YesNoWords.IsPair(_categories) ? ColumnKind.YesNo : ColumnKind.Category);
        return new Column(_name, kind, _count, _missing, _values, _categories)
        {
            Texts = texts,
            SampleTexts = Samples(),
            MissingText = _missingText,
        };
    }

    /// <summary>The column of a kind that training leaves out, with the text of its cells where that is to be kept.</summary>
    public Column FinishUnused(ColumnKind kind, string reason, TextStore? texts)
    {
        Close(texts);
        return new Column(_name, kind, _count, _missing, values: null) { Texts = texts, Reason = reason };
    }

    void Close(TextStore? texts)
    {
        _values?.Close();
        texts?.Close();
    }

    string? ReasonForText()
    {
        int present = _count - _missing;
        if (_values is null)
            return $"free text, more than {MostCategories} different texts in {present} cells";
        if (MayBeIndex && present > 1 && _missing == 0 && _categories.Count == present)
            return "a different text in every row, and it has no name, as an index has none";
        return _categories.Count > Enough && _categories.Count > present / 2
            ? $"free text, {_categories.Count} different texts in {present} cells"
            : null;
    }

    string? ReasonForIdentifier()
    {
        if (_missing > 0 || _count < 2)
            return null;
        if ((_count >= Enough || MayBeIndex) && CountsRows())
            return "it counts the rows";
        if (MayBeIndex && AllDifferentIntegers())
            return "a different whole number in every row, and it has no name, as an index has none";
        return NameSaysId(_name) && AllDifferentIntegers() ? "a different whole number in every row, and its name says id" : null;
    }

    bool Any(Func<double, bool> isOne)
    {
        const int Some = 512;
        Span<double> some = stackalloc double[Some];
        for (int row = 0; row < (_values?.Count ?? 0); row += Some)
        {
            Span<double> values = some[..Math.Min(Some, _values!.Count - row)];
            _values.CopyTo(row, values);
            foreach (double value in values)
            {
                if (!double.IsNaN(value) && isOne(value))
                    return true;
            }
        }

        return false;
    }

    bool CountsRows()
    {
        double first = _values![0];
        if (first is not (0 or 1))
            return false;
        for (int row = 1; row < _count; row++)
        {
            if (_values[row] != first + row)
                return false;
        }

        return true;
    }

    bool AllDifferentIntegers()
    {
        bool rising = true, falling = true;
        for (int row = 0; row < _count; row++)
        {
            double value = _values![row];
            if (double.Truncate(value) != value)
                return false;
            rising &= row == 0 || value > _values[row - 1];
            falling &= row == 0 || value < _values[row - 1];
        }

        if (rising || falling)
            return true;
        var sorted = new double[_count];
        _values!.CopyTo(0, sorted);
        Array.Sort(sorted);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
                return false;
        }

        return true;
    }

    // "id" as a word of its own at the end: id, ID, customer_id, user-id, PassengerId, orderID; not paid, humid or GRID.
    static bool NameSaysId(string name)
    {
        if (!name.EndsWith("id", StringComparison.OrdinalIgnoreCase))
            return false;
        if (name.Length == 2 || !char.IsLetter(name[^3]))
            return true;
        return name[^2] == 'I' && char.IsLower(name[^3]);
    }
}

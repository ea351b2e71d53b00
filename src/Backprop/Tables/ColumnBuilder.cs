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

    public void AddMissing()
    {
        _count++;
        _missing++;
        _values?.Add(double.NaN);
    }

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

    /// <summary>Some of the texts, kept where the cells are not.</summary>
    string[] Samples() => _categories.Count > 0 ? [.. _categories.Take(MostSamples)] : _samples;

    /// <summary>The column of numbers that were added.</summary>
    public Column FinishNumbers(ColumnKind? given, TextStore? texts)
    {
        Close(texts);
        string? reason = given is null ? ReasonForIdentifier() : null;
        ColumnKind kind = given ?? (reason is null ? ColumnKind.Number : ColumnKind.Identifier);
        return new Column(_name, kind, _count, _missing, _values, texts: texts, reason: reason) { Strays = _strays };
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
            return new Column(_name, ColumnKind.Text, _count, _missing, values: null, texts: texts, reason: reason + remark)
            {
                SampleTexts = Samples(),
            };
        ColumnKind kind = given ?? (YesNoWords.IsPair(_categories) ? ColumnKind.YesNo : ColumnKind.Category);
        return new Column(_name, kind, _count, _missing, _values, _categories, texts) { SampleTexts = Samples() };
    }

    /// <summary>The column of a kind that training leaves out, with the text of its cells where that is to be kept.</summary>
    public Column FinishUnused(ColumnKind kind, string reason, TextStore? texts)
    {
        Close(texts);
        return new Column(_name, kind, _count, _missing, values: null, texts: texts, reason: reason);
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
        return _categories.Count > Enough && _categories.Count > present / 2
            ? $"free text, {_categories.Count} different texts in {present} cells"
            : null;
    }

    string? ReasonForIdentifier()
    {
        if (_missing > 0 || _count < 2)
            return null;
        if (_count >= Enough && CountsRows())
            return "it counts the rows";
        return NameSaysId(_name) && AllDifferentIntegers() ? "a different whole number in every row, and its name says id" : null;
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

namespace Backprop;

/// <summary>What decides whether, and as what, a column is read once more, see <see cref="ColumnPasses"/>.</summary>
sealed partial class CsvColumn
{
    /// <summary>What its cells tell of how it writes its numbers, where they were looked at as texts.</summary>
    public NumberEvidence Evidence { get; } = new();

    /// <summary>Whether the file has to be read again for this column, as texts.</summary>
    public bool NeedsTexts => _mode == Mode.NumbersThenTexts;

    /// <summary>Whether the file has to be read again for this column, as the numbers that its texts were found to be.</summary>
    public bool NeedsNumbers { get; private set; }

    /// <summary>Whether its texts may be numbers with separators or units.</summary>
    public bool MayBeDressed =>
        _infers && _mode == Mode.Texts && Evidence.Numbers > 0 && (Evidence.Code is null || _given is not null);

    /// <summary>Whether it was read as plain numbers that have fractions, and not because somebody said so.</summary>
    public bool IsPlainFraction => _infers && _mode == Mode.Numbers && _format is null && _builder.HasFractions();

    /// <summary>
    /// Whether it was read as plain numbers that may have been numbers with thousands parted: 1.758 where 1758 was meant.
    /// </summary>
    public bool MayHaveThousands =>
        _infers && _mode == Mode.Numbers && _format is null && !_hasOtherFraction && _builder.MayHaveThousands();

    /// <summary>The same column to be read again, as texts.</summary>
    public CsvColumn ToReadAsTexts() => Again(Mode.Texts);

    /// <summary>The same column to be read again, as numbers of its format.</summary>
    public CsvColumn ToReadAsNumbers()
    {
        CsvColumn again = Again(Mode.Numbers);
        (again._format, again._warning, again._isFormFound) = (_format, _warning, true);
        return again;
    }

    /// <summary>Takes its texts for numbers of a format.</summary>
    public void Take(NumberFormat format)
    {
        bool areClasses = _context.MayBeLabels(Name) && format.HasUnit
            && _builder.Texts is > 0 and <= FewClasses && 2 * _builder.Texts <= Evidence.Numbers;
        if (!areClasses)
            (_format, NeedsNumbers) = (format, true);
    }

    /// <summary>Says something more of the column than how it writes its numbers.</summary>
    public void Warn(string warning) => _warning = warning;

    /// <summary>Says what is said of another reading of the column.</summary>
    public void WarnAs(CsvColumn other) => _warning = other._warning;

    /// <summary>Lets nobody use the column: the message says why.</summary>
    public void Refuse(BackpropException refusal) => _refusal = refusal.Message;

    CsvColumn Again(Mode mode) => new(_context, Name, Index, _columns, _given, _texts is not null, _reasonForUnused)
    {
        _mode = mode,
        MayBeIndex = MayBeIndex,
    };
}

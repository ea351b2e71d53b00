namespace Backprop;

/// <summary>How a table lies in its file: what stands between cells, and which lines are none of its rows.</summary>
/// <param name="Delimiter">What stands between cells; a blank stands for any run of blanks and tabs.</param>
readonly record struct CsvLayout(char Delimiter)
{
    /// <summary>So many lines stand above the table.</summary>
    public int Skip { get; init; }

    /// <summary>Lines that begin with it are none of the table's.</summary>
    public char? Comment { get; init; }

    /// <summary>A mark in front of the names in the header that is not part of them, as <c># x y</c> has one.</summary>
    public char? HeaderMark { get; init; }

    /// <summary>So many records below the header say more of the columns, such as their units.</summary>
    public int BelowHeader { get; init; }

    /// <summary>What the rows have more than the header has names; null where the first row has to tell.</summary>
    public ExtraCells? Extra { get; init; }

    /// <summary>What is wrong where most columns have no name, though they have cells; or null.</summary>
    public string? HeaderFault { get; init; }

    /// <summary>What to do where the lines do not fit, as the end of a sentence; or null.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether the text has to go through <see cref="LaidOutText"/>.</summary>
    public bool ChangesText => Skip > 0 || Comment is not null || HeaderMark is not null || Delimiter == ' ';
}

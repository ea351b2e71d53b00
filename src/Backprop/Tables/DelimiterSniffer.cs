namespace Backprop;

/// <summary>Finds out which character stands between cells.</summary>
static class DelimiterSniffer
{
    const int MostRecordsParsed = 10;

    // More words than one cell has, where a line is too long to see another.
    const int ManyCells = 100;

    /// <summary>
    /// The candidate that the most records have equally often; of two such, the one whose cells are numbers more often, then any
    /// but the comma, which also stands inside cells, then the one that occurs more often. A comma where none occurs.
    /// </summary>
    /// <param name="sample">The first records of the file.</param>
    /// <param name="decimalSign">A comma that is the decimal sign is no candidate.</param>
    public static char Find(CsvSample sample, char decimalSign)
    {
        if (sample.Count == 0)
            return ',';
        Evidence[] all =
        [
            .. CsvSample.Candidates.Where(c => c != ' ' && c != decimalSign)
                .Select(c => Evidence.Of(sample, c)).Where(evidence => evidence.Cells > 1),
        ];
        int most = all.Select(evidence => evidence.Agreeing).DefaultIfEmpty().Max();
        Evidence[] best = [.. all.Where(evidence => evidence.Agreeing == most)];
        char? found = best.Length switch
        {
            0 => MostInFirst(sample, decimalSign),
            1 => best[0].Delimiter,
            _ => best.OrderByDescending(evidence => NumberShare(sample, evidence.Delimiter))
                .ThenBy(evidence => evidence.Delimiter == ',')
                .ThenByDescending(evidence => evidence.Cells)
                .First().Delimiter,
        };
        return AreBlanks(sample, found, most) ? ' ' : found ?? ',';
    }

    /// <summary>Where the records do not agree, what the first of them has.</summary>
    static char? MostInFirst(CsvSample sample, char decimalSign)
    {
        char best = CsvSample.Candidates.Where(c => c != ' ' && c != decimalSign).MaxBy(c => (sample.Cells(0, c), c == ','));
        return sample.Cells(0, best) > 1 ? best : null;
    }

    /// <summary>
    /// Whether blanks stand between cells: more records agree on them than on anything else, the first may have one cell less
    /// than the rows, and columns of numbers come of it. Texts of several words alone are no table.
    /// </summary>
    static bool AreBlanks(CsvSample sample, char? other, int agreeing)
    {
        var blanks = Evidence.Of(sample, ' ');
        int rows = sample.Count - 1;
        if (rows < 1)
            return other is null && blanks.Cells > ManyCells;
        if (blanks.Cells < 2 || blanks.Agreeing < rows || agreeing > blanks.Agreeing)
            return false;
        int header = sample.Cells(0, ' ');
        if (header != blanks.Cells && (header != blanks.Cells - 1 || header < 2))
            return false;
        if (agreeing == blanks.Agreeing && (other != ',' || NumberShare(sample, ',') >= NumberShare(sample, ' ')))
            return false;
        int numbers = NumberColumns(sample, blanks.Cells);
        bool areQuoted = sample.Text(0).IndexOf("\" ", StringComparison.Ordinal) > 0;
        return blanks.Cells == 2 && !areQuoted ? numbers == 2 : numbers > 0;
    }

    static int NumberColumns(CsvSample sample, int cells)
    {
        const char Blank = ' ';
        var areNumbers = new bool[cells];
        Array.Fill(areNumbers, true);
        for (int i = 1; i < Math.Min(sample.Count, MostRecordsParsed); i++)
        {
            string[] row = sample.Split(i, Blank);
            for (int k = 0; k < cells; k++)
                areNumbers[k] &= k < row.Length && IsNumber(row[k], Blank);
        }

        return areNumbers.Count(isNumber => isNumber);
    }

    /// <summary>How many of the first cells are numbers, of all of them.</summary>
    static double NumberShare(CsvSample sample, char delimiter)
    {
        int cells = 0, numbers = 0;
        for (int i = 0; i < Math.Min(sample.Count, MostRecordsParsed); i++)
        {
            string[] record = sample.Split(i, delimiter);
            cells += record.Length;
            numbers += record.Count(cell => IsNumber(cell, delimiter));
        }

        return (double)numbers / cells;
    }

    static bool IsNumber(string cell, char delimiter) =>
        NumberText.Parse(cell, '.', out _) == NumberSyntax.Finite
        || (delimiter != ',' && NumberText.Parse(cell, ',', out _) == NumberSyntax.Finite);

    /// <summary>How many cells most records have, and how many have so many.</summary>
    readonly record struct Evidence(char Delimiter, int Cells, int Agreeing)
    {
        public static Evidence Of(CsvSample sample, char delimiter)
        {
            (int cells, int agreeing) = sample.UsualCells(delimiter);
            return new Evidence(delimiter, cells, agreeing);
        }
    }
}

namespace Backprop;

/// <summary>Finds out which character stands between cells.</summary>
static class DelimiterSniffer
{
    const int LinesCompared = 50;

    static readonly char[] s_candidates = [',', ';', '\t', '|'];

    /// <summary>
    /// The candidate that the most lines have as often as the first line has; of two such, the one that occurs more often,
    /// then the one named first. A comma where none occurs.
    /// </summary>
    /// <param name="text">The first lines of the file.</param>
    /// <param name="isWhole">Whether that is all of the file, so that its last line counts too.</param>
    /// <param name="decimalSign">A comma that is the decimal sign is no candidate.</param>
    public static char Find(ReadOnlySpan<char> text, bool isWhole, char decimalSign)
    {
        List<int[]> lines = CountByLine(text, isWhole);
        char best = ',';
        (int Agreeing, int Cells) bestScore = (0, 0);
        for (int c = 0; c < s_candidates.Length && lines.Count > 0; c++)
        {
            int cells = lines[0][c];
            if (cells == 0 || s_candidates[c] == decimalSign)
                continue;
            (int, int) score = (lines.Count(line => line[c] == cells), cells);
            if (score.CompareTo(bestScore) > 0)
                (best, bestScore) = (s_candidates[c], score);
        }

        return best;
    }

    // For each line that is not blank: how often each candidate occurs outside quotes.
    static List<int[]> CountByLine(ReadOnlySpan<char> text, bool isWhole)
    {
        var lines = new List<int[]>();
        int[] counts = new int[s_candidates.Length];
        bool inQuotes = false, isBlank = true;
        foreach (char c in text)
        {
            if (c is '\n' or '\r' && !inQuotes)
            {
                if (!isBlank)
                    lines.Add(counts);
                if (lines.Count == LinesCompared)
                    return lines;
                (counts, isBlank) = (new int[s_candidates.Length], true);
                continue;
            }

            isBlank = false;
            int candidate = Array.IndexOf(s_candidates, c);
            if (c == '"')
                inQuotes = !inQuotes;
            else if (candidate >= 0 && !inQuotes)
                counts[candidate]++;
        }

        if (!isBlank && (isWhole || lines.Count == 0))
            lines.Add(counts);
        return lines;
    }
}

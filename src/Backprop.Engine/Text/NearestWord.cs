namespace Backprop.Engine;

/// <summary>Finds the word that somebody probably meant to type.</summary>
static class NearestWord
{
    /// <summary>The known name nearest to a typed one, or null where none is near.</summary>
    public static string? Find(string typed, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string name in known)
        {
            int distance = Distance(typed, name);
            if (distance < bestDistance && distance <= Math.Max(typed.Length, name.Length) / 3 + 1 && distance < name.Length)
                (best, bestDistance) = (name, distance);
        }

        return best;
    }

    // Edits (a character put in, left out, replaced, or two neighbours swapped) from one text to the other; case costs nothing.
    static int Distance(string a, string b)
    {
        const int LongestCompared = 200;
        if (Math.Max(a.Length, b.Length) > LongestCompared)
            return string.Equals(a, b, StringComparison.OrdinalIgnoreCase) ? 0 : int.MaxValue;
        int[] beforeLast = new int[b.Length + 1], last = [.. Enumerable.Range(0, b.Length + 1)], current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}

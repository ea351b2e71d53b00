namespace Backprop;

/// <summary>What the columns of a CSV file are called, and what their places in a row are.</summary>
sealed class CsvHeader
{
    readonly bool[] _madeUp;

    CsvHeader(string[] names, bool[] madeUp, int named)
    {
        (Names, _madeUp, Named) = (names, madeUp, named);
    }

    /// <summary>The names by their places in a row, all different.</summary>
    public string[] Names { get; }

    /// <summary>The places before this one belong to columns; cells behind them are empty.</summary>
    public int Named { get; }

    /// <summary>How many cells a row has.</summary>
    public int Cells { get; private init; }

    /// <summary>How many cells the header has, or the first row where there is no header.</summary>
    public int HeaderCells { get; private init; }

    /// <summary>Whether the first cell of a row is its name, for which the header has no cell.</summary>
    public bool HasRowNames { get; private init; }

    /// <summary>Whether the file has no name for a column, though it names others.</summary>
    public bool IsMadeUp(int place) => _madeUp[place];

    /// <summary>
    /// Whether whole numbers or texts that are different in every row are the index that a program wrote beside its columns.
    /// </summary>
    public bool MayBeIndex(int place) =>
        (place == 0 && _madeUp[0]) || Names[place].StartsWith("Unnamed: ", StringComparison.Ordinal);

    /// <summary>The columns of a file without a header: column1, column2, …</summary>
    public static CsvHeader Without(int cells) => new([.. Enumerable.Range(0, cells).Select(MadeUp)], new bool[cells], cells)
    {
        Cells = cells,
        HeaderCells = cells,
    };

    /// <summary>The columns of a file with a header.</summary>
    /// <param name="header">The cells of the header, trimmed.</param>
    /// <param name="row">The cells of the first row.</param>
    /// <param name="extra">What they are if they are more than the header's; null where only the row can tell.</param>
    /// <param name="refuse">Makes an exception of what is wrong with the header.</param>
    /// <param name="notes">Receives what was made of names, in sentences for people.</param>
    public static CsvHeader Of(
        string[] header, string[] row, ExtraCells? extra, Func<string, BackpropException> refuse, List<string> notes)
    {
        string[] names = Array.ConvertAll(header, Clean);
        int filled = Array.FindLastIndex(names, name => name.Length > 0) + 1;
        if (row.Length < names.Length && row.Length >= filled)
            names = names[..row.Length];
        extra = row.Length <= names.Length ? ExtraCells.None
            : extra is null or ExtraCells.None && row[names.Length..].All(cell => cell.Length == 0) ? ExtraCells.Empty
            : extra ?? (row.Length == names.Length + 1 && names.Length > 1 ? ExtraCells.RowName : ExtraCells.None);
        if (extra == ExtraCells.RowName)
            names = ["", .. names];
        ThrowIfRow(names, refuse);
        bool[] madeUp = Array.ConvertAll(names, name => name.Length == 0);
        Number(names, notes);
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            if (madeUp[i])
                names[i] = Unique(MadeUp(i), taken);
            taken.Add(names[i]);
        }

        return new CsvHeader(names, madeUp, names.Length)
        {
            Cells = extra == ExtraCells.Empty ? row.Length : names.Length,
            HeaderCells = header.Length,
            HasRowNames = extra == ExtraCells.RowName,
        };
    }

    /// <summary>Says which columns of a table got a name.</summary>
    /// <param name="columns">Whether the table has the column of a place.</param>
    public IEnumerable<string> Notes(Func<int, bool> columns)
    {
        const int Listed = 5;
        int[] places = [.. Enumerable.Range(0, Named).Where(place => _madeUp[place] && columns(place))];
        if (places.Length == 0)
            yield break;
        if (HasRowNames && places[0] == 0)
        {
            yield return "Rows have one cell more than the header: the first is taken for the row's name, and called "
                + $"'{Names[0]}'.";
            places = places[1..];
        }

        if (places.Length == 1)
            yield return $"Column {places[0] + 1} has no name in the header, and is called '{Names[places[0]]}'.";
        if (places.Length < 2)
            yield break;
        string more = places.Length > Listed ? ", …" : ".";
        yield return $"{places.Length} columns have no name in the header, and are called "
            + $"{string.Join(", ", places.Take(Listed).Select(place => $"'{Names[place]}'"))}{more}";
    }

    static string MadeUp(int place) => $"column{place + 1}";

    /// <summary>A line break in a name, with the blanks around it, is a blank.</summary>
    static string Clean(string name)
    {
        const char ByteOrderMark = '\uFEFF';
        name = name.Trim(ByteOrderMark).Trim();
        return name.AsSpan().IndexOfAny('\n', '\r') < 0
            ? name
            : string.Join(' ', name.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Gives a name that was there already a number, as pandas does: x, x.1, x.2.</summary>
    static void Number(string[] names, List<string> notes)
    {
        const int Longest = 36;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        HashSet<string> all = new(names, StringComparer.Ordinal);
        List<string> told = [];
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (name.Length == 0)
                continue;
            int count = counts.GetValueOrDefault(name);
            counts[name] = count + 1;
            if (count == 0)
                continue;
            string numbered;
            do
                numbered = $"{name}.{count++}";
            while (all.Contains(numbered));
            counts[name] = count;
            all.Add(numbered);
            names[i] = numbered;
            told.Add($"{CsvContext.Quoted(name)} in column {i + 1} is called "
                + (name.Length <= Longest ? CsvContext.Quoted(numbered) : $"so with '{numbered[name.Length..]}' behind it"));
        }

        const int Listed = 3;
        if (told.Count > 0)
        {
            notes.Add("Names are there more than once: " + string.Join(", ", told.Take(Listed))
                + (told.Count > Listed ? $", and so on for {told.Count} columns." : "."));
        }
    }

    static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int i = 1; taken.Contains(unique); i++)
            unique = $"{name}.{i}";
        return unique;
    }

    /// <summary>Refuses numbers with fractions or there twice beside cells without a name: they are a row's.</summary>
    static void ThrowIfRow(string[] names, Func<string, BackpropException> refuse)
    {
        const string NoHeader = "if the file has no header line, use --no-header.";
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int last = Array.FindLastIndex(names, name => name.Length > 0);
        int unnamed = Array.FindIndex(names, Math.Min(1, names.Length), name => name.Length == 0);
        bool hasFractions = names.Any(IsFraction);
        if (unnamed > 0 && unnamed < last && hasFractions)
            throw refuse($"column {unnamed + 1} has no name; give it one, or {NoHeader}");
        for (int i = 0; i < names.Length; i++)
        {
            bool isTwice = !places.TryAdd(names[i], i) && names[i].Length > 0;
            if (isTwice && (hasFractions || NumberText.Parse(names[i], '.', out _) == NumberSyntax.Finite))
            {
                throw refuse(
                    $"columns {places[names[i]] + 1} and {i + 1} are both named {CsvContext.Quoted(names[i])}; rename one, or "
                    + $"{NoHeader}");
            }
        }
    }

    static bool IsFraction(string name) =>
        NumberText.Parse(name, '.', out double value) == NumberSyntax.Finite && value != Math.Floor(value);
}

namespace Backprop.Tests;

/// <summary>Numbers in lines and columns that know what they run over; a single number is one cell.</summary>
sealed record Cells(Bounded[,] Numbers, Axis Lines, Axis Columns)
{
    public int LineCount => Numbers.GetLength(0);

    public int ColumnCount => Numbers.GetLength(1);

    public static Cells Of(Bounded number) => new(new[,] { { number } }, Axis.One, Axis.One);

    /// <summary>The only number.</summary>
    public Bounded Single() => (Lines, Columns) == (Axis.One, Axis.One)
        ? Numbers[0, 0]
        : throw new FormatException($"One number is meant, and there are {LineCount} × {ColumnCount}.");

    public Cells Transposed() => new(Made(ColumnCount, LineCount, (i, j) => Numbers[j, i]), Columns, Lines);

    public Cells Line(int line) => new(Made(1, ColumnCount, (_, j) => Numbers[line, j]), Axis.One, Columns);

    public Cells Column(int column) => new(Made(LineCount, 1, (i, _) => Numbers[i, column]), Lines, Axis.One);

    public Cells Map(Func<Bounded, Bounded> of) => Map((number, _, _) => of(number));

    public Cells Map(Func<Bounded, int, int, Bounded> of) =>
        new(Made(LineCount, ColumnCount, (i, j) => of(Numbers[i, j], i, j)), Lines, Columns);

    /// <summary>Element by element; a single number, line or column goes with every other.</summary>
    public static Cells Each(Cells a, Cells b, Func<Bounded, Bounded, Bounded> of)
    {
        if (Differ(a.Lines, b.Lines) || Differ(a.Columns, b.Columns))
            (a, b) = (Turned(a, b), Turned(b, a));
        if (Differ(a.Lines, b.Lines) || Differ(a.Columns, b.Columns))
            throw new FormatException($"[{a.Lines}, {a.Columns}] does not go with [{b.Lines}, {b.Columns}] element by element.");
        int lines = Math.Max(a.LineCount, b.LineCount), columns = Math.Max(a.ColumnCount, b.ColumnCount);
        return new(
            Made(lines, columns, (i, j) => of(a.At(i, j), b.At(i, j))), a.Lines == Axis.One ? b.Lines : a.Lines,
            a.Columns == Axis.One ? b.Columns : a.Columns);
    }

    /// <summary>The product of matrices where the inner axes are one, otherwise element by element.</summary>
    public static Cells Product(Cells a, Cells b, double unit)
    {
        if (a.Columns == Axis.One || a.Columns != b.Lines)
            return Each(a, b, (x, y) => Bounded.Multiply(x, y, unit));
        return new(
            Made(a.LineCount, b.ColumnCount, (i, j) =>
            {
                Bounded sum = Bounded.Exact(0);
                for (int k = 0; k < a.ColumnCount; k++)
                    sum = Bounded.Add(sum, Bounded.Multiply(a.Numbers[i, k], b.Numbers[k, j], unit), unit);
                return sum;
            }),
            a.Lines, b.Columns);
    }

    static Cells Turned(Cells a, Cells other) => (a.Lines == Axis.One) != (a.Columns == Axis.One)
        && (a.Lines == Axis.One ? a.Columns == other.Lines : a.Lines == other.Columns) ? a.Transposed() : a;

    static bool Differ(Axis a, Axis b) => a != b && a != Axis.One && b != Axis.One;

    Bounded At(int line, int column) => Numbers[Lines == Axis.One ? 0 : line, Columns == Axis.One ? 0 : column];

    static Bounded[,] Made(int lines, int columns, Func<int, int, Bounded> of)
    {
        var made = new Bounded[lines, columns];
        for (int i = 0; i < lines; i++)
        {
            for (int j = 0; j < columns; j++)
                made[i, j] = of(i, j);
        }

        return made;
    }
}

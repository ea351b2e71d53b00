using System.Collections.Immutable;

namespace Backprop.Tests;

/// <summary>A quantity's numbers as formulas find them: by a symbol, with axes.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Node">Its symbol, read.</param>
/// <param name="Scale">What its symbol is multiplied by where it is shown: 1/N of 1/N ∂Ln/∂V.</param>
/// <param name="Lines">What its lines run over.</param>
/// <param name="Columns">What its columns run over.</param>
sealed record ShownQuantity(Quantity Quantity, FormulaNode Node, double Scale, Axis Lines, Axis Columns)
{
    Cells? _cells;

    /// <summary>The axes that indices count, in the order of the symbol's indices: all but the rows'.</summary>
    public ImmutableArray<Axis> Indexed { get; } =
        [.. new[] { Lines, Columns }.Where(axis => axis != Axis.Rows && axis != Axis.One)];

    public bool IsOfRows => Lines == Axis.Rows || Columns == Axis.Rows;

    public int Count(Axis axis) => axis == Lines ? Quantity.Numbers!.Rows : Quantity.Numbers!.Columns;

    /// <summary>The largest of its numbers without sign.</summary>
    public double Largest { get; } = Quantity.Numbers!.ToArray().Cast<double>().Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>Its numbers as they are without the factor they are shown with.</summary>
    public Cells Cells(double unit) => _cells ??= Read(unit);

    Cells Read(double unit)
    {
        double[,] numbers = Quantity.Numbers!.ToArray();
        var cells = new Bounded[numbers.GetLength(0), numbers.GetLength(1)];
        for (int i = 0; i < cells.GetLength(0); i++)
        {
            for (int j = 0; j < cells.GetLength(1); j++)
                cells[i, j] = Bounded.Shown(numbers[i, j] / Scale, unit);
        }

        return new Cells(cells, Lines, Columns);
    }
}

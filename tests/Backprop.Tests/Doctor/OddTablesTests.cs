using System.Globalization;
using Xunit;

namespace Backprop.Tests;

/// <summary>The doctor says something, nothing, or why it cannot look, of whatever a table holds.</summary>
public sealed class OddTablesTests
{
    const int Rows = 400;

    static readonly (string Name, Func<int, string> Cell)[] s_columns =
    [
        ("counts", i => $"{i}"),
        ("names", i => $"{1000 + i * 7}"),
        ("constant", _ => "5"),
        ("missing", _ => ""),
        ("yesno", i => i * i % 7 < 3 ? "yes" : "no"),
        ("answers", i => (i % 5) switch { 0 => "Yes", 1 => "YES", 2 => "", _ => "no" }),
        ("letters", i => $"{(char)('a' + i * 37 % 11)}"),
        ("texts", i => $"text {i} of its own"),
        ("many", i => $"t{i * 37 % 90}"),
        ("rare", i => i < 3 ? "rare" : "often"),
        ("one", i => i == 7 ? "1" : ""),
        ("whole", i => $"{i * i % 5}"),
        ("fractions", i => (i * 7919 % 1009 / 8.0).ToString(CultureInfo.InvariantCulture)),
        ("gaps", i => i % 3 == 0 ? "" : $"{i * 37 % 101}"),
        ("sentinels", i => i % 9 == 0 ? "-999" : $"{i * 37 % 101}.5"),
        ("huge", i => $"{(i % 2 == 0 ? "" : "-")}{i % 9 + 1}e300"),
        ("tiny", i => $"{i % 9}e-310"),
        ("marks", i => i % 4 == 0 ? "U" : $"{i % 4}"),
        ("dates", i => $"2024-{i % 12 + 1:00}-{i % 28 + 1:00}"),
        ("decimals", i => $"\"{i % 90},{i % 10}\""),
    ];

    public static TheoryData<string> Targets => [.. s_columns.Select(column => column.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_target_is_examined_or_refused(string target)
    {
        Table table = Made(i => i);
        // The same names with other cells: what was numbers there may be texts here.
        Table other = Made(i => i, shift: 1);
        foreach (TaskKind? task in new TaskKind?[] { null, TaskKind.Classify, TaskKind.Regress })
        {
            foreach (EncodeKind encode in new[] { EncodeKind.Auto, EncodeKind.None })
            {
                foreach (Table? held in new[] { null, Made(i => i + 3), other })
                    Examine(
                        table, [target], new TrainOptions { Task = task, Encode = encode, ValidationTable = held, Test = 0.1 });
            }
        }

        Examine(table, [target, "counts"], new TrainOptions());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(76)]
    [InlineData(400)]
    public void A_target_that_counts_rows_is_estimated_and_examined(int rows)
    {
        string csv = "a,b,y\n"
            + string.Concat(Enumerable.Range(0, rows)
                .Select(i => FormattableString.Invariant($"{i * 37 % 101 / 8.0:F3},{i * 53 % 97 / 8.0:F3},{i}\n")));
        Table table = Tabular.Csv(csv);
        Assert.Empty(Model.Examine(table, ["y"]));
        TrainingStart? start = null;
        _ = Model.Train(table, "y", Samples.Short with { Epochs = 1 }, new RunOptions { Started = told => start = told });
        Assert.Empty(start!.Warnings);
    }

    static void Examine(Table table, string[] targets, TrainOptions options)
    {
        try
        {
            IReadOnlyList<DataWarning> warnings = Model.Examine(table, targets, options);
            Assert.All(warnings, warning => Assert.EndsWith(".", warning.Sentence, StringComparison.Ordinal));
        }
        catch (BackpropException refusal)
        {
            Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
        }
    }

    static Table Made(Func<int, int> row, int shift = 0) => Tabular.Csv(
        string.Join(',', s_columns.Select(column => column.Name)) + "\n"
        + string.Concat(Enumerable.Range(0, Rows).Select(
            i => string.Join(
                ',',
                Enumerable.Range(0, s_columns.Length).Select(k => s_columns[(k + shift) % s_columns.Length].Cell(row(i))))
                + "\n")));
}

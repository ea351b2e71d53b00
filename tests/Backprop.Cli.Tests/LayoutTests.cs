using System.Globalization;
using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>Tables as people have them, and names as flags write them.</summary>
public sealed class LayoutTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData(",a,b,y", "{0},{1},{2},{3}", "Column 1 has no name", true)]
    [InlineData("a,b,y,", "{1},{2},{3},", null, false)]
    [InlineData("a,b,y", "{1},{2},{3},", null, false)]
    [InlineData("Report\n\na,b,y", "{1},{2},{3}", "--skip 2", false)]
    [InlineData("# one\n# two\na,b,y", "{1},{2},{3}", "--comment '#'", false)]
    [InlineData("sep=;\na;b;y", "{1};{2};{3}", null, false)]
    [InlineData("a b  y", "{1}  {2} {3}", null, false)]
    public void A_table_is_the_same_however_it_lies_in_its_file(string header, string row, string? note, bool hasIndex)
    {
        _command.Write("plain.csv", Rows("a,b,y", "{1},{2},{3}"));
        _command.Write("t.csv", Rows(header, row));
        CommandResult expected = Train("plain.csv").Succeeded();
        CommandResult result = Train("t.csv").Succeeded();
        Assert.Equal(Hashes(expected), Hashes(result));
        string[] notes = [.. result.Error.Split('\n').Where(line => line.StartsWith("t.csv: ", StringComparison.Ordinal))];
        Assert.Equal(note is null ? 0 : 1, notes.Length);
        Assert.Contains(note ?? "", notes.FirstOrDefault() ?? "", StringComparison.Ordinal);
        Assert.Equal(hasIndex, result.Error.Contains("'column1' is left out", StringComparison.Ordinal));

        // The model reads such a file, too.
        Assert.Equal(
            _command.Run("predict", "m.onnx", "plain.csv").Succeeded().Output,
            _command.Run("predict", "m.onnx", "t.csv").Succeeded().Output);
    }

    [Fact]
    public void Lines_are_skipped_by_flags()
    {
        _command.Write("plain.csv", Rows("a,b,y", "{1},{2},{3}"));
        _command.Write("t.csv", "x,x,x\n1,2,3\n" + Rows("a:b:y", "! {0}\n{1}:{2}:{3}"));
        string[] flags = ["--skip", "2", "--comment", "!", "--delimiter", ":"];
        Assert.Equal(Hashes(Train("plain.csv").Succeeded()), Hashes(Train("t.csv", flags).Succeeded()));
        Assert.Contains("--skip", _command.Of("train", "t.csv", "--target", "y", "--skip", "-1"), StringComparison.Ordinal);
        Assert.Contains(
            "one character", _command.Of("train", "t.csv", "--target", "y", "--comment", "//"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_target_are_left_out_on_request_and_reproduced()
    {
        string csv = Rows("a,b,y", "{1},{2},{3}");
        string[] lines = csv.TrimEnd().Split('\n');
        for (int i = 5; i < lines.Length; i += 7)
            lines[i] = lines[i][..(lines[i].LastIndexOf(',') + 1)] + (i % 2 == 0 ? "NA" : "");
        _command.Write("some.csv", string.Join('\n', lines) + "\n");
        _command.Write("known.csv", string.Join('\n', lines.Where((_, i) => i < 5 || (i - 5) % 7 != 0)) + "\n");
        Assert.Contains(
            "--missing-target drop leaves them out", _command.Of("train", "some.csv", "--target", "y"), StringComparison.Ordinal);

        CommandResult known = Train("known.csv").Succeeded();
        CommandResult some = Train("some.csv", "--missing-target", "drop", "--test", "some.csv").Succeeded();
        Assert.Equal(Hashes(known), Hashes(some));
        Assert.Contains(
            "rows of some.csv are left out without a target, the first in line 6.", some.Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "REPRODUCED",
            _command.Run("reproduce", "m.onnx", "some.csv", "--test", "some.csv").Succeeded().Output,
            StringComparison.Ordinal);

        CommandResult measured = _command.Run("evaluate", "m.onnx", "some.csv").Succeeded();
        Assert.Equal(
            _command.Run("evaluate", "m.onnx", "known.csv").Succeeded().Output.Replace("known", "some", StringComparison.Ordinal),
            measured.Output);
        Assert.Contains("left out without a target", measured.Error, StringComparison.Ordinal);
        Assert.Contains(
            "is missing in",
            _command.Of("evaluate", "m.onnx", "some.csv", "--missing-target", "refuse"),
            StringComparison.Ordinal);
        Assert.Contains(
            "refuse or drop",
            _command.Of("train", "some.csv", "--target", "y", "--missing-target", "leave"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Flags_take_names_with_commas_and_equals_signs()
    {
        _command.Write("t.csv", Rows("\"Length, cm\",\"x=1\",\"Gr\u00F6\u00DFe\"", "{1},{2},{3}"));
        CommandResult Of(params string[] flags) =>
            _command.Run(["train", "t.csv", "--epochs", "1", "--validation", "0", "--out", "m.onnx", .. flags]).Succeeded();
        string plain = Hashes(Of("--target", "Gr\u00F6\u00DFe"));
        Assert.Equal(plain, Hashes(Of("--target", "\"Gr\u00F6\u00DFe\"")));
        Assert.Equal(plain, Hashes(Of("--target", "Gro\u0308\u00DFe")));
        string one = Hashes(Of("--target", "x=1", "--ignore", "Gr\u00F6\u00DFe"));
        Assert.Equal(one, Hashes(Of("--target", "x=1", "--ignore", "Gr\u00F6\u00DFe", "--types", "Length, cm=number")));
        string typed = Hashes(Of("--target", "Gr\u00F6\u00DFe", "--types", "Length, cm=category,x=1=category"));
        Assert.Equal(typed, Hashes(Of("--target", "Gr\u00F6\u00DFe", "--types", "\"x=1\"=category, \"Length, cm\"=category")));
        Assert.Contains(
            "'Length, cm' in --types is not of the form column=kind",
            _command.Of("train", "t.csv", "--target", "x=1", "--types", "Length, cm"), StringComparison.Ordinal);

        Of("--target", "Gr\u00F6\u00DFe");
        string both = _command.Run("predict", "m.onnx", "t.csv", "--keep", "\"Length, cm\",x=1").Succeeded().Output;
        Assert.StartsWith("\"Length, cm\",x=1,prediction\n", both, StringComparison.Ordinal);
        Assert.Equal(both, _command.Run("predict", "m.onnx", "t.csv", "--keep", "Length, cm,x=1").Succeeded().Output);
        Assert.Contains(
            "there is 'Length, cm'",
            _command.Of("predict", "m.onnx", "t.csv", "--keep", "\"Length,cm\""),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Column_names_are_taken_apart_where_there_is_one_way()
    {
        string[] known = ["a", "b", "a,b", "c, d", "e"];
        Assert.Equal(["a,b"], ColumnNames.Parse(["a,b"], known));
        Assert.Equal(["a", "b", "e"], ColumnNames.Parse(["a, b,e"], known));
        Assert.Equal(["c, d", "e"], ColumnNames.Parse(["c,d,e"], known));
        Assert.Equal(["a,b", "e"], ColumnNames.Parse(["\"a,b\",e"], known));
        Assert.Equal(["e", "c, d", "a"], ColumnNames.Parse(["e", "c, d,a"], known));
        Assert.Equal(["x", "y"], ColumnNames.Parse(["x,y"], known));
        Assert.Empty(ColumnNames.Parse(null, known));
        Assert.Contains(
            "'a,b,c,d' can be",
            Assert.Throws<BackpropException>(() => ColumnNames.Parse(["a,b,c,d"], known)).Message,
            StringComparison.Ordinal);
    }

    CommandResult Train(string data, params string[] flags) => _command.Run(
        ["train", data, "--target", "y", "--epochs", "2", "--layers", "4", "--out", "m.onnx", .. flags]);

    static string Hashes(CommandResult result) =>
        string.Join('\n', result.Output.Split('\n').Where(line => line.Contains(" hash ", StringComparison.Ordinal)));

    static string Rows(string header, string form)
    {
        var text = new StringBuilder(header).Append('\n');
        for (int i = 0; i < 40; i++)
        {
            text.AppendFormat(
                CultureInfo.InvariantCulture, form, i, i * 37 % 23 + 0.5, i * 17 % 29 - 0.25, i * 11 % 13 + 0.125).Append('\n');
        }

        return text.ToString();
    }
}

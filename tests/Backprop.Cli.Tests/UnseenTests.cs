using System.Text.Json;

namespace Backprop.Cli.Tests;

/// <summary>What the command says of cells that training did not see.</summary>
public sealed class UnseenTests : IDisposable
{
    const string New = "size,colour,open,kind\n1,red,ja,small\nlarge,pink,maybe,small\nhuge,pink,0,big\n";

    static readonly string[] s_warnings =
    [
        "Warning: 2 of 3 cells of 'size' are no numbers ('large', 'huge'); they count as the median (3).",
        "Warning: 2 of 3 cells of 'colour' say what training did not see ('pink'); they count as none of its categories.",
        "Warning: 1 of 3 cells of 'open' says what training did not see ('maybe'); it counts as no.",
    ];

    readonly Command _command = new();

    public UnseenTests()
    {
        _command.Write("train.csv", "size,colour,open,kind\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"{i % 7},{(i % 3 == 0 ? "red" : "blue")},{(i % 4 == 0 ? "yes" : "no")},{(i % 7 > 3 ? "big" : "small")}\n")));
        _command.Write("new.csv", New);
        _command.Run("train", "train.csv", "--target", "kind", "--epochs", "3", "--out", "m.onnx").Succeeded();
    }

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Predict_and_evaluate_warn_of_each_column_and_go_on()
    {
        CommandResult predicted = _command.Run("predict", "m.onnx", "new.csv").Succeeded();
        Assert.Equal(s_warnings, predicted.ErrorLines);
        Assert.Equal(4, predicted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(s_warnings, _command.Run("evaluate", "m.onnx", "new.csv").Succeeded().ErrorLines);
        Assert.Empty(_command.Run("predict", "m.onnx", "train.csv", "--strict").Succeeded().Error);

        _command.Write("said.csv", "size,colour,open\n1,red,yes\n,pink,no\n,pink,no\n");
        CommandResult said = _command.Run("predict", "m.onnx", "said.csv").Succeeded();
        Assert.Equal(said.Output, predicted.Output);
        Assert.Equal(
            "Warning: 2 of 3 cells of 'size' are missing, as none was in training; they count as the median (3).",
            said.ErrorLines[0]);
    }

    [Fact]
    public void Json_has_them_as_fields()
    {
        foreach (string[] verb in (string[][])[["predict"], ["evaluate"], ["explain", "--row", "1-3"]])
        {
            CommandResult result = _command.Run([verb[0], "m.onnx", "new.csv", "--json", .. verb[1..]]).Succeeded();
            Assert.Equal(s_warnings, result.ErrorLines);
            JsonElement[] unseen = [.. result.Json.GetProperty("unseen").EnumerateArray()];
            Assert.Equal(["size", "colour", "open"], unseen.Select(cells => cells.GetProperty("column").GetString()));
            Assert.Equal([2, 2, 1], unseen.Select(cells => cells.GetProperty("rows").GetInt32()));
            Assert.Equal([2, 2, 2], unseen.Select(cells => cells.GetProperty("firstRow").GetInt32()));
            Assert.All(unseen, cells => Assert.Equal(3, cells.GetProperty("of").GetInt32()));
            Assert.Equal(["large", "huge"], unseen[0].GetProperty("examples").EnumerateArray().Select(text => text.GetString()));
            Assert.Equal("the median (3)", unseen[0].GetProperty("countAs").GetString());
            Assert.Equal(["noNumber", "newText", "newText"], unseen.Select(cells => cells.GetProperty("kind").GetString()));
        }
    }

    [Fact]
    public void Explain_warns_of_the_rows_that_it_shows()
    {
        Assert.Empty(_command.Run("explain", "m.onnx", "new.csv", "--row", "1").Succeeded().Error);
        Assert.Equal(
            "Warning: 1 of 1 cell of 'size' is no number ('huge'); it counts as the median (3).",
            _command.Run("explain", "m.onnx", "new.csv", "--row", "3").Succeeded().ErrorLines[0]);
    }

    [Fact]
    public void Strict_refuses_by_line_or_data_row()
    {
        foreach (string verb in (string[])["predict", "evaluate"])
        {
            Assert.StartsWith(
                "new.csv, line 3, column 'size': 'large' is not a number;", _command.Of(verb, "m.onnx", "new.csv", "--strict"),
                StringComparison.Ordinal);
            _command.Write("texts.csv", "size,colour,open,kind\n1,red,ja,small\n2,pink,no,big\n");
            Assert.Equal(
                "texts.csv, line 3, column 'colour': 'pink' is nothing that training saw; correct the cell, or leave out "
                + "--strict to count it as none of its categories.",
                _command.Of(verb, "m.onnx", "texts.csv", "--strict"));
        }
    }

    [Fact]
    public void Texts_in_a_column_of_numbers_are_counted_even_if_there_is_nothing_else_and_numbers_in_another_form_refused()
    {
        _command.Write("none.csv", "size,colour,open\nlarge,red,yes\nhuge,red,no\n");
        CommandResult result = _command.Run("predict", "m.onnx", "none.csv").Succeeded();
        Assert.Contains("'size'", result.Error, StringComparison.Ordinal);
        Assert.Contains("'large'", result.Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "none.csv, line 2, column 'size': 'large' is not a number;",
            _command.Of("predict", "m.onnx", "none.csv", "--strict"),
            StringComparison.Ordinal);
        _command.Write("comma.csv", "size;colour;open\n1;red;yes\n2,5;red;no\n");
        Assert.StartsWith(
            "comma.csv, line 3, column 'size': '2,5' is not written as",
            _command.Of("predict", "m.onnx", "comma.csv"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_written_with_a_point_by_a_program_are_the_categories_they_were()
    {
        _command.Run(
            "train", "train.csv", "--target", "kind", "--types", "size=category", "--epochs", "3", "--out", "c.onnx").Succeeded();
        _command.Write("points.csv", "size,colour,open\n1.0,red,yes\n2.0,red,no\n");
        _command.Write("plain.csv", "size,colour,open\n1,red,yes\n2,red,no\n");
        CommandResult points = _command.Run("predict", "c.onnx", "points.csv").Succeeded();
        Assert.Equal(_command.Run("predict", "c.onnx", "plain.csv").Succeeded().Output, points.Output);
        Assert.Empty(points.Error);
    }
}

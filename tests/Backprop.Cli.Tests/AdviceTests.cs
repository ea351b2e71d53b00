using System.Globalization;

namespace Backprop.Cli.Tests;

/// <summary>What people are told of a table or flag that is not as they meant it: what it is, where, and what to do.</summary>
public sealed class AdviceTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void A_target_of_numbers_with_a_typo_is_called_that()
    {
        Write("t.csv", "a,y", 60, i => $"{i * 37 % 61}.5,{(i == 30 ? "abc" : $"{i * i}.25")}");
        Assert.Equal(
            "The target column 'y' of t.csv is no column of numbers alone: 59 of its 60 cells are numbers, one is not: 'abc'; "
            + "correct it, use --missing +abc if it means missing, or --types y=category if the values are classes.",
            _command.Of("train", "t.csv", "--target", "y"));
        _command.Run(
            "train", "t.csv", "--target", "y", "--missing", "+abc", "--missing-target", "drop", "--epochs", "1").Succeeded();
        _command.Run("train", "t.csv", "--target", "y", "--types", "y=category", "--epochs", "1").Succeeded();

        Write("names.csv", "a,y", 60, i => $"{i * 37 % 61}.5,text {i}");
        Assert.Equal(
            "The target column 'y' of names.csv cannot be predicted: free text, 60 different texts in 60 cells; say "
            + "--types y=category if the values are classes.",
            _command.Of("train", "names.csv", "--target", "y"));
    }

    [Fact]
    public void A_typo_among_numbers_that_repeat_is_told_with_the_task()
    {
        Write("t.csv", "a,y", 60, i => $"{i * 37 % 61}.5,{(i == 30 ? "abc" : $"{i % 5}.25")}");
        string told = _command.Run("train", "t.csv", "--target", "y", "--epochs", "1").Succeeded().Error;
        Assert.Contains(
            "59 of its 60 cells are numbers, one is not: 'abc' (for --task regress, correct it or use --missing +abc).", told,
            StringComparison.Ordinal);
        Write("few.csv", "a,y", 12, i => $"{i * 37 % 61}.5,{(i == 3 ? "abc" : $"{i % 5}.25")}");
        Assert.Contains(
            "11 of its 12 cells are numbers, one is not: 'abc'",
            _command.Of("train", "few.csv", "--target", "y", "--task", "regress"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_are_numbers_with_a_unit_can_be_estimated_as_such()
    {
        Write("t.csv", "a;y", 24, i => $"{i * 5 % 24};{1 + i % 3}.{i % 3}02,80 €");
        const string Otherwise = "(--task regress estimates a number instead)";
        Assert.Contains(
            Otherwise,
            _command.Run("train", "t.csv", "--target", "y", "--epochs", "1").Succeeded().Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "1 → ", _command.Run("train", "t.csv", "--target", "y", "--task", "regress", "--epochs", "1").Succeeded().Error,
            StringComparison.Ordinal);

        // Codes are no numbers.
        Write("codes.csv", "a,y", 24, i => $"{i * 5 % 24},00{i % 3}");
        Assert.DoesNotContain(
            Otherwise,
            _command.Run("train", "codes.csv", "--target", "y", "--epochs", "1").Succeeded().Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1", "The weight in line 9 of t.csv, column 'w', is -1; it must be 0 or more and finite.")]
    [InlineData("", "The column 'w' of --row-weights has no weight in line 9 of t.csv; every row needs one, 0 or more.")]
    [InlineData(
        "lots", "The column 'w' of t.csv holds texts, such as 'lots' in line 9; --row-weights needs a column of numbers.")]
    public void Row_weights_that_are_none_are_named_with_their_line(string weight, string sentence)
    {
        Write("t.csv", "a,w,y", 15, i => $"{i % 5},{(i == 7 ? weight : "1")},{i % 2}");
        Assert.Equal(sentence, _command.Of("train", "t.csv", "--target", "y", "--row-weights", "w"));
    }

    [Theory]
    [InlineData("a", "The column 'a' has a number in line 6 of t.csv that is too large for single precision.")]
    [InlineData("y", "The target column 'y' has a number in line 6 of t.csv that is too large for single precision.")]
    public void A_number_too_large_is_named_with_its_line(string column, string sentence)
    {
        Write(
            "t.csv", "a,y", 30,
            i => $"{(i == 4 && column == "a" ? "1e300" : i % 7)},{(i == 4 && column == "y" ? "1e300" : $"{i}.5")}");
        Assert.Equal(
            sentence, _command.Of("train", "t.csv", "--target", "y", "--encode", "none", "--validation", "0"));
    }

    [Fact]
    public void A_decimal_sign_that_the_file_does_not_have_is_to_be_left_out()
    {
        Write("t.csv", "a,y,kind", 40, i => $"{i}.{i % 9}5,{i * 3}.25,{(i % 2 == 0 ? "x" : "z")}");
        const string Advice = "another decimal sign than --decimal , says; leave that out";
        Assert.Contains(
            Advice,
            _command.Of("train", "t.csv", "--target", "kind", "--ignore", "y", "--decimal", ","),
            StringComparison.Ordinal);
        Assert.Contains(Advice, _command.Of("train", "t.csv", "--target", "y", "--decimal", ","), StringComparison.Ordinal);
        _command.Run("train", "t.csv", "--target", "y", "--epochs", "1").Succeeded();
    }

    [Fact]
    public void A_text_among_classes_that_are_numbers_is_no_class()
    {
        Write("t.csv", "a,y", 30, i => $"{i % 5},{i % 2}");
        _command.Run("train", "t.csv", "--target", "y", "--epochs", "1", "--out", "m.onnx").Succeeded();
        foreach (string text in (string[])["maybe", "yes", "TRUE"])
        {
            Write("more.csv", "a,y", 10, i => $"{i % 5},{(i == 4 ? text : $"{i % 2}.0")}");
            Assert.Equal(
                $"The target column 'y' of more.csv says '{text}' in line 6, which is not one of the classes 0, 1.",
                _command.Of("evaluate", "m.onnx", "more.csv"));
        }

        Write("texts.csv", "a,y", 30, i => $"{i % 5},text {i}");
        Assert.Contains(
            "holds texts such as 'text 0', which are not among the classes 0, 1.", _command.Of("evaluate", "m.onnx", "texts.csv"),
            StringComparison.Ordinal);

        // However they are written, numbers are the same classes, and the training's own file is known again.
        Write("same.csv", "a,y", 30, i => $"{i % 5},{i % 2}.0");
        Write("codes.csv", "a,y", 30, i => $"{i % 5},0{i % 2}");
        CommandResult own = _command.Run("evaluate", "m.onnx", "t.csv", "--json").Succeeded();
        Assert.True(own.Json.GetProperty("isTrainingData").GetBoolean());
        foreach (string file in (string[])["same.csv", "codes.csv"])
        {
            Assert.Equal(
                own.Json.GetProperty("accuracy").GetDouble(),
                _command.Run("evaluate", "m.onnx", file, "--json").Succeeded().Json.GetProperty("accuracy").GetDouble());
        }
    }

    [Fact]
    public void Kinds_and_encodings_of_other_tools_are_understood()
    {
        Write("t.csv", "a,b,c,y", 40, i => $"{i % 7},{i % 2},{i % 3},{i}.5");
        string expected = Recipe("--types", "a=number,b=yesno,c=category");
        Assert.Equal(expected, Recipe("--types", "a=Int,b=bool,c=categorical"));
        Assert.Equal(expected, Recipe("--types", "a=float64,b=Boolean,c=factor"));
        Assert.Contains(
            "There is no kind 'str' for 'a' in --types: category takes each text for a category, text leaves the column out.",
            _command.Of("train", "t.csv", "--target", "y", "--types", "a=str"), StringComparison.Ordinal);
        Assert.Contains(
            "dates are not learnt from",
            _command.Of("train", "t.csv", "--target", "y", "--types", "a=date"),
            StringComparison.Ordinal);

        File.WriteAllBytes(
            _command["latin.csv"], System.Text.Encoding.Latin1.GetBytes(File.ReadAllText(_command["t.csv"]).Replace('a', 'ä')));
        foreach (string encoding in (string[])["latin1", "Latin-1", "ISO8859-1", "cp1252", "win1252", "windows-1252"])
        {
            Assert.Contains(
                "'ä'", _command.Of("train", "latin.csv", "--target", "z", "--encoding", encoding), StringComparison.Ordinal);
        }

        _command.Run("train", "t.csv", "--target", "y", "--epochs", "1", "--encoding", "utf8").Succeeded();
        Assert.Contains(
            "--encoding windows-1252",
            _command.Of("train", "latin.csv", "--target", "z", "--encoding", "ansi"),
            StringComparison.Ordinal);

        string Recipe(params string[] flags) =>
            _command.Run(["train", "t.csv", "--target", "y", "--print-recipe", .. flags]).Succeeded().Output;
    }

    [Theory]
    [InlineData("did you mean adam?", "train", "t.csv", "--target", "y", "--optimizer", "adm")]
    [InlineData("did you mean train?", "Train", "t.csv")]
    [InlineData("did you mean --epochs?", "train", "t.csv", "--target", "y", "--Epochs", "3")]
    public void Words_typed_almost_right_are_answered_with_the_right_one(string expected, params string[] arguments)
    {
        Write("t.csv", "a,y", 30, i => $"{i % 7},{i}.5");
        Assert.Contains(expected, _command.Of(arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void Info_says_how_columns_write_numbers()
    {
        Write("t.csv", "a;b;y", 30, i => $"1.{100 + i},{i % 7}5 €;{i % 4};{i} %");
        _command.Run("train", "t.csv", "--target", "y", "--task", "regress", "--epochs", "1", "--out", "m.onnx").Succeeded();
        string text = _command.Run("info", "m.onnx").Succeeded().Output;
        Assert.Contains("estimates y: a number; 1234.5 is written 1234.5 %.", text, StringComparison.Ordinal);
        Assert.Matches(@"  a  number, in training [0-9.,]+ ± [0-9.]+; 1234\.5 is written 1\.234,5 €\n", text);
        Assert.Matches(@"  b  number, in training [0-9.,]+ ± [0-9.]+\n", text);
    }

    void Write(string name, string header, int rows, Func<int, string> row) => _command.Write(
        name,
        string.Create(
            CultureInfo.InvariantCulture, $"{header}\n{string.Concat(Enumerable.Range(0, rows).Select(i => row(i) + "\n"))}"));
}

using System.Text;

namespace Backprop.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("is empty", "")]
    [InlineData("no rows", "a,b,kind\n")]
    [InlineData("line 3", "a,b,kind\n1,2,x\n1,2\n3,4,y\n")]
    [InlineData("line 4", "a,b,kind\n1,2,x\n1,2,y\n3,4,y,5\n")]
    [InlineData("'1'", "1,1,kind\n1,2,x\n3,4,y\n")]
    [InlineData("no name", "0.5,,kind\n1,2,x\n3,4,y\n")]
    [InlineData(
        "is missing in 1 of 3 rows, the first in line 3; --missing-target drop leaves it out", "a,b,kind\n1,2,x\n3,4,\n5,6,y\n")]
    [InlineData("'NA' means missing; --not-missing NA makes a class of it", "a,b,kind\n1,2,x\n3,4,NA\n5,6,y\n")]
    [InlineData("is missing in all rows", "a,b,kind\n1,2,?\n3,4,\n5,6,NA\n")]
    [InlineData("one class", "a,b,kind\n1,2,x\n3,4,x\n")]
    [InlineData("missing", "a,b,kind\n1,2,x\n3,4,\n5,6,y\n")]
    [InlineData("infinit", "a,b,kind\n1,2,x\ninf,4,y\n5,6,y\n")]
    [InlineData("No column is left to learn from. 'a': it is missing in every training row.", "a,kind\n,x\n,y\n")]
    [InlineData("No column is left to learn from: there is none but the target.", "kind\nx\ny\n")]
    [InlineData(
        "'a': it has the same value in every training row; 'b': it has the same value in every training row.",
        "a,b,kind\n7,1,x\n7,1,y\n7,1,x\n")]
    [InlineData(
        "'id': a different whole number in every row, and its name says id (--types id=number takes it)",
        "id,kind\n7,x\n9,y\n8,x\n")]
    public void Refuses_tables_that_cannot_be_learnt_from(string expected, string csv)
    {
        _command.Write("t.csv", csv);
        string sentence = _command.Of("train", "t.csv", "--target", "kind", "--validation", "0");
        Assert.Contains(expected, sentence, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Names_line_column_and_value_of_text_among_numbers()
    {
        _command.Write("t.csv", "a,kind\n1,x\n2,y\nthree,x\n");
        string sentence = _command.Of("train", "t.csv", "--target", "kind", "--types", "a=number");
        Assert.Contains("line 4", sentence, StringComparison.Ordinal);
        Assert.Contains("'a'", sentence, StringComparison.Ordinal);
        Assert.Contains("three", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_is_no_file_of_text()
    {
        Directory.CreateDirectory(_command["folder"]);
        _command.Write("binary.csv", [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 1, 2, 3, 0, 0, 9, 8, 0, 0]);
        _command.Write("latin.csv", Encoding.Latin1.GetBytes("größe,kind\n1,x\n2,y\n"));
        _command.Write("cut.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]);
        Assert.Contains("There is no file gone.csv", _command.Of("train", "gone.csv", "--target", "kind"),
            StringComparison.Ordinal);
        Assert.Contains("folder is a folder", _command.Of("train", "folder", "--target", "kind"), StringComparison.Ordinal);
        Assert.Contains("binary.csv", _command.Of("train", "binary.csv", "--target", "kind"), StringComparison.Ordinal);
        Assert.Contains("--encoding", _command.Of("train", "latin.csv", "--target", "kind"), StringComparison.Ordinal);
        Assert.Contains("damaged or cut off", _command.Of("train", "cut.csv.gz", "--target", "kind"), StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_the_same_bytes_with_their_encoding()
    {
        _command.Write("latin.csv", Encoding.Latin1.GetBytes("größe,kind\n1,x\n2,y\n"));
        CommandResult result = _command.Run(
            "train", "latin.csv", "--target", "kind", "--encoding", "latin1", "--validation", "0", "--epochs", "1").Succeeded();
        Assert.Contains("1 column ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_than_a_thousand_classes()
    {
        var rows = new StringBuilder("a,kind\n");
        for (int i = 0; i <= 1000; i++)
            rows.Append(i % 7).Append(",c").Append(i).Append('\n');
        _command.Write("t.csv", rows.ToString());
        Assert.Contains("1001 classes", _command.Of("train", "t.csv", "--target", "kind", "--types", "kind=category"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_more_features_than_fit()
    {
        // Every category of every column is a feature.
        const int Columns = 60, Rows = 6_100;
        var text = new StringBuilder();
        for (int row = -1; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                text.Append(row < 0 ? "c" : "v").Append(column).Append(row < 0 ? "" : $"_{row}").Append(',');
            text.Append(row < 0 ? "kind" : row % 2 == 0 ? "a" : "b").Append('\n');
        }

        _command.Write("t.csv", text.ToString());
        string types = string.Join(',', Enumerable.Range(0, Columns).Select(column => $"c{column}=category"));
        Assert.Contains("features", _command.Of("train", "t.csv", "--target", "kind", "--types", types),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_held_out_rows_that_do_not_fit_before_it_trains()
    {
        _command.Write("unknown.csv", "sepal_length,sepal_width,petal_length,petal_width,species\n5,3,1,0.2,daisy\n");
        _command.Write("short.csv", "sepal_length,petal_length,petal_width,species\n5,1,0.2,setosa\n");
        foreach (string flag in new[] { "--test", "--validation" })
        {
            string[] train = ["train", "sample:iris", "--target", "species", "--log", "log.jsonl", flag];
            Assert.Contains("'daisy'", _command.Of([.. train, "unknown.csv"]), StringComparison.Ordinal);
            Assert.Contains("'sepal_width'", _command.Of([.. train, "short.csv"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_places_that_cannot_be_written_before_it_reads()
    {
        _command.Write("file", "");
        string[] train = ["train", "gone.csv", "--target", "kind"];
        Assert.Contains("its folder does not exist", _command.Of([.. train, "--out", "nowhere/m.onnx"]),
            StringComparison.Ordinal);
        Assert.Contains("its folder does not exist", _command.Of([.. train, "--out", "file/m.onnx"]), StringComparison.Ordinal);
        Assert.Contains("it is a folder", _command.Of([.. train, "--out", "."]), StringComparison.Ordinal);
        Assert.Contains("not writable", _command.Of([.. train, "--out", "/proc/m.onnx"]), StringComparison.Ordinal);
        Assert.Contains("its folder does not exist", _command.Of([.. train, "--log", "nowhere/log.jsonl"]),
            StringComparison.Ordinal);
        Assert.Contains("same file", _command.Of([.. train, "--log", "old.onnx"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_training_leaves_the_old_log()
    {
        _command.Write("log.jsonl", "old lines");
        _command.Of("train", "sample:iris", "--target", "species", "--log", "log.jsonl", "--row-weights", "gone");
        _command.Of("train", "sample:iris", "--target", "species", "--log", "log.jsonl", "--learning-rate", "-1");
        Assert.Equal("old lines", File.ReadAllText(_command["log.jsonl"]));
    }

    [Fact]
    public void A_full_disk_ends_with_3_and_the_step()
    {
        string[] train = ["train", "sample:iris", "--target", "species", "--epochs", "2"];
        string log = Refusal.Of(_command, 3, [.. train, "--log", "/dev/full"]);
        Assert.Contains("epoch 1, step 4", log, StringComparison.Ordinal);
        Assert.Contains("No space left on device", log, StringComparison.Ordinal);
        string model = Refusal.Of(_command, 3, [.. train, "--out", "/dev/full"]);
        Assert.Contains("No space left on device", model, StringComparison.Ordinal);
        Assert.Contains("Make room", model, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_with_3_the_step_and_advice()
    {
        string sentence = Refusal.Of(
            _command, 3, "train", "sample:iris", "--target", "species", "--learning-rate", "1e30", "--epochs", "5");
        Assert.Matches("Training diverged in epoch [0-9]+, step [0-9]+: .* learning rate .* try ", sentence);
    }

    [Fact]
    public void Start_from_refuses_networks_that_do_not_fit()
    {
        _command.Write("elsewhere.onnx", Backprop.Tests.Foreign.Mixed());
        _command.Write("none.onnx", "no model");
        Assert.Contains(
            "2 →", _command.Of("train", "sample:iris", "--target", "species", "--start-from",
                "elsewhere.onnx"), StringComparison.Ordinal);
        Assert.Contains("none.onnx", _command.Of("train", "sample:iris", "--target", "species", "--start-from", "none.onnx"),
            StringComparison.Ordinal);
        _command.Run("train", "sample:iris", "--target", "species", "--epochs", "1", "--out", "iris.onnx").Succeeded();
        Assert.Contains(
            "'petal_length'", _command.Of("train", "sample:diabetes", "--target", "progression", "--start-from",
                "iris.onnx"), StringComparison.Ordinal);
        Assert.Contains(
            "predicts species, not petal_width",
            _command.Of("train", "sample:iris", "--target", "petal_width", "--ignore", "species", "--start-from",
                "iris.onnx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not a recipe", "}", "")]
    [InlineData("there is no field 'sed'", "\"seed\"", "\"sed\"")]
    [InlineData("recipe of version 2", "\"version\": 1", "\"version\": 2")]
    [InlineData("the field 'seed' is missing", "\"seed\": 0,", "")]
    [InlineData("one of single, double", "\"single\"", "\"half\"")]
    [InlineData("is null where there must be one", "\"squared\"", "null")]
    [InlineData("network.hidden holds a null", "\"128*relu\"", "null")]
    [InlineData("data.decimal is", "\"decimal\": \".\"", "\"decimal\": \"\"")]
    [InlineData("share between 0 and 1, not 7", "\"validation\": 0.2", "\"validation\": 7")]
    [InlineData("Unknown optimizer", "\"adam:", "\"adamm:")]
    [InlineData("no column 'petal_wdth'; did you mean", "\"petal_width\"", "\"petal_wdth\"")]
    public void Refuses_recipes_that_are_none(string expected, string from, string to)
    {
        string recipe = _command.Run(
            "train", "sample:iris", "--target", "species", "--layers", "128,64", "--activation", "relu", "--loss", "squared",
            "--optimizer", "adam", "--validation", "0.2", "--print-recipe").Succeeded().Output;
        Assert.Contains(from, recipe, StringComparison.Ordinal);
        _command.Write("recipe.json", recipe.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(expected, _command.Of("train", "sample:iris", "--recipe", "recipe.json"), StringComparison.Ordinal);
    }
}

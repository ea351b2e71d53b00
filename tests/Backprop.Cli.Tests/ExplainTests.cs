using System.Text.Json;

namespace Backprop.Cli.Tests;

public sealed class ExplainTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Rows_without_the_target_show_inputs_and_values_alone()
    {
        _command.Run("train", "sample:penguins", "-t", "species", "--epochs", "2", "--layers", "4", "-o", "p.onnx").Succeeded();
        _command.Write(
            "new.csv", "island,beak_length_mm,beak_depth_mm,flipper_length_mm,body_mass_g,sex\nBiscoe,45,15,220,5200,MALE\n");
        _command.Write(
            "known.csv",
            "species,island,beak_length_mm,beak_depth_mm,flipper_length_mm,body_mass_g,sex\nGentoo,Biscoe,45,15,220,5200,MALE\n");
        CommandResult text = _command.Run("explain", "p.onnx", "new.csv", "--row", "1").Succeeded();
        Assert.Equal(
            "new.csv does not have the target species, so only inputs and values are shown: there is no loss, and no error that "
            + "flows back.\n",
            text.Error);
        Assert.StartsWith("Row 1 of new.csv: its target is not known.\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("Layer 2: 3*linear", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Loss", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("update", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("push", text.Output, StringComparison.Ordinal);

        // The values are those of the row with its target.
        JsonElement unknown = _command.Run("explain", "p.onnx", "new.csv", "--row", "1", "--json").Succeeded().Json;
        JsonElement known = _command.Run("explain", "p.onnx", "known.csv", "--row", "1", "--json").Succeeded().Json;
        Assert.False(unknown.TryGetProperty("loss", out _));
        Assert.False(unknown.TryGetProperty("update", out _));
        Assert.False(unknown.GetProperty("layers")[0].TryGetProperty("delta", out _));
        foreach (string name in new[] { "U", "X", "weights", "biases" })
        {
            Assert.Equal(
                known.GetProperty("layers")[1].GetProperty(name).GetRawText(),
                unknown.GetProperty("layers")[1].GetProperty(name).GetRawText());
        }
    }

    [Fact]
    public void Thirty_neurons_are_told_in_lines_of_at_most_100_characters()
    {
        Train("sample:iris", "species", "--layers", "16,14", "--activation", "8*tanh+8*relu,tanh");
        foreach (string[] more in new[] { new[] { "--row", "51" }, ["--row", "51-60"], ["--row", "51,150", "--top", "0"] })
        {
            string output = _command.Run(["explain", "m.onnx", "sample:iris", .. more]).Succeeded().Output;
            string[] lines = output.Split('\n');
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
            int[] places = [.. new[]
            {
                "Inputs", "Layer 1: 8*tanh+8*relu", "Layer 2: 14*tanh", "Layer 3: 3*linear", "Loss", "Back through layer 3",
                "Back through layer 2", "Back through layer 1", "Back to the inputs", "First update", "Update of layer 1",
                "Update of layer 3", "Which column pushed the loss",
            }.Select(heading => Array.IndexOf(lines, heading))];
            Assert.DoesNotContain(-1, places);
            Assert.Equal(places.Order(), places);
            Assert.Equal(more.Contains("0"), !output.Contains("entries are left out", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Missing_cells_are_told_with_the_features_they_give()
    {
        Train("sample:penguins", "species", "--layers", "4");
        string output = _command.Run("explain", "m.onnx", "sample:penguins", "--row", "4").Succeeded().Output;
        Assert.Matches("(?m)^  beak_length_mm +\\(missing\\) +4 beak_length_mm +", output);
        Assert.Matches("(?m)^ +5 beak_length_mm is missing +1\\.0000$", output);
        Assert.Matches("(?m)^  island +Torgersen +", output);
    }

    [Fact]
    public void Top_layer_and_neuron_choose_and_say_what_they_leave_out()
    {
        Train("sample:diabetes", "progression", "--layers", "12");
        string top = _command.Run("explain", "m.onnx", "sample:diabetes", "--row", "2", "--top", "3").Succeeded().Output;
        Assert.Contains(
            "(9 of 12 neurons are left out, those of the smallest |X¹|; --top 0 shows all.)", top, StringComparison.Ordinal);
        Assert.Contains("(117 of 120 entries are left out", top, StringComparison.Ordinal);
        string one = _command.Run(
            "explain", "m.onnx", "sample:diabetes", "--row", "2", "--layer", "1", "--neuron", "5").Succeeded().Output;
        Assert.Contains("Only neuron 5 of layer 1 is shown", one, StringComparison.Ordinal);
        Assert.DoesNotContain("Layer 2", one, StringComparison.Ordinal);
        Assert.Matches("(?m)^  W¹₃,₅ +3 bmi +5 ", one);
        Assert.DoesNotContain("W¹₃,₄", one, StringComparison.Ordinal);
    }

    /// <summary>A reader with nothing but the JSON makes Adam's first step.</summary>
    [Theory]
    [InlineData("single")]
    [InlineData("double")]
    public void The_json_adds_up(string precision)
    {
        Train("sample:iris", "species", "--layers", "5,4", "--precision", precision, "--optimizer", "adamw:beta1=0.8", "--clip",
            "norm=0.1", "--l2", "0.01", "--schedule", "cosine:warmup=5", "--class-weights", "setosa=2");
        JsonElement json = _command.Run(
            "explain", "m.onnx", "sample:iris", "--row", "1,51,101", "--json", "--top", "1").Succeeded().Json;
        JsonElement update = json.GetProperty("update"), adam = update.GetProperty("optimizer");
        double eta = update.GetProperty("learningRate").GetDouble();
        Assert.Equal(0.001 / 5, eta, 1e-12);
        double beta1 = adam.GetProperty("beta1").GetDouble(), beta2 = adam.GetProperty("beta2").GetDouble();
        double epsilon = adam.GetProperty("epsilon").GetDouble(), factor = update.GetProperty("clipFactor").GetDouble();
        double l2 = update.GetProperty("l2").GetDouble(), decay = update.GetProperty("weightDecay").GetDouble();
        Assert.Equal(0.8, beta1);
        double tolerance = precision == "single" ? 2e-7 : 1e-15;

        double squares = 0;
        foreach (JsonElement layer in json.GetProperty("layers").EnumerateArray())
        {
            Check(
                Flat(layer.GetProperty("weights")), Flat(layer.GetProperty("weightGradient")),
                Flat(layer.GetProperty("newWeights")), l2, decay);
            Check(
                Flat(layer.GetProperty("biases")), Flat(layer.GetProperty("biasGradient")), Flat(layer.GetProperty("newBiases")),
                0, 0);
        }

        double norm = update.GetProperty("gradientNorm").GetDouble();
        Assert.Equal(Math.Sqrt(squares), norm, 1e-6 * norm);
        Assert.Equal(0.1 / (norm + 1e-6), factor, 1e-6);

        double[] losses = Flat(json.GetProperty("loss").GetProperty("rowLosses")),
            weights = Flat(json.GetProperty("loss").GetProperty("rowWeights"));
        Assert.Equal([1.5, 0.75, 0.75], weights);
        Assert.Equal(
            losses.Zip(weights, (loss, weight) => loss * weight).Sum() / 3,
            json.GetProperty("loss").GetProperty("batch").GetDouble(),
            10 * tolerance);

        void Check(double[] before, double[] gradient, double[] after, double penalty, double fade)
        {
            for (int i = 0; i < before.Length; i++)
            {
                double g = gradient[i] + penalty * before[i];
                squares += g * g;
                g *= factor;
                double m = (1 - beta1) * g, v = (1 - beta2) * g * g;
                double expected = before[i] * (1 - eta * fade) - eta / (1 - beta1) * m / (Math.Sqrt(v / (1 - beta2)) + epsilon);
                Assert.Equal(expected, after[i], tolerance * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Numbers_of_a_single_precision_model_come_back_as_they_were()
    {
        Train("sample:diabetes", "progression", "--layers", "3");
        JsonElement json = _command.Run("explain", "m.onnx", "sample:diabetes", "--row", "8-9", "--json").Succeeded().Json;
        Model model = Model.Load(_command["m.onnx"]);
        Explanation explanation = model.Explain(Samples.Read("diabetes", default, _ => default), [7, 8]);
        JsonElement layer = json.GetProperty("layers")[0];
        foreach ((string name, Engine.ReadOnlyMatrix<double> matrix) in new[]
        {
            ("U", explanation.Layers[0].U), ("weights", explanation.Layers[0].Weights),
            ("newWeights", explanation.Layers[0].NewWeights),
            ("weightGradient", explanation.Layers[0].WeightGradient), ("delta", explanation.Layers[0].Delta),
        })
        {
            float[] read = [.. layer.GetProperty(name).EnumerateArray().SelectMany(row => row.EnumerateArray())
                .Select(cell => cell.GetSingle())];
            Assert.Equal(matrix.ToArray().Cast<double>().Select(value => (float)value), read);
        }

        Assert.Equal(
            explanation.Columns[0].Cells,
            json.GetProperty("columns")[0].GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!));
    }

    [Fact]
    public void Shards_are_shown_with_the_tree_that_adds_them_and_are_in_the_json()
    {
        Train("sample:diabetes", "progression", "--layers", "2", "--shards", "3", "--batch", "full", "--precision", "double");
        string[] explain = ["explain", "m.onnx", "sample:diabetes", "--row", "8,3,5,11"];
        string text = _command.Run(explain).Succeeded().Output;
        Assert.Contains("∂e/∂W¹ = X⁰ᵀ·∂e/∂U¹, ∂e/∂W¹ = (G¹₁ + G¹₂) + G¹₃", text, StringComparison.Ordinal);
        Assert.Contains("into 3 shards (row 8, row 3, 2 rows from 5 to 11)", text.Replace('\n', ' '), StringComparison.Ordinal);
        JsonElement json = _command.Run([.. explain, "--json"]).Succeeded().Json;
        JsonElement[] shards = [.. json.GetProperty("shards").EnumerateArray()];
        Assert.Equal("[[8],[3],[5,11]]", $"[{string.Join(',', shards.Select(shard => shard.GetProperty("rows").ToString()))}]");
        for (int k = 0; k < 2; k++)
        {
            JsonElement layer = json.GetProperty("layers")[k];
            foreach (string gradient in new[] { "weightGradient", "biasGradient" })
            {
                double[][] parts = [.. shards.Select(shard => Flat(shard.GetProperty("layers")[k].GetProperty(gradient)))];
                IEnumerable<double> sum = parts[0].Zip(parts[1], (a, b) => a + b).Zip(parts[2], (ab, c) => ab + c);
                Assert.Equal(sum, Flat(layer.GetProperty(gradient)));
            }
        }

        Train("sample:diabetes", "progression", "--layers", "2");
        Assert.False(_command.Run([.. explain, "--json"]).Succeeded().Json.TryGetProperty("shards", out _));
    }

    [Fact]
    public void Layers_of_every_kind_are_shown_in_every_form()
    {
        Train("sample:penguins", "species", "--layers", "embed:width=2,4,batchnorm,layernorm,3,scale");
        foreach (string rows in new[] { "3", "1,5,160,340" })
        {
            string[] explain = ["explain", "m.onnx", "sample:penguins", "--row", rows];
            string text = _command.Run(explain).Succeeded().Output;
            Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
            foreach (string heading in new[] { "Layer 3: batchnorm", "Back through layer 1", "Update of layer 6" })
                Assert.Contains($"\n{heading}\n", text, StringComparison.Ordinal);
            Assert.Contains("X¹ = [X⁰, E¹₁[c₁], E¹₂[c₂]]", text, StringComparison.Ordinal);
            Assert.Contains("g = ∂e/∂p", text, StringComparison.Ordinal);
            Assert.Contains("for each weight, factor or bias p", text, StringComparison.Ordinal);
            Assert.Contains(rows == "3" ? "Z³ = (X² − M³)/√(V³ + 1e−05)" : "Z³ = (X² − μ³)/σ³", text, StringComparison.Ordinal);
            string latex = _command.Run([.. explain, "--latex"]).Succeeded().Output;
            Assert.Equal(latex.Count(sign => sign == '{'), latex.Count(sign => sign == '}'));
            Assert.Contains(@"\gamma", _command.Run([.. explain, "--markdown"]).Succeeded().Output, StringComparison.Ordinal);
        }

        JsonElement layers = _command.Run(
            "explain", "m.onnx", "sample:penguins", "--row", "1-6", "--json").Succeeded().Json.GetProperty("layers");
        Assert.Equal(
            ["embed(4*2, 5*2)", "", "batchnorm", "layernorm", "", "scale", ""],
            layers.EnumerateArray().Select(layer => layer.TryGetProperty("kind", out JsonElement kind) ? kind.GetString() : ""));
        JsonElement factors = layers[2].GetProperty("tensors")[0];
        Assert.Equal("factors", factors.GetProperty("name").GetString());
        double[] before = Flat(factors.GetProperty("values")), change = Flat(factors.GetProperty("change"));
        Assert.Equal(
            Flat(factors.GetProperty("newValues")),
            before.Zip(change, (value, by) => value + by),
            (a, b) => Math.Abs(a - b) < 1.2e-7);
        Assert.False(layers[2].GetProperty("tensors")[2].TryGetProperty("gradient", out _));
        Assert.Equal(6, layers[0].GetProperty("codes").GetArrayLength());
        Assert.Contains(
            "the document's layers are dense, and layer 1 is embed(", _command.Of(
                ["explain", "m.onnx", "sample:penguins", "--row", "1", "--notation", "rows"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_training_loss_is_said_to_be_the_mean_per_row_with_sums_too()
    {
        string[] train =
            ["train", "sample:diabetes", "--target", "progression", "--epochs", "1", "--validation", "0", "--out", "m.onnx"];
        foreach (string reduction in new[] { "mean", "sum" })
        {
            string output = _command.Run([.. train, "--reduction", reduction, "--learning-rate", "1e-6"]).Succeeded().Output;
            Assert.Matches(@"(?m)^Training loss \S+ \(mean per row\), RMSE [0-9.]+; no rows were held out", output);
            string text = _command.Run("explain", "m.onnx", "sample:diabetes", "--row", "1-3").Succeeded().Output;
            Assert.Matches($@"(?m)^  e = \S.* the loss, {reduction} over the rows$", text);
        }
    }

    [Theory]
    [InlineData("indices", "--layers 3,2 --no-bias")]
    [InlineData("rows", "--layers 3,2")]
    [InlineData("scalars", "--layers 3 --loss squared")]
    [InlineData("likelihood", "--layers 3 --activation tanh --loss half-squared")]
    [InlineData("columns", "--layers 3,2 --loss half-squared")]
    public void Every_notation_is_written_in_every_form(string notation, string flags)
    {
        Train("sample:diabetes", "progression", flags.Split(' '));
        string[] explain = ["explain", "m.onnx", "sample:diabetes", "--row", "3-5", "--notation", notation];
        string text = _command.Run(explain).Succeeded().Output;
        Assert.Contains($"Notation {notation}: ", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));

        // The texts that Backprop.Tests evaluates are those on the screen, but for where lines end.
        NotatedExplanation view = Model.Load(_command["m.onnx"])
            .Explain(Samples.Read("diabetes", default, _ => default), [2, 3, 4]).In(Notation.Parse(notation));
        string flowing = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            view.Quantities.Where(quantity => quantity.Formula is not null),
            quantity => Assert.Contains(quantity.Formula!.Value.Plain, flowing, StringComparison.Ordinal));
        string latex = _command.Run([.. explain, "--latex"]).Succeeded().Output;
        foreach (string environment in new[] { "align*", "tabular", "center" })
        {
            int begins = latex.Split($"\\begin{{{environment}}}").Length;
            Assert.True(begins > 1);
            Assert.Equal(begins, latex.Split($"\\end{{{environment}}}").Length);
        }

        Assert.Equal(latex.Count(sign => sign == '{'), latex.Count(sign => sign == '}'));
        Assert.Equal(0, latex.Count(sign => sign == '$') % 2);
        Assert.DoesNotContain("log_triglycerides", latex, StringComparison.Ordinal);
        string markdown = _command.Run([.. explain, "--markdown"]).Succeeded().Output;
        Assert.Contains("| :-- |", markdown, StringComparison.Ordinal);
        foreach (string[] table in markdown.Split("\n\n").Where(block => block.StartsWith('|'))
            .Select(block => block.Trim('\n').Split('\n')))
        {
            Assert.All(table, line => Assert.Equal(table[1].Count(sign => sign == '|'), line.Count(sign => sign == '|')));
        }

        JsonElement json = _command.Run([.. explain, "--json"]).Succeeded().Json;
        Assert.Equal(notation, json.GetProperty("notation").GetString());
        Assert.Contains(json.GetProperty("quantities").EnumerateArray(), quantity => quantity.TryGetProperty("numbers", out _));
    }

    [Fact]
    public void A_model_of_other_data_is_refused_in_one_sentence()
    {
        Train("sample:iris", "species", "--layers", "3");
        Assert.Contains(
            "sepal_length", _command.Of("explain", "m.onnx", "sample:diabetes", "--row", "1"), StringComparison.Ordinal);
        _command.Write("rosa.csv", "sepal_length,sepal_width,petal_length,petal_width,species\n1,2,3,4,rosa\n");
        Assert.Contains(
            "says 'rosa' in line 2", _command.Of("explain", "m.onnx", "rosa.csv", "--row", "1"), StringComparison.Ordinal);
        Assert.Contains("--row", _command.Of("explain", "m.onnx", "sample:iris"), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_an_example()
    {
        string help = _command.Run("explain", "--help").Succeeded().Output;
        Assert.Contains("backprop explain iris.onnx sample:iris --row 51", help, StringComparison.Ordinal);
        Assert.Contains("indices, rows, scalars, likelihood, columns", help, StringComparison.Ordinal);
    }

    void Train(string data, string target, params string[] more) =>
        _command.Run(["train", data, "--target", target, "--epochs", "2", "--out", "m.onnx", .. more]).Succeeded();

    static double[] Flat(JsonElement array) =>
        [.. array.EnumerateArray().SelectMany(item => item.ValueKind == JsonValueKind.Array ? Flat(item) : [item.GetDouble()])];
}

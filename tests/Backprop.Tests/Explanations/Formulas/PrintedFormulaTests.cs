using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>
/// Every formula that an explanation prints, read from its plain text and evaluated over the numbers shown with it, gives those
/// numbers, in every notation; none is left out, and none of the numbers is without a formula.
/// </summary>
public sealed class PrintedFormulaTests
{
    public static TheoryData<string> Activations => [.. FormulaCases.Activations];

    public static TheoryData<string> Optimizers => [.. Optimizer.All.Select(optimizer => optimizer.Named.Name)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Of_every_activation_and_loss(string activation)
    {
        var count = new FormulaCount();
        int place = 0;
        foreach ((string loss, string link) in FormulaCases.Losses)
        {
            foreach (bool bias in new[] { true, false })
            {
                place++;
                bool isDeep = place % 3 == 0;
                Model model = FormulaCases.Train(loss, link, options => options with
                {
                    Layers = isDeep ? [3, 4] : [3],
                    Activations = isDeep ? [activation, $"1*tanh+1*{activation}+2*relu"] : [activation],
                    Bias = bias,
                    Reduction = place % 4 < 2 ? Reduction.Mean : Reduction.Sum,
                    RowWeights = place % 5 < 2 ? "w" : null,
                });
                foreach (int[] rows in FormulaCases.Rows)
                    count.Add(FormulaCases.Explain(model, rows));
            }
        }

        count.AssertAtLeast(("engine", 1000), ("indices", 300), ("rows", 500), ("scalars", 50));
    }

    [Theory]
    [InlineData("gradient-descent")]
    [InlineData("adam")]
    public void Of_every_notation_with_its_own_networks(string optimizer)
    {
        var count = new FormulaCount();
        foreach ((Reduction reduction, string? weights, bool bias) in
            from reduction in new[] { Reduction.Mean, Reduction.Sum }
            from weights in new[] { null, "w" }
            from bias in new[] { true, false }
            select (reduction, weights, bias))
        {
            foreach ((string loss, string link, int[] layers, string[] activations) in new (string, string, int[], string[])[]
            {
                ("half-squared", "linear", [4], ["tanh"]), ("half-squared", "linear", [4], ["logistic"]),
                ("half-squared", "linear", [4], ["relu"]),
                ("softmax-cross-entropy", "softmax", [4], ["tanh"]),
                ("softmax-cross-entropy:smoothing=0.2", "softmax", [4], ["relu"]),
                ("logistic-cross-entropy", "logistic", [4], ["logistic"]),
                ("half-squared", "linear", [3, 4], ["logistic", "mish"]),
                ("half-squared", "linear", [3, 4], ["silu"]), ("squared", "linear", [2, 3, 2], ["sine", "1*tanh+2*gelu", "elu"]),
                ("squared", "linear", [2], ["linear"]), ("squared", "linear", [], []),
            })
            {
                Model model = FormulaCases.Train(loss, link, options => options with
                {
                    Layers = [.. layers],
                    Activations = activations.Length == 0 ? null : activations,
                    Bias = bias,
                    Reduction = reduction,
                    RowWeights = weights,
                    Optimizer = Optimizer.Parse(optimizer),
                    LearningRate = 0.01,
                    Clip = Clip.None,
                    Schedule = Schedule.Constant,
                });
                foreach (int[] rows in FormulaCases.Rows)
                    count.Add(FormulaCases.Explain(model, rows));
            }
        }

        count.AssertAtLeast(("engine", 2000), ("indices", 500), ("rows", 1000), ("scalars", 500), ("likelihood", 1000),
            ("columns", 1000));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Of_every_optimizer_at_the_first_step_and_later_with_all_that_stands_before_its_rule(string name)
    {
        using var folder = new ScratchFolder();
        var count = new FormulaCount();
        var optimizer = Optimizer.Parse(name);
        foreach ((double l1, double l2, double decay, string clip, string schedule) in new[]
        {
            (0, 0, 0, "none", "constant"), (0.01, 0, 0, "none", "cosine:warmup=7"),
            (0, 0.02, 0.1, "value=0.05", "constant:warmup=9"),
            (0.01, 0.02, 0.1, "norm=0.03", "one-cycle"), (0, 0, 0.1, "norm=1000", "exponential"),
        })
        {
            (string, string)[] losses =
                [("squared", "linear"), ("half-squared", "linear"), ("softmax-cross-entropy", "softmax")];
            foreach ((string loss, string link) in losses)
            {
                foreach (bool bias in new[] { true, false })
                {
                    string path = Path.Combine(folder.Path, $"{l1} {l2} {clip} {loss} {bias}.ckpt");
                    Model model = FormulaCases.Train(
                        loss, link, options => options with
                        {
                            Layers = [3],
                            Activations = ["tanh"],
                            Bias = bias,
                            Epochs = 6,
                            Optimizer = optimizer,
                            L1 = l1,
                            L2 = l2,
                            WeightDecay = decay,
                            Clip = Clip.Parse(clip),
                            Schedule = optimizer.NeedsFullBatch ? Schedule.Constant : Schedule.Parse(schedule),
                        },
                        new RunOptions { Checkpoint = new CheckpointOptions { Path = path, Interval = TimeSpan.Zero } });
                    foreach (int[] rows in FormulaCases.Rows)
                    {
                        count.Add(FormulaCases.Explain(model, rows));
                        Explanation later = FormulaCases.Explain(model, rows, Checkpoint.Load(path));
                        Assert.Equal(7, later.Update.Step);
                        count.Add(later);
                    }
                }
            }
        }

        count.AssertAtLeast(("engine", 2000), ("indices", 500), ("rows", 1000), ("scalars", 500), ("likelihood", 1000),
            ("columns", 500));
    }

    [Fact]
    public void Of_one_neuron_in_every_layer()
    {
        var count = new FormulaCount();
        foreach (string activation in FormulaCases.Activations)
        {
            Model model = FormulaCases.Train("squared", "linear", options => options with
            {
                Layers = [1, 1],
                Activations = [activation],
                Ignore = [.. options.Ignore, "x2", "x3"],
                Optimizer = Optimizer.GradientDescent,
                Clip = Clip.None,
            });
            foreach (int[] rows in FormulaCases.Rows)
                count.Add(FormulaCases.Explain(model, rows));
        }

        count.AssertAtLeast(("engine", 500), ("rows", 500), ("scalars", 500));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Of_every_shard_and_of_the_tree_that_adds_them(int shards)
    {
        var count = new FormulaCount();
        foreach (bool bias in new[] { true, false })
        {
            Model model = FormulaCases.Train("half-squared", "linear", options => options with
            {
                Layers = [3],
                Activations = ["tanh"],
                Bias = bias,
                Shards = shards,
                RowWeights = bias ? "w" : null,
            });
            Explanation explanation = FormulaCases.Explain(model, [0, 7, 2, 5, 4, 1, 3]);
            count.Add(explanation);
            Assert.Equal(
                2 * Math.Min(7, shards),
                explanation.In(Notation.Engine).Quantities.Count(quantity => quantity.Symbol.Plain.StartsWith('G')));
        }

        count.AssertAtLeast(("engine", 50));
    }

    /// <summary>What is printed is broken in one place after another, and each time something does not add up.</summary>
    [Theory]
    [InlineData("engine", "softmax-cross-entropy:smoothing=0.1", "softmax", 25)]
    [InlineData("engine", "huber", "linear", 25)]
    [InlineData("indices", "squared", "linear", 25)]
    [InlineData("rows", "half-squared", "linear", 25)]
    [InlineData("scalars", "squared", "linear", 25)]
    [InlineData("likelihood", "softmax-cross-entropy", "softmax", 25)]
    [InlineData("columns", "half-squared", "linear", 25)]
    public void A_formula_that_is_wrong_is_seen(string notation, string loss, string link, int least)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "c.ckpt");
        (string From, string To)[] breaks =
        [
            (" + ", " − "), (" − ", " + "), ("ᵀ", ""), ("½", ""), ("2(", "("), ("1/N", "1"), ("tanh", "sin"), ("√", ""),
            ("β₁", "β₂"), ("t", "s"),
            ("ln", "tanh"), ("²", "³"), ("0.5", "0.6"), ("1/", "2/"), ("m ←", "m ← 2"), ("Σᵣ", "2 Σᵣ"), ("′", ""),
        ];
        Model model = FormulaCases.Train(loss, link, options => options with
        {
            Layers = [3],
            Activations = ["tanh"],
            Bias = notation != "indices",
            RowWeights = "w",
            Optimizer = Optimizer.NAdam(),
        }, new RunOptions { Checkpoint = new CheckpointOptions { Path = path, Interval = TimeSpan.Zero } });
        NotatedExplanation view = FormulaCases.Explain(model, [.. Enumerable.Range(0, 8)], Checkpoint.Load(path))
            .In(Notation.Parse(notation));
        Assert.Empty(FormulaChecker.Run(view).Failures);
        int broken = 0;
        var survivors = new List<string>();
        for (int i = 0; i < view.Quantities.Length; i++)
        {
            if (view.Quantities[i].Formula is not { } formula)
                continue;
            foreach ((string from, string to) in breaks)
            {
                int at = formula.Plain.IndexOf(from, formula.Plain.IndexOfAny(['=', '←']), StringComparison.Ordinal);
                if (at < 0)
                    continue;
                string wrong = formula.Plain[..at] + to + formula.Plain[(at + from.Length)..];
                var changed = new NotatedExplanation
                {
                    Notation = view.Notation,
                    Explanation = view.Explanation,
                    Remarks = view.Remarks,
                    Quantities = view.Quantities.SetItem(
                        i, view.Quantities[i] with { Formula = new MathText(formula.Latex, wrong) }),
                };
                broken++;
                if (FormulaChecker.Run(changed).Failures.Count == 0)
                    survivors.Add(wrong);
            }
        }

        Assert.Empty(survivors);
        Assert.InRange(broken, least, int.MaxValue);
    }

    /// <summary>It has a name and no text of its formula, and must not be given another's.</summary>
    [Fact]
    public void An_activation_of_a_users_own_is_shown_by_its_numbers_alone()
    {
        Model model = FormulaCases.Train("squared", "linear", options => options with
        {
            Layers = [3],
            Activations = ["swish"],
            OwnActivations = [Activation.Of(new HastySwish(IsHasty: false))],
            Bias = false,
        });
        foreach (NotatedExplanation view in FormulaCases.Views(FormulaCases.Explain(model, [0])))
        {
            Quantity[] values = [.. view.Quantities.Where(quantity => quantity is { Part: QuantityPart.ValueFlow, Layer: 1 })];
            Assert.Equal(3, values.Length);
            Assert.DoesNotContain(',', values[1].Formula!.Value.Plain.Replace("₁,ⱼ", "", StringComparison.Ordinal));
            Assert.Null(values[2].Formula);
            Assert.NotNull(values[2].Numbers);
        }
    }

    [Fact]
    public void The_cases_have_every_loss() => Assert.Empty(
        Loss.All.Select(loss => loss.Named.Name).Except(FormulaCases.Losses.Select(pair => Loss.Parse(pair.Loss).Named.Name)));

    [Fact]
    public void Of_every_clip_but_none_the_formula_stands_before_the_rule()
    {
        foreach (Clip clip in Clip.All)
        {
            Model model = FormulaCases.Train("squared", "linear", options => options with { Layers = [3], Clip = clip });
            Assert.Equal(
                clip == Clip.None ? [] : [$"clipped by {clip.Named.Name}, c = 1"],
                UpdateFormulas.Links(FormulaCases.Explain(model, [3]).Update).Select(link => link.Words.Split(';')[0]));
        }
    }

    [Fact]
    public void In_single_precision_too()
    {
        var count = new FormulaCount();
        foreach ((string loss, string link) in FormulaCases.Losses)
        {
            foreach (Optimizer optimizer in Optimizer.All)
            {
                Model model = FormulaCases.Train(loss, link, options => options with
                {
                    Layers = [3],
                    Activations = ["tanh"],
                    Optimizer = optimizer,
                    Precision = Precision.Single,
                });
                foreach (int[] rows in FormulaCases.Rows)
                    count.Add(FormulaCases.Explain(model, rows));
            }
        }

        count.AssertAtLeast(("engine", 2000), ("rows", 1000), ("likelihood", 500), ("columns", 200), ("scalars", 200));
    }
}

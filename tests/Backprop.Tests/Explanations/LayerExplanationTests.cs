using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>What explanations print of layers that are not dense adds up, and documents' notations refuse them by name.</summary>
public sealed class LayerExplanationTests
{
    public static TheoryData<string> Stacks =>
    [
        "scale,3*tanh", "layernorm,4*tanh,layernorm:epsilon=0.01", "batchnorm,4*gelu,batchnorm:momentum=0.3",
        "3*tanh,batchnorm,scale",
        "embed:width=2,4*tanh", "scale,embed:width=2,3*tanh", "embed,batchnorm,3*relu,dropout:rate=0.2,layernorm,3*tanh,scale",
    ];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Every_printed_formula_gives_the_printed_numbers(string layers)
    {
        var count = new FormulaCount();
        foreach ((string loss, string output) in new[]
        {
            ("squared", "linear"), ("softmax-cross-entropy:smoothing=0.1", "softmax"), ("squared", "softmax"),
        })
        {
            foreach ((Precision precision, Reduction reduction, string? weights) in new (Precision, Reduction, string?)[]
            {
                (Precision.Double, Reduction.Mean, null), (Precision.Single, Reduction.Sum, "w"),
                (Precision.Double, Reduction.Mean, "w"),
            })
            {
                Model model = Train(layers, loss, output, options => options with
                {
                    Precision = precision,
                    Reduction = reduction,
                    RowWeights = weights,
                    L2 = 0.01,
                    WeightDecay = 0.1,
                });
                foreach (int[] rows in FormulaCases.Rows)
                    count.Add(FormulaCases.Explain(model, rows));
            }
        }

        count.AssertAtLeast(("engine", 200));
    }

    [Theory]
    [InlineData("batchnorm,3*tanh,batchnorm", 2)]
    [InlineData("embed:width=2,batchnorm,3*tanh,scale,layernorm", 3)]
    public void So_it_does_with_shards(string layers, int shards)
    {
        Model model = Train(layers, "half-squared", "linear", options => options with { Shards = shards, RowWeights = "w" });
        Explanation explanation = FormulaCases.Explain(model, [0, 7, 2, 5, 4, 1, 3]);
        Assert.True(explanation.UsesBatchStatistics);
        var count = new FormulaCount();
        count.Add(explanation);
        count.AssertAtLeast(("engine", 30));
    }

    [Fact]
    public void Factors_of_tensors_are_said_with_the_rule()
    {
        Model model = Train("3*tanh", "half-squared", "linear", options => options with
        {
            Optimizer = Optimizer.GradientDescent,
            LearningRate = 0.5,
            LearningRateFactors = new Dictionary<string, double> { ["bias"] = 0.25, ["layer1.weights"] = 0 },
            WeightDecay = 0.125,
            DecayFactors = new Dictionary<string, double> { ["layer2.bias"] = 2 },
            Precision = Precision.Double,
        });
        Explanation explanation = FormulaCases.Explain(model, [0, 3]);
        Assert.False(explanation.Update.IsPlain);
        string words = string.Join('\n', explanation.In(Notation.Engine).Quantities.Select(quantity => quantity.Meaning));
        Assert.Contains(
            "gradient-descent with η = 0.5; η times 0.25 for bias; η times 0 for layer1.weights", words,
            StringComparison.Ordinal);
        Assert.Contains(
            "decay, of weights, before the rule: η = 0.5, d = 0.125; η times 0.25 for bias; η times 0 for layer1.weights; "
            + "d times 2 for layer2.bias", words, StringComparison.Ordinal);

        ExplainedLayer first = explanation.Layers[0], second = explanation.Layers[1];
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(0, first.WeightChange[0, j]);
            Assert.Equal(-0.5 * 0.25 * first.BiasGradient![0, j], first.BiasChange![0, j], 1e-15);
            double decayed = second.Weights[j, 0] * (1 - 0.5 * 0.125);
            Assert.Equal(decayed - 0.5 * second.WeightGradient[j, 0], second.NewWeights[j, 0], 1e-15);
        }

        double bias = second.Biases![0, 0] * (1 - 0.5 * 0.25 * 0.125 * 2) - 0.5 * 0.25 * second.BiasGradient![0, 0];
        Assert.Equal(bias, second.NewBiases![0, 0], 1e-15);
    }

    [Fact]
    public void A_layer_before_softmax_that_is_not_dense_is_shown_with_what_softmax_takes()
    {
        Model trained = Train("3*tanh", "softmax-cross-entropy", "softmax", options => options);
        var network = new Network(
            3, [new Dense(4, Activation.Tanh), new Dense(3, Activation.Linear), new LayerNorm(), new BatchNorm(), new Softmax()]);
        var core = new ModelCoreOf<double>(Initializer.HeNormal.Create<double>(network, 3))
        {
            Encoder = trained.Core.Encoder,
            Target = trained.Core.Target,
            Metadata = trained.Core.Metadata,
        };
        var count = new FormulaCount();
        foreach (int[] rows in FormulaCases.Rows)
            count.Add(FormulaCases.Explain(new Model(core, trained.Recipe), rows));
        count.AssertAtLeast(("engine", 60));
    }

    /// <summary>What is printed is broken in one place after another, and each time something does not add up.</summary>
    [Theory]
    [InlineData("embed:width=2,batchnorm,3*tanh,layernorm,scale")]
    public void A_formula_that_is_wrong_is_seen(string layers)
    {
        (string From, string To)[] breaks =
        [
            (" + ", " − "), (" − ", " + "), ("γ", "b"), ("Z", "X"), ("√", ""), ("Σᵣ", "2 Σᵣ"), ("/σ", "σ"), ("[c₁]", "[c₂]"),
            ("1/", "2/"),
            ("[1 …", "[2 …"),
        ];
        Model model = Train(layers, "squared", "linear", options => options with { RowWeights = "w" });
        NotatedExplanation view = FormulaCases.Explain(model, [.. Enumerable.Range(0, 8)]).In(Notation.Engine);
        Assert.Empty(FormulaChecker.Run(view).Failures);
        var survivors = new List<string>();
        int broken = 0;
        for (int i = 0; i < view.Quantities.Length; i++)
        {
            if (view.Quantities[i] is not { Formula: { } formula, Layer: not null })
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
        Assert.InRange(broken, 25, int.MaxValue);
    }

    /// <summary>The trainer's first step, running statistics included.</summary>
    [Theory]
    [MemberData(nameof(Stacks))]
    public void The_update_is_the_trainers_first_step_bit_for_bit(string layers)
    {
        foreach (int shards in new[] { 1, 2 })
        {
            string plain = layers.Replace("dropout:rate=0.2,", "", StringComparison.Ordinal);
            Model model = Train(plain, "squared", "linear", options => options with
            {
                Precision = Precision.Single,
                Shards = shards,
            });
            Explanation explanation = FormulaCases.Explain(model, [0, 4, 7, 2, 5]);
            Assert.Equal(FirstStep.Of<float>(model, explanation).Hash(), explanation.NewParameters<float>()!.Hash());
            Assert.Equal(layers.Contains("batchnorm", StringComparison.Ordinal), explanation.UsesBatchStatistics);
        }
    }

    [Fact]
    public void One_row_meets_the_running_statistics_and_leaves_them()
    {
        Model model = Train("3*tanh,batchnorm", "squared", "linear", options => options);
        Explanation explanation = FormulaCases.Explain(model, [3]);
        Assert.False(explanation.UsesBatchStatistics);
        ExplainedLayer layer = explanation.Layers[1];
        Assert.Null(layer.ShardMeans);
        Assert.All(layer.Tensors.Skip(2), tensor => Assert.Equal(tensor.Values.ToArray(), tensor.NewValues.ToArray()));
        Assert.All(layer.Tensors.Skip(2), tensor => Assert.Null(tensor.Gradient));
        double expected = (explanation.Layers[0].X[0, 0] - layer.Tensors[2].Values[0, 0])
            / Math.Sqrt(layer.Tensors[3].Values[0, 0] + LayerNorm.DefaultEpsilon) * layer.Tensors[0].Values[0, 0]
                + layer.Tensors[1].Values[0, 0];
        Assert.Equal(expected, layer.X[0, 0], 12);
        Assert.Throws<InvalidOperationException>(() => layer.Weights);
    }

    [Theory]
    [InlineData("3*tanh,batchnorm", "layer 2 is batchnorm")]
    [InlineData("layernorm:epsilon=0.01,3*tanh", "layer 1 is layernorm:epsilon=0.01")]
    [InlineData("3*tanh,3*tanh,scale", "layer 3 is scale")]
    public void Documents_refuse_it_by_the_layer(string layers, string named)
    {
        Model model = Train(layers, "squared", "linear", options => options with { Bias = false });
        Explanation explanation = FormulaCases.Explain(model, [3]);
        foreach (Notation notation in Notation.All.Skip(1))
        {
            Assert.Equal(
                $"The notation {notation} cannot express this network: the document's layers are dense, and {named}; "
                + "--notation engine has every kind.",
                Assert.Throws<BackpropException>(() => explanation.In(notation)).Message);
        }
    }

    static Model Train(string layers, string loss, string output, Func<TrainOptions, TrainOptions> change) =>
        FormulaCases.Train(loss, output, options => change(options with
        {
            Layers = [.. layers.Split(',').Select(layer => new LayerSpec(layer))],
            Ignore = [.. options.Ignore.Where(
                column => !layers.Contains("embed", StringComparison.Ordinal) || column is not ("pair" or "class"))],
        }));
}

using Backprop.Engine;
using Xunit;
using static Backprop.Tests.Arrays;

namespace Backprop.Tests;

/// <summary>
/// Every notation's numbers are held against its own formulas, written out here over the notation's own quantities, in the
/// arrangement and with the signs of its document.
/// </summary>
public sealed class NotationTests
{
    const double Rate = 0.0005;

    static readonly int[] s_one = [7];
    static readonly int[] s_three = [7, 30, 101];

    public static TheoryData<bool, bool> Batches => new() { { false, false }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Batches))]
    public void Indices(bool several, bool sum)
    {
        NotatedExplanation view = Regression(
            "indices", several, sum,
            options => options with { Bias = false, Activations = ["3*tanh+2*logistic", "3*tanh+1*sine"] });
        for (int k = 1; k <= 3; k++)
        {
            string up = "⁰¹²³"[k].ToString(), down = "⁰¹²³"[k - 1].ToString();
            double[,] w = Of(view, QuantityPart.Update, $"Wᵢ,ⱼ{up}(t−1)");
            double[,] x = Of(view, k == 1 ? QuantityPart.Inputs : QuantityPart.ValueFlow, k == 1 ? "Xᵢ⁰" : $"Xⱼ{down}");
            AssertClose(Product(x, w), Of(view, QuantityPart.ValueFlow, $"Uⱼ{up}"));
            double[,] delta = Of(view, QuantityPart.ErrorFlow, $"∂e/∂Uᵢ{up}");
            AssertClose(
                Times(Of(view, QuantityPart.ErrorFlow, $"∂e/∂Xᵢ{up}"), Of(view, QuantityPart.ValueFlow, $"∂fⱼ{up}")), delta);
            AssertClose(Product(delta, Transposed(w)), Of(view, QuantityPart.ErrorFlow, $"∂e/∂Xᵢ{down}"));
            double[,] gradient = Of(view, QuantityPart.ErrorFlow, $"∂e/∂Wᵢ,ⱼ{up}");
            AssertClose(Product(Transposed(x), delta), gradient);
            AssertClose(Scaled(gradient, -Rate), Of(view, QuantityPart.Update, $"ΔWᵢ,ⱼ{up}(t−1)"));
            AssertClose(Sum(w, Of(view, QuantityPart.Update, $"ΔWᵢ,ⱼ{up}(t−1)")), Of(view, QuantityPart.Update, $"Wᵢ,ⱼ{up}(t)"));
        }

        double[,] last = Of(view, QuantityPart.Loss, "Xⱼ³"), t = Of(view, QuantityPart.Loss, "tⱼ");
        AssertClose(Scaled(Difference(last, t), Share(view)), Of(view, QuantityPart.ErrorFlow, "∂e/∂Xᵢ³"));
        Assert.Equal(Share(view) * HalfSquares(last, t), Of(view, QuantityPart.Loss, "e")[0, 0], Tolerance);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Rows(bool several, bool sum)
    {
        NotatedExplanation view = Regression("rows", several, sum, options => options);
        for (int i = 1; i <= 3; i++)
        {
            string at = Low(i), next = Low(i + 1);
            double[,] w = Of(view, QuantityPart.Update, $"w{at}"), b = Of(view, QuantityPart.Update, $"b{at}");
            double[,] a = Of(view, i == 1 ? QuantityPart.Inputs : QuantityPart.ValueFlow, $"a{at}");
            AssertClose(Sum(Product(a, w), Repeated(b, a.GetLength(0))), Of(view, QuantityPart.ValueFlow, $"z{next}"));
            double[,] delta = Of(view, QuantityPart.ErrorFlow, $"δ{next}"),
                slope = Of(view, QuantityPart.ValueFlow, $"σ{next}′(z{next})");
            AssertClose(
                i == 3
                    ? Times(Of(view, QuantityPart.ErrorFlow, $"∂C/∂a{next}"), slope)
                    : Times(
                        Product(
                            Of(view, QuantityPart.ErrorFlow, $"δ{Low(i + 2)}"),
                            Transposed(Of(view, QuantityPart.Update, $"w{next}"))),
                        slope),
                delta);
            AssertClose(Product(Transposed(a), delta), Of(view, QuantityPart.ErrorFlow, $"∂C/∂w{at}"));
            AssertClose(OverRows(delta), Of(view, QuantityPart.ErrorFlow, $"∂C/∂b{at}"));
            AssertClose(Scaled(OverRows(delta), -Rate), Of(view, QuantityPart.Update, $"Δb{at}"));
        }

        double[,] last = Of(view, QuantityPart.Loss, "a₄"), y = Of(view, QuantityPart.Loss, "y");
        AssertClose(Scaled(Difference(last, y), Share(view)), Of(view, QuantityPart.ErrorFlow, "∂C/∂a₄"));
        Assert.Equal(Share(view) * HalfSquares(last, y), Of(view, QuantityPart.Loss, "C")[0, 0], Tolerance);
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Scalars(bool several, bool sum)
    {
        NotatedExplanation view = Regression(
            "scalars", several, sum,
            options => options with { Loss = Loss.Squared, Activations = ["3*tanh+2*logistic", "4*tanh"] });
        double[,] o = Of(view, QuantityPart.Inputs, "oₖ⁽⁰⁾");
        int rows = o.GetLength(1);
        var w = new double[4][,];
        var slope = new double[4][,];
        var values = new double[4][,];
        values[0] = o;
        for (int i = 1; i <= 3; i++)
        {
            string up = $"⁽{"⁰¹²³"[i]}⁾";
            (w[i], slope[i]) = (Of(view, QuantityPart.Update, $"wⱼ,ₖ{up}"), Of(view, QuantityPart.ValueFlow, $"f{Low(i)},ⱼ′"));
            values[i] = Of(view, QuantityPart.ValueFlow, $"oⱼ{up}");
            double[,] b = Of(view, QuantityPart.Update, $"bⱼ{up}");
            double[,] argument = Difference(Product(w[i], values[i - 1]), Transposed(Repeated(Transposed(b), rows)));
            AssertClose(argument, Of(view, QuantityPart.ValueFlow, $"sⱼ{up}"));
            AssertClose(
                Scaled(OverRows(Transposed(Of(view, QuantityPart.ErrorFlow, $"∂e/∂sⱼ{up}"))), -1),
                Transposed(Of(view, QuantityPart.ErrorFlow, $"∂e/∂bⱼ{up}")));
            AssertClose(
                Scaled(Of(view, QuantityPart.ErrorFlow, $"∂e/∂bⱼ{up}"), -Rate), Of(view, QuantityPart.Update, $"Δbⱼ{up}"));
        }

        // All paths from the one output to each weight of layer 1, each by itself.
        double[,] t = Of(view, QuantityPart.Loss, "tⱼ");
        double[,] gradient = Of(view, QuantityPart.ErrorFlow, "∂e/∂wⱼ,ₖ⁽¹⁾");
        for (int j = 0; j < gradient.GetLength(0); j++)
        {
            for (int k = 0; k < gradient.GetLength(1); k++)
            {
                double paths = 0;
                for (int row = 0; row < rows; row++)
                {
                    for (int k2 = 0; k2 < 4; k2++)
                    {
                        paths += Share(view) * 2 * (values[3][0, row] - t[0, row]) * slope[3][0, row] * w[3][0, k2]
                            * slope[2][k2, row]
                            * w[2][k2, j] * slope[1][j, row] * o[k, row];
                    }
                }

                Assert.Equal(paths, gradient[j, k], Tolerance);
            }
        }

        Assert.Equal(2 * Share(view) * HalfSquares(values[3], t), Of(view, QuantityPart.Loss, "e")[0, 0], Tolerance);
    }

    [Fact]
    public void One_neuron_in_every_layer_is_the_chain()
    {
        using var stream = new MemoryStream("x,y\n1,2\n2,1\n3,5\n4,3\n"u8.ToArray());
        Table table = Table.ReadCsv(stream, "rows");
        Model model = Model.Train(table, "y", new TrainOptions
        {
            Layers = [1, 1],
            Activations = ["tanh"],
            Epochs = 1,
            Task = TaskKind.Regress,
            Validation = 0,
            Precision = Precision.Double,
        }).Model;
        NotatedExplanation view = model.Explain(table, [2]).In(Notation.Parse("scalars"));
        double Number(QuantityPart part, string symbol) => Of(view, part, symbol)[0, 0];
        double expected = 2 * (Number(QuantityPart.ValueFlow, "o⁽³⁾") - Number(QuantityPart.Loss, "t"));
        expected *= Number(QuantityPart.ValueFlow, "f₃′") * Number(QuantityPart.Update, "w⁽³⁾");
        expected *= Number(QuantityPart.ValueFlow, "f₂′") * Number(QuantityPart.Update, "w⁽²⁾");
        expected *= Number(QuantityPart.ValueFlow, "f₁′") * Number(QuantityPart.Inputs, "o⁽⁰⁾");
        Assert.Equal(expected, Number(QuantityPart.ErrorFlow, "∂e/∂w⁽¹⁾"), Tolerance);
        Assert.Equal(
            "∂e/∂w⁽¹⁾ = 2(o⁽³⁾ − t) f₃′ w⁽³⁾ f₂′ w⁽²⁾ f₁′ o⁽⁰⁾",
            Single(view, QuantityPart.ErrorFlow, "∂e/∂w⁽¹⁾").Formula!.Value.Plain);
    }

    [Theory]
    [InlineData("softmax", "tanh", false)]
    [InlineData("softmax", "logistic", true)]
    [InlineData("logistic", "relu", true)]
    [InlineData("linear", "tanh", true)]
    [InlineData("linear", "logistic", false)]
    public void Likelihood(string output, string hidden, bool several)
    {
        bool classes = output != "linear";
        Table table = classes ? Samples.Iris() : Samples.Diabetes();
        Model model = Model.Train(table, classes ? "species" : "progression", new TrainOptions
        {
            Layers = [5],
            Activations = [hidden],
            OutputActivation = output,
            Loss = classes ? null : Loss.HalfSquared,
            Epochs = 2,
            Optimizer = Optimizer.GradientDescent,
            LearningRate = Rate,
            Precision = Precision.Double,
        }).Model;
        NotatedExplanation view = model.Explain(table, several ? s_three : s_one).In(Notation.Parse("likelihood"));
        string n = several ? "⁽ⁿ⁾" : "", d = several ? "1/N ∂Ln/∂" : "∂Ln/∂";
        double[,] x = Of(view, QuantityPart.Inputs, $"x_d{n}"), z = Of(view, QuantityPart.ValueFlow, $"zₘ{n}");
        double[,] w = Of(view, QuantityPart.Update, "W_dm"), v = Of(view, QuantityPart.Update, "Vₘₖ");
        AssertClose(
            Sum(Product(x, w), Repeated(Of(view, QuantityPart.Update, "bₘ"), x.GetLength(0))),
            Of(view, QuantityPart.ValueFlow, $"sₘ{n}"));
        AssertClose(
            Sum(Product(z, v), Repeated(Of(view, QuantityPart.Update, "cₖ"), x.GetLength(0))),
            Of(view, QuantityPart.ValueFlow, $"aₖ{n}"));
        double[,] t = Of(view, QuantityPart.Loss, $"tₖ{n}"), y = Of(view, QuantityPart.Loss, $"yₖ{n}");
        double[,] up = Scaled(Difference(t, y), Share(view));
        AssertClose(Product(Transposed(z), up), Of(view, QuantityPart.ErrorFlow, $"{d}Vₘₖ"));
        AssertClose(OverRows(up), Of(view, QuantityPart.ErrorFlow, $"{d}cₖ"));
        double[,] slope = Map(
            z, value => hidden switch { "tanh" => 1 - value * value, "logistic" => value * (1 - value), _ => value > 0 ? 1 : 0 });
        double[,] inner = Times(Product(up, Transposed(v)), slope);
        AssertClose(Product(Transposed(x), inner), Of(view, QuantityPart.ErrorFlow, $"{d}W_dm"));
        AssertClose(OverRows(inner), Of(view, QuantityPart.ErrorFlow, $"{d}bₘ"));

        double likelihood = Share(view) * Pairs(t, y, (target, value) => output switch
        {
            "softmax" => target * Math.Log(value),
            "logistic" => target * Math.Log(value) + (1 - target) * Math.Log(1 - value),
            _ => -0.5 * (target - value) * (target - value),
        });
        Assert.Equal(likelihood, Of(view, QuantityPart.Loss, several ? "1/N Ln" : "Ln")[0, 0], 1e-12);

        // The step climbs: V + α ∂Ln/∂V.
        AssertClose(
            Sum(v, Scaled(Of(view, QuantityPart.ErrorFlow, $"{d}Vₘₖ"), Rate)), Of(view, QuantityPart.Update, "Vₘₖ + ΔVₘₖ"));
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Columns(bool several, bool sum)
    {
        NotatedExplanation view = Regression(
            "columns", several, sum, options => options with { Activations = ["logistic", "tanh"] });
        string[] totals = ["", "H₁", "H₂", "O"], values = ["I", "Ĥ₁", "Ĥ₂", "O"], names = ["", "H₁", "H₂", "O"];
        for (int k = 1; k <= 3; k++)
        {
            double[,] w = Of(view, QuantityPart.Update, $"W_{names[k]}"), b = Of(view, QuantityPart.Update, $"b_{names[k]}");
            double[,] from = Of(view, k == 1 ? QuantityPart.Inputs : QuantityPart.ValueFlow, values[k - 1]);
            Assert.Equal(several ? 3 : 1, from.GetLength(1));
            AssertClose(
                Sum(Product(w, from), Transposed(Repeated(Transposed(b), from.GetLength(1)))),
                Of(view, QuantityPart.ValueFlow, totals[k]));
            double[,] delta = Of(view, QuantityPart.ErrorFlow, $"δL/δ{totals[k]}");
            AssertClose(Product(delta, Transposed(from)), Of(view, QuantityPart.ErrorFlow, $"δL/δW_{names[k]}"));
            AssertClose(OverRows(Transposed(delta)), Transposed(Of(view, QuantityPart.ErrorFlow, $"δL/δb_{names[k]}")));
            AssertClose(Product(Transposed(w), delta), Of(view, QuantityPart.ErrorFlow, $"δL/δ{values[k - 1]}"));
            if (k == 1)
            {
                double[,] h = Of(view, QuantityPart.ValueFlow, "Ĥ₁");
                AssertClose(Times(Of(view, QuantityPart.ErrorFlow, "δL/δĤ₁"), Map(h, value => value * (1 - value))), delta);
            }
        }

        double[,] o = Of(view, QuantityPart.Loss, "O"), y = Of(view, QuantityPart.Loss, "Y");
        AssertClose(Scaled(Difference(o, y), Share(view)), Of(view, QuantityPart.ErrorFlow, "δL/δO"));
        Assert.Equal(Share(view) * HalfSquares(o, y), Of(view, QuantityPart.Loss, "L")[0, 0], Tolerance);
    }

    [Theory]
    [InlineData("indices", "no biases; train with --no-bias", "regress", "tanh", "half-squared")]
    [InlineData("indices", "softmax takes all outputs together", "classify", "tanh", null)]
    [InlineData("rows", "softmax takes all outputs together", "classify", "tanh", null)]
    [InlineData("rows", "layer 1 has several; train with one --activation", "regress", "2*tanh+1*relu", "squared")]
    [InlineData(
        "scalars", "(t − o)², and this model's loss is half-squared; train with --loss squared", "regress", "tanh",
        "half-squared")]
    [InlineData("scalars", "and --loss squared", "classify", "tanh", null)]
    [InlineData("likelihood", "train with --activation tanh", "classify", "gelu", null)]
    [InlineData("likelihood", "train with --loss half-squared", "regress", "tanh", "squared")]
    [InlineData("columns", "train with --loss half-squared", "regress", "tanh", "squared")]
    [InlineData("columns", "train with --output-activation linear --loss half-squared", "classify", "tanh", null)]
    [InlineData("columns", "layer 1 has several", "regress", "2*tanh+1*relu", "half-squared")]
    public void Says_what_a_notation_cannot_express(
        string notation, string sentence, string task, string activation, string? loss)
    {
        bool classes = task == "classify";
        Table table = classes ? Samples.Iris() : Samples.Diabetes();
        Explanation explanation = Model.Train(table, classes ? "species" : "progression", new TrainOptions
        {
            Layers = [3],
            Activations = [activation],
            Loss = loss is null ? null : Loss.Parse(loss),
            Epochs = 1,
        }).Model.Explain(table, s_one);
        string message = Assert.Throws<BackpropException>(() => explanation.In(Notation.Parse(notation))).Message;
        Assert.StartsWith($"The notation {notation} cannot express this network: ", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
        Assert.NotEmpty(explanation.In(Notation.Engine).Quantities);
    }

    [Fact]
    public void Likelihood_has_exactly_one_hidden_layer_and_columns_one_or_more()
    {
        Table table = Samples.Diabetes();
        Explanation Explain(params int[] layers) => Model.Train(
            table,
            "progression",
            new TrainOptions { Layers = [.. layers], Loss = Loss.HalfSquared, Epochs = 1 }).Model.Explain(table, s_one);
        (string Notation, int[] Layers)[] cases = [("likelihood", []), ("likelihood", [3, 3]), ("columns", [])];
        foreach ((string notation, int[] layers) in cases)
        {
            string message = Assert.Throws<BackpropException>(() => Explain(layers).In(Notation.Parse(notation))).Message;
            Assert.Contains("train with --layers 16.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_engines_own_numbers_are_left_as_they_are()
    {
        Explanation explanation = Regression("rows", true, false, options => options).Explanation;
        NotatedExplanation view = explanation.In(Notation.Engine);
        AssertEqual(explanation.Layers[1].WeightGradient.ToArray(), Of(view, QuantityPart.ErrorFlow, "∂e/∂W²"));
        AssertEqual(explanation.Layers[0].U.ToArray(), Of(view, QuantityPart.ValueFlow, "U¹"));
        AssertEqual(explanation.InputErrors.ToArray(), Of(view, QuantityPart.ErrorFlow, "∂e/∂X⁰"));
        Assert.Equal("∂e/∂X³ = 1/N·(X³ − T)", Single(view, QuantityPart.ErrorFlow, "∂e/∂X³").Formula!.Value.Plain);
        Assert.Equal("W²₃,₁", Single(view, QuantityPart.Update, "W²").Entry(2, 0).Plain);
        Assert.Contains(
            "count", Assert.Throws<BackpropException>(() => Notation.Parse("count")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\partial e/\partial X^{0} = \partial e/\partial U^{1} \cdot W^{1\top}", "∂e/∂X⁰ = ∂e/∂U¹·W¹ᵀ")]
    [InlineData(@"U_j^{12} = \sum_i W_{i,j}^{12} \times X_i^{11}", "Uⱼ¹² = Σᵢ Wᵢ,ⱼ¹² × Xᵢ¹¹")]
    [InlineData(@"\tfrac{1}{2} \sum(O - Y)^2", "½ Σ(O − Y)²")]
    [InlineData(@"\frac{\eta}{1 - \beta_1^t} m/(\sqrt{v} + \epsilon)", "η/(1 − β₁ᵗ) m/(√v + ε)")]
    [InlineData(@"\delta L/\delta \widehat{H}_{1}", "δL/δĤ₁")]
    [InlineData(@"W_{H_{1}}^{\top} W_{dm}", "W_H₁ᵀ W_dm")]
    [InlineData(@"1 \text{ where } u > 0, \text{ else } 0", "1 where u > 0, else 0")]
    public void Formulas_are_written_in_plain_text_too(string latex, string plain) => Assert.Equal(plain, PlainMath.Of(latex));

    static NotatedExplanation Regression(string notation, bool several, bool sum, Func<TrainOptions, TrainOptions> change)
    {
        Table table = Samples.Diabetes();
        Model model = Model.Train(table, "progression", change(new TrainOptions
        {
            Layers = [5, 4],
            Activations = ["tanh"],
            Loss = Loss.HalfSquared,
            Reduction = sum ? Reduction.Sum : Reduction.Mean,
            Epochs = 1,
            Batch = 100,
            Optimizer = Optimizer.GradientDescent,
            LearningRate = Rate,
            Schedule = Schedule.Constant,
            Clip = Clip.None,
            Precision = Precision.Double,
        })).Model;
        return model.Explain(table, several ? s_three : s_one).In(Notation.Parse(notation));
    }

    static double Share(NotatedExplanation view) =>
        view.Explanation.Reduction == Reduction.Mean ? 1.0 / view.Explanation.Rows.Length : 1;

    static Quantity Single(NotatedExplanation view, QuantityPart part, string symbol) =>
        view.Quantities.Single(quantity => quantity.Part == part && quantity.Symbol.Plain == symbol);

    static double[,] Of(NotatedExplanation view, QuantityPart part, string symbol) =>
        Single(view, part, symbol).Numbers!.ToArray();

    static string Low(int i) => "₀₁₂₃₄₅"[i].ToString();
}

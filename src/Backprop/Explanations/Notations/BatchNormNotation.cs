using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Batch normalisation: Z = (X′ − μ)/σ with mean μ and deviation σ of each column over the rows of a shard, or by the running
/// ones, M and √(V + ε); X = Z ⊙ γ + b.
/// </summary>
sealed class BatchNormNotation(Explanation explanation, ExplainedLayer layer) : KindNotation(explanation, layer)
{
    readonly ShardTerms _shards = new(explanation);

    BatchNorm Shape => (BatchNorm)Layer.Layer;

    string Epsilon => UpdateFormulas.Text(Shape.Epsilon);

    public override void Values(QuantitySheet sheet)
    {
        int k = Layer.Number;
        if (Layer.ShardMeans is null)
        {
            sheet.Biases(QuantityPart.ValueFlow, k, $"M{K}", null, RunningMeans, Layer.Tensors[2].Values);
            sheet.Biases(QuantityPart.ValueFlow, k, $"V{K}", null, RunningVariances, Layer.Tensors[3].Values);
        }

        foreach ((int place, string of, string range, int rows) in Statistics())
        {
            string share = $@"\tfrac{{1}}{{{rows}}} \sum_r", mean = $@"\mu{K}{of}", deviation = $@"\sigma{K}{of}";
            sheet.Biases(
                QuantityPart.ValueFlow, k, mean, $"{mean} = {share} {In}{range}", "means over the rows",
                Numbers.Of(1, Layer.Width, (_, j) => Layer.ShardMeans![place, j]));
            sheet.Biases(
                QuantityPart.ValueFlow, k, deviation,
                $@"{deviation} = \sqrt{{{share} ({In} - {mean})^2 + {Epsilon}}}{range}", "deviations over the rows",
                Numbers.Of(1, Layer.Width, (_, j) => Deviation(place, j)));
        }

        sheet.Values(
            QuantityPart.ValueFlow, k, $"Z{K}",
            Layer.ShardMeans is null ? $@"Z{K} = ({In} - M{K})/\sqrt{{V{K} + {Epsilon}}}"
                : Steps($"Z{K}", of => $@"({In} - \mu{K}{of})/\sigma{K}{of}"),
            "normalised", Layer.Normalised!);
        Give(sheet, $@"Z{K} \odot \gamma{K} + b{K}");
    }

    public override IEnumerable<TensorText> Tensors() =>
    [
        Factors($@"{Error} \odot Z{K}"),
        Bias(),
        Running("M", RunningMeans, (of, _) => $@"\mu{K}{of}"),
        Running("V", RunningVariances, (of, rows) => $@"\tfrac{{{rows}}}{{{rows - 1}}} ((\sigma{K}{of})^2 - {Epsilon})"),
    ];

    protected override string Back()
    {
        if (Layer.ShardMeans is null)
            return $@"{Error} \odot \gamma{K}/\sqrt{{V{K} + {Epsilon}}}";
        string left = $@"\partial e/\partial {In}",
            sums = $@"\partial e/\partial b{K} + Z{K} \odot \partial e/\partial \gamma{K}";
        string whole = Steps(left, of => of.Length == 0
            ? $@"\gamma{K} \odot ({Error} - \tfrac{{1}}{{{Layer.X.Rows}}} ({sums}))/\sigma{K}"
            : $@"\gamma{K} \odot ({Error} - \tfrac{{1}}{{{RowsOf(of)}}} (H{K}{of} + Z{K} \odot F{K}{of}))/\sigma{K}{of}")
            ?? "";
        return whole.Length == 0 ? @"\text{by shards}" : whole[(left.Length + " = ".Length)..];
    }

    /// <summary>
    /// What a shard's statistics are called and which rows they are of; none where the running ones are used.
    /// </summary>
    IEnumerable<(int Place, string Of, string Range, int Rows)> Statistics()
    {
        if (Layer.ShardMeans is null)
            return [];
        return Explanation.Shards.IsEmpty
            ? [(0, "", "", Layer.X.Rows)]
            : _shards.Shown.Select((shown, place) =>
                (place, $"_{{{shown.Number}}}", ShardTerms.Range(shown.Shard), shown.Shard.Count));
    }

    int RowsOf(string of) => Statistics().Single(shard => shard.Of == of).Rows;

    /// <summary>A formula of all rows, or one for the rows of each shard; null where there are too many to show.</summary>
    string? Steps(string left, Func<string, string> right)
    {
        string[] steps = [.. Statistics().Select(shard => $"{left} = {right(shard.Of)}{shard.Range}")];
        return steps.Length == 0 ? null : string.Join(@",\; ", steps);
    }

    TensorText Running(string letter, string words, Func<string, int, string> measured)
    {
        string momentum = UpdateFormulas.Text(Shape.Momentum), rest = UpdateFormulas.Text(1 - Shape.Momentum);
        string moved = $"{letter}{K}";
        foreach ((int place, string of, _, int rows) in Statistics())
            moved = $"{rest} {(place == 0 ? moved : $"({moved})")} + {momentum} {measured(of, rows)}";
        return new TensorText
        {
            Symbol = $"{letter}{K}",
            Words = words,
            Gradient = "",
            Part = "",
            Change = Statistics().Any() ? $@"\Delta {letter}{K} = {moved} - {letter}{K}" : null,
        };
    }

    double Deviation(int shard, int j) => Math.Sqrt(Layer.ShardVariances![shard, j] + Shape.Epsilon);
}

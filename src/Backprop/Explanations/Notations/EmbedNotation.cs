using Backprop.Engine;

namespace Backprop;

/// <summary>Embeddings: X = [X′, E₁[c₁], E₂[c₂], …], the numbers and for each code the row of its table.</summary>
sealed class EmbedNotation(Explanation explanation, ExplainedLayer layer) : KindNotation(explanation, layer)
{
    int Numbered => Layer.Width - ((Embed)Layer.Layer).Tables.Sum(table => table.Width);

    public override int FirstOfTables => Numbered + 1;

    public override void Values(QuantitySheet sheet)
    {
        int tables = Layer.Tensors.Length;
        for (int t = 0; t < tables; t++)
        {
            int place = t;
            sheet.OfRows(
                QuantityPart.ValueFlow, Layer.Number, $"c_{{{t + 1}}}", null, $"each row's category in table {t + 1}{Of(t)}",
                [.. Explanation.Codes.Select(codes => codes[place] + 1.0)]);
        }

        string[] parts =
        [
            .. Numbered > 0 ? [In] : Array.Empty<string>(),
            .. Enumerable.Range(1, tables).Select(t => $"E{K}_{{{t}}}[c_{{{t}}}]"),
        ];
        Give(sheet, $"[{string.Join(@",\, ", parts)}]");
    }

    public override IEnumerable<TensorText> Tensors()
    {
        int first = FirstOfTables;
        for (int t = 1; t <= Layer.Tensors.Length; t++)
        {
            int width = Layer.Tensors[t - 1].Values.Columns;
            yield return new TensorText
            {
                Symbol = $"E{K}_{{{t}}}",
                Words = "table",
                Gradient = Error + Range(first, first + width - 1),
                Part = $"K{K}_{{{t}}}",
                Table = t,
            };
            first += width;
        }
    }

    protected override string Back() => Error + Range(1, Numbered);

    string Of(int code) => code < Explanation.CodeColumns.Length ? $", {Explanation.CodeColumns[code]}" : "";

    static string Range(int first, int last) => first == last ? $"[{first}]" : $@"[{first} \dots {last}]";
}

using Backprop.Engine;

namespace Backprop;

/// <summary>The rows of a table on which a model's gradient is checked, as its network takes them, in double precision.</summary>
/// <param name="Rows">Their places in the table, counted from 0, in order.</param>
/// <param name="Examples">Inputs, targets and weights.</param>
readonly record struct CheckedRows(int[] Rows, Examples<double> Examples)
{
    /// <summary>More rows make a check longer and a gradient no more right.</summary>
    const int MostRows = 200;

    /// <summary>No tensor's stream of random numbers.</summary>
    const uint RowStream = uint.MaxValue;

    /// <summary>All rows of a small table, some of a large one.</summary>
    /// <exception cref="BackpropException">There is no row, or a column, target or weight cannot be taken.</exception>
    public static CheckedRows Of(Table table, Model model, ulong seed)
    {
        if (table.RowCount == 0)
            throw new BackpropException($"There is no row in {table.Source} to check gradients on.");

        int[] rows = SampledEntries.Of(table.RowCount, MostRows, seed, RowStream);
        Table matched = model.Match(table, rows).Table;
        Matrix<double> inputs = TableEncoding.Encode<double>(model.Core.Encoder, matched, rows);
        CodeMatrix? codes = TableEncoding.Codes(model.Core.Encoder, matched, rows);
        double[]? weights = Weights(table, model);
        weights = weights is null ? null : [.. rows.Select(row => weights[row])];
        Examples<double> examples;
        if (model.Core.Target is ClassTarget target)
        {
            int[] classes = TargetValues.Classes(table, target);
            examples = OfClasses(inputs, codes, [.. rows.Select(row => classes[row])], model, weights);
        }
        else
        {
            Matrix<double> targets = TargetValues.Encode<double>(table, (NumberTarget)model.Core.Target, rows);
            examples = new Examples<double>(inputs, targets, weights, codes);
        }

        return new CheckedRows(rows, examples.Take([.. Enumerable.Range(0, rows.Length)], scaleWeights: true));
    }

    static Examples<double> OfClasses(
        Matrix<double> inputs, CodeMatrix? codes, int[] classes, Model model, double[]? weights)
    {
        if (Loss.Parse(model.Recipe.Training.Loss).Kind == LossKind.Softmax)
            return new Examples<double>(inputs, classes, weights, codes);

        var targets = new Matrix<double>(classes.Length, model.Network.Outputs);
        for (int row = 0; row < classes.Length; row++)
        {
            if (model.Network.Outputs == 1)
                targets[row, 0] = classes[row] == 1 ? 1 : 0;
            else
                targets[row, classes[row]] = 1;
        }

        return new Examples<double>(inputs, targets, weights, codes);
    }

    /// <summary>The recipe's weights of rows and classes; balanced ones by the classes of this table.</summary>
    static double[]? Weights(Table table, Model model)
    {
        double[] own = [];
        DataRecipe data = model.Recipe.Data;
        if (data.RowWeights is { } name && table.TryGetColumn(name, out _))
            own = WeightColumn.Read(table, name);

        if (data.ClassWeights is not { } text || model.Core.Target is not ClassTarget target)
            return RowWeights.Product(own, [], []);
        int[] classes = TargetValues.Classes(table, target);
        double[] classWeights = text == "balanced"
            ? RowWeights.Balanced(classes, target.Classes.Length)
            : RowWeights.ByName(ClassWeightText.Parse(text), target.Classes);
        return RowWeights.Product(own, classes, classWeights);
    }
}

using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Some rows of a table as the trainer would take them: inputs, targets and weights.</summary>
static class ShownRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Encodes the rows, with weights of mean 1.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The table as the model takes it.</param>
    /// <param name="loss">The model's loss.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="BackpropException">A target or weight is missing, unknown or of another kind.</exception>
    public static Examples<T> Of(Model model, Table table, Loss loss, int[] rows)
    {
        ModelCore core = model.Core;
        Matrix<T> inputs = TableEncoding.Encode<T>(core.Encoder, table, rows);
        CodeMatrix? codes = TableEncoding.Codes(core.Encoder, table, rows);
        int[] classes = core.Target is ClassTarget target ? Classes(table, target, rows) : [];
        double[]? weights = Weights(model, table, rows, classes);
        Examples<T> examples = core.Target is NumberTarget numbers
            ? new Examples<T>(inputs, TargetValues.Encode<T>(table, numbers, rows), weights, codes)
            : loss.Kind == LossKind.Softmax
                ? new Examples<T>(inputs, classes, weights, codes)
                : new Examples<T>(inputs, Indicators(classes, core.Network.Outputs), weights, codes);
        return examples.Take([.. Enumerable.Range(0, rows.Length)], scaleWeights: true);
    }

    /// <summary>
    /// Encodes rows of which no target is known: what the network gives for them stands for it, so that nothing is wrong.
    /// </summary>
    /// <exception cref="BackpropException">A cell cannot be taken.</exception>
    public static Examples<T> WithoutTarget(Parameters<T> parameters, TableEncoder encoder, Table table, int[] rows)
    {
        Matrix<T> inputs = TableEncoding.Encode<T>(encoder, table, rows);
        CodeMatrix? codes = TableEncoding.Codes(encoder, table, rows);
        return new Examples<T>(inputs, new Predictor<T>(parameters).Predict(inputs, codes), codes: codes);
    }

    static int[] Classes(Table table, ClassTarget target, int[] rows)
    {
        Column column = ClassColumn.Of(table, target.Column);
        var codes = new int[rows.Length];
        column.CopyCategories(rows, codes);
        var classes = new int[rows.Length];
        target.Encode(codes, column.Categories, classes);
        int wrong = Array.IndexOf(classes, -1);
        return wrong < 0 ? classes : throw new BackpropException(codes[wrong] < 0
            ? $"The target column '{target.Column}' of {table.Source} is missing in {table.Place(rows[wrong])}."
            : $"The target column '{target.Column}' of {table.Source} says '{column.Categories[codes[wrong]]}' in "
                + $"{table.Place(rows[wrong])}, which is not one of the model's classes.");
    }

    static Matrix<T> Indicators(int[] classes, int outputs)
    {
        var targets = new Matrix<T>(classes.Length, outputs);
        for (int row = 0; row < classes.Length; row++)
        {
            if (outputs > 1)
                targets[row, classes[row]] = T.One;
            else
                targets[row, 0] = classes[row] == 1 ? T.One : T.Zero;
        }

        return targets;
    }

    /// <summary>As for training rows: balanced class weights are those of the shown rows.</summary>
    static double[]? Weights(Model model, Table table, int[] rows, int[] classes)
    {
        double[] own = [];
        if (model.Recipe.Data.RowWeights is { } column)
            own = WeightColumn.Read(table, column, rows);

        if (model.Recipe.Data.ClassWeights is not { } text || model.Core.Target is not ClassTarget target)
            return RowWeights.Product(own, [], []);
        double[] classWeights = text == "balanced"
            ? RowWeights.Balanced(classes, target.Classes.Length)
            : RowWeights.ByName(ClassWeightText.Parse(text), target.Classes);
        return RowWeights.Product(own, classes, classWeights);
    }
}

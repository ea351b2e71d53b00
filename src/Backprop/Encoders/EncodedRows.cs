using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>A table as the network takes it: inputs and targets of all its rows.</summary>
static class EncodedRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Encodes a table's rows.</summary>
    /// <param name="table">The table, with the encoder's columns as <see cref="TableMatch"/> gives them.</param>
    /// <param name="encoder">From columns to features.</param>
    /// <param name="target">From target columns to targets.</param>
    /// <param name="outputs">The number of outputs of the network.</param>
    /// <param name="asIndices">Whether classes are given as indices; otherwise as rows of zeros and a one.</param>
    /// <param name="weights">The weight of each row, or null.</param>
    public static Examples<T> Of(
        Table table, TableEncoder encoder, TargetDecoder target, int outputs, bool asIndices, double[]? weights)
    {
        Matrix<T> inputs = TableEncoding.Encode<T>(encoder, table);
        CodeMatrix? codes = TableEncoding.Codes(encoder, table);
        if (target is NumberTarget numbers)
        {
            Matrix<T> values = TargetValues.Encode<T>(table, numbers, [.. Enumerable.Range(0, table.RowCount)]);
            return new Examples<T>(inputs, values, weights, codes);
        }

        int[] classes = TargetValues.Classes(table, (ClassTarget)target);
        if (asIndices)
            return new Examples<T>(inputs, classes, weights, codes);

        var targets = new Matrix<T>(table.RowCount, outputs, outputs);
        for (int row = 0; row < classes.Length; row++)
        {
            if (outputs == 1)
                targets[row, 0] = classes[row] == 1 ? T.One : T.Zero;
            else
                targets[row, classes[row]] = T.One;
        }

        return new Examples<T>(inputs, targets, weights, codes);
    }
}

using System.Collections.Immutable;

namespace Backprop;

/// <summary>Names the features that a column's operations give, and refuses lists of operations that mean nothing.</summary>
static class FeatureNames
{
    public static ImmutableArray<Feature> Of(string column, ImmutableArray<EncoderOperation> operations)
    {
        var missing = new Feature($"{column} is missing", column);
        if (operations is [Lookup lookup, OneHot oneHot] && oneHot.Depth == lookup.Depth && lookup.Depth > 0)
        {
            var names = lookup.Values.Select(value => new Feature($"{column}={value}", column));
            return lookup.MissingHasIndex ? [.. names, missing] : [.. names];
        }

        int indicators = 0, isMissing = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            if (operations[i] is Lookup or OneHot || (operations[i] is YesNo && i > 0))
                throw new BackpropException($"The column '{column}' has encoder operations in an order that means nothing.");
            indicators += operations[i] is MissingIndicator ? 1 : 0;
            isMissing += operations[i] is IsMissing ? 1 : 0;
        }

        if (indicators + isMissing > 1)
            throw new BackpropException($"The encoding of the column '{column}' says twice whether a cell is missing.");
        if (isMissing == 1)
            return [missing];

        var value = new Feature(operations is [YesNo yesNo, ..] ? $"{column}={yesNo.Yes}" : column, column);
        return indicators == 1 ? [value, missing] : [value];
    }
}

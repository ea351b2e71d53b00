using System.Collections.Immutable;

namespace Backprop;

/// <summary>Counts and names the features that a column's operations give, and refuses lists that mean nothing.</summary>
static class FeatureNames
{
    /// <summary>How many features there are; none where the operations give a code.</summary>
    /// <exception cref="BackpropException">The operations are none of the lists that there are.</exception>
    public static int Count(string column, ImmutableArray<EncoderOperation> operations)
    {
        if (operations is [Lookup lookup, OneHot oneHot] && oneHot.Depth == lookup.Depth && lookup.Depth > 0)
            return lookup.Depth;
        if (operations is [Lookup { Depth: > 0 }])
            return 0;

        int indicators = 0, isMissing = 0;
        for (int i = 0; i < operations.Length; i++)
        {
            if (operations[i] is Lookup or OneHot || (operations[i] is YesNo or InDouble && i > 0))
                throw new BackpropException($"The column '{column}' has encoder operations in an order that means nothing.");
            indicators += operations[i] is MissingIndicator ? 1 : 0;
            isMissing += operations[i] is IsMissing ? 1 : 0;
        }

        if (indicators + isMissing > 1)
            throw new BackpropException($"The encoding of the column '{column}' says twice whether a cell is missing.");
        return 1 + indicators;
    }

    /// <summary>Their names, for operations that <see cref="Count"/> has accepted.</summary>
    public static ImmutableArray<Feature> Of(string column, ImmutableArray<EncoderOperation> operations)
    {
        var missing = new Feature($"{column} is missing", column);
        if (operations is [Lookup lookup, OneHot])
        {
            var names = lookup.Values.Select(value => new Feature($"{column}={value}", column));
            return lookup.MissingHasIndex ? [.. names, missing] : [.. names];
        }

        if (operations is [Lookup])
            return [];

        if (operations.Any(operation => operation is IsMissing))
            return [missing];

        var value = new Feature(column, column);
        return operations.Any(operation => operation is MissingIndicator) ? [value, missing] : [value];
    }
}

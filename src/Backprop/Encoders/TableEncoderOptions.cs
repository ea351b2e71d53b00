using System.Collections.Immutable;

namespace Backprop;

/// <summary>How a <see cref="TableEncoder"/> is fitted.</summary>
readonly record struct TableEncoderOptions
{
    readonly ImmutableArray<string> _targets;
    readonly ImmutableArray<string> _missingTokens;

    /// <summary>Columns that are no features: targets, row weights.</summary>
    public ImmutableArray<string> Excluded
    {
        get => _targets.IsDefault ? [] : _targets;
        init => _targets = value;
    }

    /// <summary>Numbers as they are (<c>--encode none</c>): no scaling; missing cells and other kinds are errors.</summary>
    public bool Plain { get; init; }

    /// <summary>The texts that mean missing to whoever gives the model raw text.</summary>
    public ImmutableArray<string> MissingTokens
    {
        get => _missingTokens.IsDefault ? [.. CsvOptions.UsualMissingTokens] : _missingTokens;
        init => _missingTokens = value;
    }
}

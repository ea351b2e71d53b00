using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Backprop;

/// <summary>
/// A target of classes. Outputs are one per class, or one alone: the probability of the second of two classes. The
/// prediction is the class of the largest probability, the first of equal ones.
/// </summary>
sealed class ClassTarget : TargetDecoder
{
    /// <summary>The most classes that a target may have.</summary>
    public const int MaximumClasses = 1000;

    readonly Dictionary<string, int> _index;

    /// <summary>A target of known classes.</summary>
    /// <exception cref="BackpropException">There are fewer than 2 classes, more than 1,000, or one comes twice.</exception>
    public ClassTarget(string column, ImmutableArray<string> classes)
    {
        (Column, Classes) = (column, classes);
        if (classes.Length < 2)
        {
            throw new BackpropException(classes.IsEmpty
                ? $"The target column '{column}' has no class: there is nothing to tell apart."
                : $"The target column '{column}' has only one class, '{classes[0]}': there is nothing to tell apart.");
        }

        if (classes.Length > MaximumClasses)
        {
            throw new BackpropException($"The target column '{column}' has {classes.Length} classes; the most is "
                + $"{MaximumClasses}. If it is a number to be estimated, say --task regress.");
        }

        _index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < classes.Length; i++)
        {
            if (!_index.TryAdd(classes[i], i))
                throw new BackpropException($"The class '{classes[i]}' of '{column}' is listed twice.");
        }
    }

    /// <summary>The target's column.</summary>
    public string Column { get; }

    /// <summary>The classes, in the order of their indices (a fitted one: ordinal order).</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>The classes in all rows, in ordinal order, so that the order of rows does not matter.</summary>
    /// <exception cref="BackpropException">A row's target is missing, or there are too few or too many classes.</exception>
    public static ClassTarget Fit(string column, ReadOnlySpan<int> codes, IReadOnlyList<string> texts)
    {
        var seen = new bool[texts.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] < 0)
                throw new BackpropException($"The target column '{column}' has a missing value in data row {i + 1}.");
            seen[codes[i]] = true;
        }

        string[] classes = [.. texts.Where((_, code) => seen[code])];
        Array.Sort(classes, StringComparer.Ordinal);
        return new ClassTarget(column, [.. classes]);
    }

    /// <summary>
    /// The class index of each row, which may take the place of its code; −1 for a class that the target does not have, or a
    /// missing one.
    /// </summary>
    /// <remarks>Where all classes are numbers, texts are compared as numbers too, so that 1.0 is 1.</remarks>
    public void Encode(ReadOnlySpan<int> codes, IReadOnlyList<string> texts, Span<int> destination)
    {
        bool areNumbers = Classes.All(static name => Shortest(name) == name);
        int[] classOf = [.. texts.Select(text => _index.GetValueOrDefault(areNumbers ? Shortest(text) ?? text : text, -1))];
        for (int i = 0; i < codes.Length; i++)
            destination[i] = codes[i] < 0 ? -1 : classOf[codes[i]];
    }

    /// <summary>
    /// The probabilities [classes] of one row from the network's outputs: themselves, or [1 − x, x] from one output.
    /// </summary>
    public void Probabilities<T>(ReadOnlySpan<T> outputs, Span<T> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (outputs.Length == Classes.Length)
        {
            outputs.CopyTo(probabilities);
            return;
        }

        (probabilities[0], probabilities[1]) = (T.One - outputs[0], outputs[0]);
    }

    /// <summary>The index of the largest probability, the first of equal ones.</summary>
    public static int Largest<T>(ReadOnlySpan<T> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            if (probabilities[i] > probabilities[best])
                best = i;
        }

        return best;
    }

    /// <summary>A text that is a number as numbers are written shortest; null for others.</summary>
    static string? Shortest(string text) => NumberText.Parse(text, '.', out double value) == NumberSyntax.Finite
        ? (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture)
        : null;

    /// <inheritdoc/>
    public override bool Accepts(int outputs) => outputs == Classes.Length || (outputs == 1 && Classes.Length == 2);

    /// <inheritdoc/>
    public override void AppendTo(IncrementalHash hash)
    {
        HashText.Append(hash, Column);
        HashText.Append(hash, Classes);
    }
}

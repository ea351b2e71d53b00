using System.Collections.Immutable;

namespace Backprop.Engine;

/// <summary>
/// What a value with parameters is: a name and numbers. Its text, <c>name:key=number,key=number</c>, or <c>name=number</c> of a
/// <see cref="Clip"/>, is made of it and read at the border only, where a person or a recipe writes it.
/// </summary>
public sealed class Named
{
    readonly string _text;

    internal Named(string name, params ReadOnlySpan<(string Key, double Value)> numbers)
    {
        Name = name;
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>(numbers.Length);
        foreach ((string key, double value) in numbers)
            pairs.Add(KeyValuePair.Create(key, value));
        Numbers = pairs.MoveToImmutable();
        _text = Numbers.IsEmpty
            ? name
            : $"{name}:{string.Join(",", Numbers.Select(pair => $"{pair.Key}={ShortNumber.Text(pair.Value)}"))}";
    }

    Named(string name, double number)
    {
        Name = name;
        Numbers = [KeyValuePair.Create(name, number)];
        _text = $"{name}={ShortNumber.Text(number)}";
    }

    /// <summary>What has one number, which goes by the name itself: <c>norm=1</c>.</summary>
    internal static Named OfOne(string name, double number) => new(name, number);

    /// <summary>The name without numbers: <c>elu</c>.</summary>
    public string Name { get; }

    /// <summary>The numbers by their keys, in the order of the text.</summary>
    public ImmutableArray<KeyValuePair<string, double>> Numbers { get; }

    /// <summary>The number of a key, or another where there is none.</summary>
    public double Number(string key, double otherwise)
    {
        foreach ((string known, double value) in Numbers)
        {
            if (string.Equals(known, key, StringComparison.Ordinal))
                return value;
        }

        return otherwise;
    }

    /// <summary>The text: <c>elu:alpha=1</c>, or the name alone where there are no numbers.</summary>
    public override string ToString() => _text;
}

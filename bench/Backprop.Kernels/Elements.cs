using System.Globalization;

namespace Backprop.Kernels;

/// <summary>What a function or a rule is called, and how many elements a call takes through it.</summary>
sealed record Elements(string Name, int Count) : IWork
{
    public double Amount => Count;

    public string Rate(double nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / Count:0.000} ns/element");

    public override string ToString() => Name;
}

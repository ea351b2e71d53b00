using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// One hardware vector (or one scalar) of elements: what kernels and elementary functions are written over, so that
/// one source serves every vector width. Operations are lane by lane, so the width changes no bit.
/// </summary>
/// <typeparam name="TSelf">The implementing one-field struct.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
interface ILanes<TSelf, T> : IReal<TSelf>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many elements one value holds: 1, 2, 4, 8 or 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    /// <summary>The same element in every lane.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>The <see cref="Count"/> elements from <paramref name="source"/> + <paramref name="index"/> on.</summary>
    static abstract TSelf Load(ref readonly T source, nuint index);

    static abstract void Store(TSelf value, ref T destination, nuint index);

    /// <summary>Lane 0.</summary>
    static abstract T First(TSelf value);

    /// <summary>a where a &lt; b, else b: the smaller one, b beside NaN and of equal ones.</summary>
    static virtual TSelf Lesser(TSelf a, TSelf b) => TSelf.IfLess(a, b, a, b);

    /// <summary>c − a · b with one rounding.</summary>
    static virtual TSelf SubtractProduct(TSelf a, TSelf b, TSelf c) => TSelf.MultiplyAdd(-a, b, c);

    /// <summary>All bits set where a &lt; b, all clear elsewhere (NaN compares false).</summary>
    static abstract TSelf LessMask(TSelf a, TSelf b);

    /// <summary>All bits set where a = b (+0 equals −0; NaN equals nothing).</summary>
    static abstract TSelf EqualMask(TSelf a, TSelf b);

    /// <summary>Bit by bit: <paramref name="then"/> where the mask is set, else <paramref name="otherwise"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf then, TSelf otherwise);

    /// <summary>Whether a mask is set in any lane.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>The sum of all lanes as a tree of halves: lane i + lane i + Count/2, then + Count/4, … + 1.</summary>
    static abstract T SumOfLanes(TSelf value);

    /// <summary>The largest lane, by the tree of <see cref="SumOfLanes"/>; of equals and beside NaN the earlier stays.</summary>
    static abstract T MaximumOfLanes(TSelf value);

    static abstract TSelf And(TSelf a, TSelf b);

    static abstract TSelf Or(TSelf a, TSelf b);

    static abstract TSelf Xor(TSelf a, TSelf b);

    /// <summary>a with the bits of b cleared: a AND NOT b.</summary>
    static abstract TSelf AndNot(TSelf a, TSelf b);

    /// <summary>The constant whose bits are given: 32 low bits for single, 64 for double.</summary>
    static abstract TSelf FromBits(long bits);

    /// <summary>The bits of each lane added as integers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    static abstract TSelf SubtractBits(TSelf a, TSelf b);

    /// <summary>The bits of each lane shifted left as integers.</summary>
    static abstract TSelf ShiftLeft(TSelf value, int count);

    /// <summary>The bits of each lane shifted right as unsigned integers.</summary>
    static abstract TSelf ShiftRight(TSelf value, int count);
}

namespace Backprop.Tests;

/// <summary>Draws for mutations: the same for the same seed.</summary>
sealed class Draw(int seed)
{
    static readonly long[] s_interesting =
    [
        0, 1, 2, 3, 7, 8, 16, 64, 127, 128, 255, 256, 1000, 1024, 4096, 32767, 32768, 65535, 65536, 1 << 20, 1 << 24,
        int.MaxValue - 1L, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue / 8, long.MaxValue,
        -1, -2, -128, int.MinValue, long.MinValue,
    ];

    readonly Random _random = new(seed);

    /// <summary>A whole number from 0 to below a bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>One chance in so many.</summary>
    public bool OneIn(int chances) => _random.Next(chances) == 0;

    public byte Byte() => (byte)_random.Next(256);

    public T Of<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>A number at which code is likely to have an edge, or one near.</summary>
    public long Interesting() => unchecked(Of(s_interesting) + (OneIn(4) ? _random.Next(-2, 3) : 0));

    /// <summary>A length from 1 on, mostly short.</summary>
    public int Length(int most) => Math.Min(most, 1 + (OneIn(8) ? Below(most + 1) : Below(16)));
}

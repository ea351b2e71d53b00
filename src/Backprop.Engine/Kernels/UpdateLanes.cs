using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Engine;

/// <summary>The loops of one update rule at one vector width.</summary>
sealed class UpdateLanes<T, V, TRule> : UpdateLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where V : struct, ILanes<V, T>
    where TRule : struct, IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(
        Span<T> p, ReadOnlySpan<T> g, Span<T> m, Span<T> v, in StepScalars<double> scalars, int stride, int used)
    {
        Check(p, g, m, v);
        StepScalars<V> s = Broadcast(in scalars);
        V least = Least;
        ref T parameters = ref MemoryMarshal.GetReference(p);
        ref T gradients = ref MemoryMarshal.GetReference(g);
        ref T first = ref MemoryMarshal.GetReference(m);
        ref T second = ref MemoryMarshal.GetReference(v);
        for (nuint row = 0; row < (nuint)p.Length; row += (nuint)stride)
        {
            for (nuint i = row; i < row + (nuint)used; i += (nuint)V.Count)
            {
                V moved = Step(
                    V.Load(ref parameters, i), V.Load(ref gradients, i), ref first, ref second, i, least, in s);
                V.Store(moved, ref parameters, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(
        Span<T> p, ReadOnlySpan<T> g, Span<T> m, Span<T> v, in StepScalars<double> scalars, in GradientLinks links)
    {
        Check(p, g, m, v);
        StepScalars<V> s = Broadcast(in scalars);
        V least = Least;
        V l1 = V.Constant(links.L1);
        V l2 = V.Constant(links.L2);
        V limit = V.Constant(links.Limit);
        bool penalised = links.L1 != 0 || links.L2 != 0;
        bool limited = double.IsFinite(links.Limit);
        V factor = V.Constant(links.Factor);
        V keep = V.Constant(links.Keep);
        ref T parameters = ref MemoryMarshal.GetReference(p);
        ref T gradients = ref MemoryMarshal.GetReference(g);
        ref T first = ref MemoryMarshal.GetReference(m);
        ref T second = ref MemoryMarshal.GetReference(v);
        for (nuint i = 0; i < (nuint)p.Length; i += (nuint)V.Count)
        {
            V parameter = V.Load(ref parameters, i);
            V gradient = V.Load(ref gradients, i);
            if (penalised)
                gradient = Penalised(parameter, gradient, l1, l2);
            if (limited)
                gradient = V.IfLess(limit, gradient, limit, V.IfLess(gradient, -limit, -limit, gradient));
            gradient *= factor;
            V moved = Step(parameter * keep, gradient, ref first, ref second, i, least, in s);
            V.Store(moved, ref parameters, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double SumOfSquares(ReadOnlySpan<T> p, ReadOnlySpan<T> g, in GradientLinks links)
    {
        Check(p, g);
        V l1 = V.Constant(links.L1);
        V l2 = V.Constant(links.L2);
        Span<T> lanes = stackalloc T[Grain];
        lanes.Clear();
        ref T sums = ref MemoryMarshal.GetReference(lanes);
        ref T parameters = ref MemoryMarshal.GetReference(p);
        ref T gradients = ref MemoryMarshal.GetReference(g);
        for (nuint i = 0; i < (nuint)p.Length; i += Grain)
        {
            for (nuint lane = 0; lane < Grain; lane += (nuint)V.Count)
            {
                V gradient = Penalised(V.Load(ref parameters, i + lane), V.Load(ref gradients, i + lane), l1, l2);
                V.Store(V.MultiplyAdd(gradient, gradient, V.Load(ref sums, lane)), ref sums, lane);
            }
        }

        for (int half = Grain / 2; half > 0; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
                lanes[lane] += lanes[lane + half];
        }

        return Rounding.ToDouble(lanes[0]);
    }

    /// <summary>
    /// The rule on one vector. Moments below the smallest normal number become 0: they would otherwise stay subnormal
    /// for ever where a gradient has died, and cost twenty times the time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Step(V p, V g, ref T first, ref T second, nuint i, V least, in StepScalars<V> s)
    {
        V m = TRule.MomentCount > 0 ? V.Load(ref first, i) : V.Zero;
        V v = TRule.MomentCount > 1 ? V.Load(ref second, i) : V.Zero;
        V moved = TRule.Step(p, g, ref m, ref v, in s);
        if (TRule.MomentCount > 0)
            V.Store(V.IfLess(V.Abs(m), least, V.Zero, m), ref first, i);
        if (TRule.MomentCount > 1)
            V.Store(V.IfLess(V.Abs(v), least, V.Zero, v), ref second, i);

        return moved;
    }

    /// <summary>The smallest normal number: 2^−126 in single, 2^−1022 in double precision.</summary>
    static V Least => V.FromBits(typeof(T) == typeof(float) ? 1L << 23 : 1L << 52);

    /// <summary>g + L2·p + L1·sign(p), with sign(0) = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Penalised(V p, V g, V l1, V l2) =>
        V.MultiplyAdd(l2, p, g) + V.IfLess(V.Zero, p, l1, V.IfLess(p, V.Zero, -l1, V.Zero));

    static StepScalars<V> Broadcast(in StepScalars<double> s) => new()
    {
        Rate = V.Constant(s.Rate),
        OtherRate = V.Constant(s.OtherRate),
        Decay1 = V.Constant(s.Decay1),
        Gain1 = V.Constant(s.Gain1),
        Decay2 = V.Constant(s.Decay2),
        Gain2 = V.Constant(s.Gain2),
        Scale = V.Constant(s.Scale),
        Epsilon = V.Constant(s.Epsilon),
    };

    /// <summary>The loops read without bounds checks, so they start from spans that fit.</summary>
    static void Check(Span<T> p, ReadOnlySpan<T> g, Span<T> m, Span<T> v) =>
        Check(p, g, (TRule.MomentCount < 1 || m.Length == p.Length) && (TRule.MomentCount < 2 || v.Length == p.Length));

    static void Check(ReadOnlySpan<T> p, ReadOnlySpan<T> g, bool momentsFit = true)
    {
        if (!momentsFit || g.Length != p.Length || p.Length % Grain != 0)
            throw new ArgumentException("Parameters, gradients and moments must be of one length, a multiple of 16.");
    }
}

namespace Backprop.Engine;

static partial class Elementary
{
    /// <summary>
    /// x^y = e^(y·ln x), the logarithm carried as an unevaluated sum of two numbers. At most 1 ulp; results below the
    /// smallest normal number are 0. Special cases as in IEEE 754 (x^0 = 1^y = 1 even for NaN; a negative x needs a
    /// whole y).
    /// </summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
            return 1;
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;

        bool odd = double.IsOddInteger(y);
        bool negativeBase = double.IsNegative(x);
        double magnitude = Math.Abs(x);
        double sign = negativeBase && odd ? -1 : 1;
        if (double.IsInfinity(y))
            return magnitude == 1 ? 1 : magnitude > 1 == y > 0 ? double.PositiveInfinity : 0;
        if (magnitude == 0 || double.IsInfinity(magnitude))
            return sign * (magnitude == 0 == y > 0 ? 0 : double.PositiveInfinity);
        if (negativeBase && !double.IsInteger(y))
            return double.NaN;

        (double high, double low) = LogInTwoParts(magnitude);
        double product = high * y;
        if (Math.Abs(product) > 800)
            return sign * (product > 0 ? double.PositiveInfinity : 0);

        // e^(p + q) = e^p + e^p·q, q so small that its square is lost.
        double rest = Math.FusedMultiplyAdd(high, y, -product) + low * y;
        double power = Exp(product);
        return sign * (double.IsInfinity(power) ? power : Math.FusedMultiplyAdd(power, rest, power));
    }

    /// <summary>ln x for finite x &gt; 0 as high + low, about 66 bits in all.</summary>
    static (double High, double Low) LogInTwoParts(double x)
    {
        bool subnormal = x < 2.2250738585072014E-308;
        var scaled = Lane1<double>.Broadcast(subnormal ? x * 18014398509481984.0 : x);
        double k = First(LogExponent<Lane1<double>, double>(scaled)) - (subnormal ? 54 : 0);
        double f = First(LogMantissa<Lane1<double>, double>(scaled)) - 1;

        // s = f / (2 + f) in two parts; 2 + f rounds, its error is kept.
        double divisor = 2 + f;
        double divisorError = f - (divisor - 2);
        double s = f / divisor;
        double sLow = (Math.FusedMultiplyAdd(-s, divisor, f) - s * divisorError) / divisor;

        // s² in two parts, for the leading term 2/3·s³; the others are small enough for one.
        double z = s * s;
        double zLow = Math.FusedMultiplyAdd(s, s, -z) + 2 * s * sLow;
        double others = z * PowPolynomial(z);

        // c = 2/3 + others, then 2s + s·z·c.
        const double TwoThirds = 0.6666666666666666, TwoThirdsLow = 3.700743415417188e-17;
        double c = TwoThirds + others;
        double cLow = (TwoThirds - c) + others + TwoThirdsLow;
        double zc = z * c;
        double zcLow = Math.FusedMultiplyAdd(z, c, -zc) + z * cLow + zLow * c;
        double cubic = s * zc;
        double cubicLow = Math.FusedMultiplyAdd(s, zc, -cubic) + s * zcLow + sLow * zc;

        // k·ln 2 with the high part short enough for an exact product.
        const double Ln2High = 0.6931471803691238, Ln2Low = 1.9082149292705877e-10;
        double whole = k * Ln2High;
        double wholeLow = k * Ln2Low;
        double wholeLowError = Math.FusedMultiplyAdd(k, Ln2Low, -wholeLow) + k * 1.1612227229362532e-26;

        (double sum, double e1) = TwoSum(whole, 2 * s);
        (sum, double e2) = TwoSum(sum, wholeLow);
        (sum, double e3) = TwoSum(sum, cubic);
        (double rest, double e4) = TwoSum(e1, e2);
        double low = rest + (e3 + (e4 + (wholeLowError + cubicLow + 2 * sLow)));
        double high = sum + low;
        return (high, low - (high - sum));
    }

    /// <summary>a + b and what its rounding lost (Knuth).</summary>
    static (double Sum, double Error) TwoSum(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>2/5 + 2/7·z + 2/9·z² + …, the terms of artanh behind the cubic one, for z ≤ 0.0295.</summary>
    static double PowPolynomial(double z)
    {
        double p = 2.0 / 25;
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 23);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 21);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 19);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 17);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 15);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 13);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 11);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 9);
        p = Math.FusedMultiplyAdd(p, z, 2.0 / 7);
        return Math.FusedMultiplyAdd(p, z, 2.0 / 5);
    }
}

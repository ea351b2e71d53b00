namespace Backprop.Tests;

/// <summary>erf by its series, apart from the engine's.</summary>
static class ErrorFunction
{
    public static double Of(double x)
    {
        if (Math.Abs(x) > 6)
            return Math.Sign(x);

        // erf x = 2/√π · e^(−x²) · Σ 2ᵏ x^(2k+1) / (1·3·…·(2k+1)): all terms have one sign.
        double term = x, sum = x;
        for (int k = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum) && k < 1000; k++)
        {
            term *= 2 * x * x / (2 * k + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}

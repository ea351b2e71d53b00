namespace Backprop.Engine;

/// <summary>
/// How large each delta is for the purpose of telling an error from rounding: |∂e/∂U|, yet at least a small share of the sum
/// of its absolute terms. A network that fits its rows exactly has deltas that are nothing but rounding of x − t.
/// </summary>
static class ErrorSizes
{
    /// <summary>With a tolerance of 10⁻⁷ this share of the terms is 10⁻¹³ of them, some hundred roundings.</summary>
    const double LeastShare = 1e-6;

    /// <summary>The sizes [rows, out] of each layer's deltas.</summary>
    public static Matrix<double>[] Of(FlowRecord<double> flow, DifferenceFlow values, double[] factors)
    {
        var sizes = new Matrix<double>[flow.Layers.Length];
        for (int k = sizes.Length - 1; k >= 0; k--)
        {
            sizes[k] = new Matrix<double>(flow.Rows, flow.Layers[k].Width);
            if (k == sizes.Length - 1)
            {
                for (int row = 0; row < flow.Rows; row++)
                    OfOutput(flow, row, Math.Abs(factors[row]), sizes[k][row]);
            }
            else
            {
                values.Layers[k + 1].SizesBack(sizes[k + 1], sizes[k]);
                for (int row = 0; row < flow.Rows && flow.Layers[k].Derivative is not null; row++)
                    ThroughDerivative(flow.Layers[k].Derivative![row], sizes[k][row]);
            }
        }

        for (int k = 0; k < sizes.Length; k++)
        {
            for (int row = 0; row < flow.Rows; row++)
                Bound(flow.Layers[k].Delta[row], sizes[k][row]);
        }

        return sizes;
    }

    static void OfOutput(FlowRecord<double> flow, int row, double factor, Span<double> sizes)
    {
        ReadOnlySpan<double> x = flow.Layers[^1].X[row], u = flow.Layers[^1].U[row], t = flow.Targets[row];
        double targets = 0;
        foreach (double target in t)
            targets += Math.Abs(target);
        for (int j = 0; j < sizes.Length; j++)
        {
            sizes[j] = factor * (flow.Loss.Kind switch
            {
                LossKind.Softmax => x[j] * targets + Math.Abs(t[j]),
                LossKind.Joint => Terms(flow.Loss, u[j], t[j]),
                LossKind.Plain => Terms(flow.Loss, x[j], t[j]) * Math.Abs(flow.Layers[^1].Derivative?[row, j] ?? 1),
                _ => throw new NotSupportedException($"The size of errors of {flow.Loss} is not said."),
            });
        }

        if (!flow.Network.HasSoftmax || flow.Loss.Kind != LossKind.Plain)
            return;
        double mean = 0;
        for (int j = 0; j < sizes.Length; j++)
            mean += x[j] * sizes[j];
        for (int j = 0; j < sizes.Length; j++)
            sizes[j] = x[j] * (sizes[j] + mean);
    }

    static void ThroughDerivative(ReadOnlySpan<double> derivative, Span<double> sizes)
    {
        for (int j = 0; j < sizes.Length; j++)
            sizes[j] *= Math.Abs(derivative[j]);
    }

    static void Bound(ReadOnlySpan<double> delta, Span<double> sizes)
    {
        for (int j = 0; j < sizes.Length; j++)
        {
            double least = double.IsFinite(sizes[j]) ? LeastShare * sizes[j] : 0;
            sizes[j] = Math.Abs(delta[j]) > least ? Math.Abs(delta[j]) : least;
        }
    }

    static double Terms(Loss loss, double output, double target) =>
        loss.TraceDerivative(TermsReal.Constant(output), TermsReal.Constant(target)).Terms;
}

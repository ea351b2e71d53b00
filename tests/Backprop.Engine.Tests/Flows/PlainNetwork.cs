using System.Collections.Immutable;

namespace Backprop.Engine.Tests;

/// <summary>
/// The same mathematics a second time, by hand: index form, plain loops in double, <c>Math</c>'s functions, derivatives
/// of its own. Shares nothing with the engine but the numbers that go in.
/// </summary>
static class PlainNetwork
{
    /// <summary>
    /// e and ∂e/∂W, ∂e/∂b in logical order, ∂e/∂X⁰ row by row; and for each of these tensors what rounding is relative
    /// to: the largest sum that the absolute values of all terms make, from the loss down. A slope counts 1 more than it
    /// is, because one that follows from the output (1 − x²) is off by 10⁻¹⁶ however small it is.
    /// </summary>
    public static (double Loss, double[][] Gradients, double[][] InputErrors, double[] Magnitudes, double InputMagnitude) Run(
        Parameters<double> parameters, double[][] inputs, double[][] targets, double[] rowWeights, Loss loss, Reduction reduction)
    {
        Network network = parameters.Network;
        ImmutableArray<Dense> layers = network.DenseLayers();
        int depth = layers.Length;
        var gradients = Sample.Matrices(parameters).Select(m => new double[m.Rows * m.Columns]).ToArray();
        var inputErrors = new double[inputs.Length][];
        var sizes = gradients.Select(gradient => new double[gradient.Length]).ToArray();
        double inputMagnitude = 0;
        double e = 0;
        for (int r = 0; r < inputs.Length; r++)
        {
            double factor = rowWeights[r] / (reduction == Reduction.Mean ? inputs.Length : 1);
            var x = new double[depth + 1][];
            var u = new double[depth][];
            x[0] = inputs[r];
            for (int k = 0; k < depth; k++)
            {
                int width = layers[k].Width;
                (u[k], x[k + 1]) = (new double[width], new double[width]);
                for (int j = 0; j < width; j++)
                {
                    u[k][j] = parameters.Biases[k] is { } bias ? bias[0, j] : 0;
                    for (int i = 0; i < x[k].Length; i++)
                        u[k][j] += x[k][i] * parameters.Weights[k][i, j];
                    x[k + 1][j] = Value(layers[k].ActivationOf(j).Name, u[k][j]);
                }
            }

            double[] delta;
            double[] size;
            (double rowLoss, delta, size) = Output(network, loss, u[^1], x[^1], targets[r]);
            e += factor * rowLoss;
            delta = [.. delta.Select(d => d * factor)];
            size = [.. size.Select(d => d * factor)];
            int tensor = gradients.Length;
            for (int k = depth - 1; k >= 0; k--)
            {
                if (layers[k].HasBias)
                {
                    tensor--;
                    for (int j = 0; j < delta.Length; j++)
                    {
                        gradients[tensor][j] += delta[j];
                        sizes[tensor][j] += size[j];
                    }
                }

                tensor--;
                var errors = new double[x[k].Length];
                var errorSizes = new double[x[k].Length];
                for (int i = 0; i < x[k].Length; i++)
                {
                    for (int j = 0; j < delta.Length; j++)
                    {
                        gradients[tensor][i * delta.Length + j] += x[k][i] * delta[j];
                        errors[i] += delta[j] * parameters.Weights[k][i, j];
                        sizes[tensor][i * delta.Length + j] += Math.Abs(x[k][i]) * size[j];
                        errorSizes[i] += size[j] * Math.Abs(parameters.Weights[k][i, j]);
                    }
                }

                if (k == 0)
                {
                    inputErrors[r] = errors;
                    inputMagnitude = Math.Max(inputMagnitude, errorSizes.Max());
                    break;
                }

                double[] slopes =
                    [.. u[k - 1].Select((value, i) => Slope(layers[k - 1].ActivationOf(i).Name, value))];
                delta = [.. errors.Select((error, i) => error * slopes[i])];
                size = [.. errorSizes.Select((error, i) => error * (1 + Math.Abs(slopes[i])))];
            }
        }

        return (e, gradients, inputErrors, [.. sizes.Select(size => size.Max())], inputMagnitude);
    }

    static (double Loss, double[] Delta, double[] Size) Output(Network network, Loss loss, double[] u, double[] x, double[] t)
    {
        double[] p = x;
        if (network.HasSoftmax)
        {
            double sum = u.Sum(Math.Exp);
            p = [.. u.Select(value => Math.Exp(value) / sum)];
        }

        var dx = new double[u.Length];
        double total = 0;
        for (int j = 0; j < u.Length; j++)
        {
            double d = p[j] - t[j];
            (double value, dx[j]) = loss.Name switch
            {
                "squared" => (d * d, 2 * d),
                "half-squared" => (d * d / 2, d),
                "absolute" => (Math.Abs(d), Math.Sign(d)),
                "huber:delta=1" => Math.Abs(d) <= 1 ? (d * d / 2, d) : (Math.Abs(d) - 0.5, Math.Sign(d)),
                "quantile:q=0.5" => (Math.Abs(d) / 2, Math.Sign(d) * 0.5),
                "softmax-cross-entropy" => (-t[j] * Math.Log(p[j]), -t[j] / p[j]),
                "logistic-cross-entropy" => (
                    -t[j] * Math.Log(p[j]) - (1 - t[j]) * Math.Log(1 - p[j]), -t[j] / p[j] + (1 - t[j]) / (1 - p[j])),
                "poisson" => (p[j] - t[j] * Math.Log(p[j]), 1 - t[j] / p[j]),
                _ => throw new NotSupportedException(loss.Name),
            };
            total += value;
        }

        // Through the output: the full Jacobian ∂xⱼ/∂uᵢ = xⱼ(δᵢⱼ − xᵢ), or each neuron's own slope.
        var du = new double[u.Length];
        var size = new double[u.Length];
        for (int i = 0; i < u.Length; i++)
        {
            if (!network.HasSoftmax)
            {
                double slope = Slope(network.DenseLayers()[^1].ActivationOf(i).Name, u[i]);
                (du[i], size[i]) = (dx[i] * slope, (1 + Math.Abs(dx[i])) * (1 + Math.Abs(slope)));
                continue;
            }

            for (int j = 0; j < u.Length; j++)
            {
                du[i] += dx[j] * p[j] * ((i == j ? 1 : 0) - p[i]);
                size[i] += Math.Abs(dx[j] * p[j]) * ((i == j ? 1 : 0) + p[i]);
            }
        }

        return (total, du, size);
    }

    static double Value(string name, double u) => name switch
    {
        "linear" => u,
        "logistic" => 1 / (1 + Math.Exp(-u)),
        "tanh" => Math.Tanh(u),
        "relu" => Math.Max(0, u),
        "leaky-relu:slope=0.01" => u > 0 ? u : 0.01 * u,
        "elu:alpha=1" => u > 0 ? u : Math.Exp(u) - 1,
        "selu" => SeluScale * (u > 0 ? u : SeluAlpha * (Math.Exp(u) - 1)),
        "gelu" => u * (1 + Erf(u / Math.Sqrt(2))) / 2,
        "silu" => u / (1 + Math.Exp(-u)),
        "mish" => u * Math.Tanh(Math.Log(1 + Math.Exp(u))),
        "softplus" => Math.Log(1 + Math.Exp(u)),
        "softsign" => u / (1 + Math.Abs(u)),
        "hard-tanh" => Math.Clamp(u, -1, 1),
        "sine" => Math.Sin(u),
        "exponential" => Math.Exp(u),
        _ => throw new NotSupportedException(name),
    };

    static double Slope(string name, double u)
    {
        double s = 1 / (1 + Math.Exp(-u));
        double sech = 1 / Math.Cosh(name == "mish" ? Math.Log(1 + Math.Exp(u)) : u);
        return name switch
        {
            "linear" => 1,
            "logistic" => Math.Exp(-u) * s * s,
            "tanh" => sech * sech,
            "relu" => u > 0 ? 1 : 0,
            "leaky-relu:slope=0.01" => u > 0 ? 1 : 0.01,
            "elu:alpha=1" => u > 0 ? 1 : Math.Exp(u),
            "selu" => SeluScale * (u > 0 ? 1 : SeluAlpha * Math.Exp(u)),
            "gelu" => (1 + Erf(u / Math.Sqrt(2))) / 2 + u * Math.Exp(-u * u / 2) / Math.Sqrt(2 * Math.PI),
            "silu" => s + u * s * (1 - s),
            "mish" => Value("mish", u) / u + u * sech * sech * s,
            "softplus" => s,
            "softsign" => Math.Pow(1 + Math.Abs(u), -2),
            "hard-tanh" => Math.Abs(u) < 1 ? 1 : 0,
            "sine" => Math.Cos(u),
            "exponential" => Math.Exp(u),
            _ => throw new NotSupportedException(name),
        };
    }

    const double SeluScale = 1.0507009873554805;
    const double SeluAlpha = 1.6732632423543772;

    /// <summary>erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms of one sign.</summary>
    static double Erf(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 400 && Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}

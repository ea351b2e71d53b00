using System.Numerics;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Derivatives by a complex step: for a function that is analytic, Im f(x + ih)/h is f′(x) up to h², and nothing is subtracted,
/// so that h = 10⁻³⁰ leaves the rounding of one evaluation alone (Squire, Trapp 1998). Not for relu, which has a kink.
/// </summary>
static class ComplexStep
{
    const double Step = 1e-30;

    /// <summary>The functions that can be evaluated.</summary>
    public static IReadOnlyList<Function> Analytic { get; } =
        [Function.Linear, Function.Logistic, Function.Tanh, Function.Softplus, Function.Sine];

    /// <summary>A function of one complex number, by the name of the real one.</summary>
    public static Complex Value(Function function, Complex u) => function.Name switch
    {
        "linear" => u,
        "logistic" => 1 / (1 + Complex.Exp(-u)),
        "tanh" => Tanh(u),
        "softplus" => Complex.Log(1 + Complex.Exp(u)),
        "sine" => Complex.Sin(u),
        _ => throw new ArgumentException($"{function} has no complex form here."),
    };

    /// <summary>f′(x) of a function of one complex number.</summary>
    public static double Derivative(Func<Complex, Complex> f, double x) => f(new Complex(x, Step)).Imaginary / Step;

    /// <summary>f′(u) of a function by its name.</summary>
    public static double Derivative(Function function, double u) => Derivative(z => Value(function, z), u);

    /// <summary>
    /// ∂e/∂W and ∂e/∂b of a network X = f(X·W + b), rows first, by one evaluation for each of them.
    /// </summary>
    /// <param name="weights">W¹ … Wⁿ [in, out].</param>
    /// <param name="biases">b¹ … bⁿ, or null for none.</param>
    /// <param name="functions">f¹ … fⁿ, a function for each neuron.</param>
    /// <param name="inputs">[rows, inputs].</param>
    /// <param name="loss">e of the outputs [rows][outputs].</param>
    public static (double[][,] Weights, double[][] Biases) Gradient(
        IReadOnlyList<double[,]> weights, IReadOnlyList<double[]>? biases, IReadOnlyList<Function[]> functions,
        double[,] inputs, Func<Complex[][], Complex> loss)
    {
        Complex[][,] w = [.. weights.Select(Lift)];
        Complex[][] b = [.. weights.Select((each, k) => biases?[k].Select(value => new Complex(value, 0)).ToArray()
            ?? new Complex[each.GetLength(1)])];
        double[][,] dw = [.. weights.Select(each => new double[each.GetLength(0), each.GetLength(1)])];
        double[][] db = [.. b.Select(each => new double[each.Length])];
        for (int k = 0; k < w.Length; k++)
        {
            for (int i = 0; i < w[k].GetLength(0); i++)
            {
                for (int j = 0; j < w[k].GetLength(1); j++)
                    dw[k][i, j] = Partial(ref w[k][i, j]);
            }

            for (int j = 0; j < b[k].Length; j++)
                db[k][j] = Partial(ref b[k][j]);
        }

        return (dw, db);

        double Partial(ref Complex element)
        {
            Complex old = element;
            element = new Complex(old.Real, Step);
            double derivative = loss(Outputs(w, b, functions, inputs)).Imaginary / Step;
            element = old;
            return derivative;
        }
    }

    static Complex[][] Outputs(Complex[][,] w, Complex[][] b, IReadOnlyList<Function[]> functions, double[,] inputs)
    {
        var outputs = new Complex[inputs.GetLength(0)][];
        for (int row = 0; row < outputs.Length; row++)
        {
            Complex[] x = [.. Enumerable.Range(0, inputs.GetLength(1)).Select(i => new Complex(inputs[row, i], 0))];
            for (int k = 0; k < w.Length; k++)
            {
                Complex[] before = x;
                x = new Complex[b[k].Length];
                for (int j = 0; j < x.Length; j++)
                {
                    Complex u = b[k][j];
                    for (int i = 0; i < before.Length; i++)
                        u += before[i] * w[k][i, j];
                    x[j] = Value(functions[k][j], u);
                }
            }

            outputs[row] = x;
        }

        return outputs;
    }

    /// <summary>The framework's own loses the tiny imaginary part of large arguments; this keeps it.</summary>
    static Complex Tanh(Complex u)
    {
        Complex power = Complex.Exp(-2 * u);
        return (1 - power) / (1 + power);
    }

    static Complex[,] Lift(double[,] matrix)
    {
        var lifted = new Complex[matrix.GetLength(0), matrix.GetLength(1)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
                lifted[i, j] = matrix[i, j];
        }

        return lifted;
    }
}

namespace Backprop.Engine;

/// <summary>Checks of a single formula over a grid of inputs.</summary>
static class FormulaCheck
{
    const double Step = 0.0371;
    const double LargestInput = 10;
    const double LargestOutput = 5;

    /// <summary>Where formulas like to break: at kinks, at 0/0, and far out.</summary>
    static readonly double[] s_special = [0, -1, 1, -30, 30, -100, 100];

    static readonly double[] s_targets = [-2, -0.7, 0, 0.2, 0.5, 1, 3];

    public static FormulaCheckResult Of(Activation activation, double tolerance)
    {
        FormulaCheckResult result = None(activation.Name, tolerance);
        bool isRightWithInput = true;
        PatternReal Value(double moved) => activation.Trace(new PatternReal(moved));
        double usual = FormulaPoint.UsualValue(Value, activation.Derivative, -1, 0, 1);
        foreach (double u in Grid(LargestInput).Concat(s_special))
        {
            FormulaPoint point = FormulaPoint.At(u, Value, usual);
            result = result.With(point, u, null, activation.Derivative(u));
            double withInput = activation.TraceDerivative(new PatternReal(u), Value(u)).Value;
            isRightWithInput &= !(point.ErrorOf(withInput) > tolerance);
        }

        return result with { NeedsInput = !result.Passed && !activation.DerivativeNeedsInput && isRightWithInput };
    }

    public static FormulaCheckResult Of(Loss loss, double tolerance)
    {
        FormulaCheckResult result = None(loss.Name, tolerance);
        foreach (double target in s_targets)
        {
            PatternReal Value(double moved) => loss.Trace(new PatternReal(moved), new PatternReal(target));
            double usual = FormulaPoint.UsualValue(Value, at => loss.Derivative(at, target), target - 1, target, target + 1);
            foreach (double output in Grid(LargestOutput).Append(target))
            {
                var point = FormulaPoint.At(output, Value, usual);
                result = result.With(point, output, target, loss.Derivative(output, target));
            }
        }

        return result;
    }

    /// <summary>With W = 1 and no biases, U is X⁰, and ∂e/∂X⁰ of the sum is ∂ℓ/∂u.</summary>
    public static FormulaCheckResult OfSoftmax(Loss loss, double tolerance)
    {
        const int Outputs = 4, Rows = 25;
        var network = new Network(Outputs, [new Dense(Outputs, Activation.Linear, bias: false), new Softmax()]);
        var parameters = new Parameters<double>(network);
        (Matrix<double> inputs, Matrix<double> targets) = (new(Rows, Outputs), new(Rows, Outputs));
        for (int j = 0; j < Outputs; j++)
            parameters.Weights[0][j, j] = 1;
        for (int row = 0; row < Rows; row++)
        {
            for (int j = 0; j < Outputs; j++)
            {
                ulong index = (ulong)(row * Outputs + j);
                inputs[row, j] = LargestOutput * (2 * CounterRandom.Uniform(0, RandomPurpose.GradientCheck, 0, index) - 1);

                // A class in every other row, and shares that need not add up to 1 in the others.
                targets[row, j] = row % 2 == 0
                    ? (row / 2 % Outputs == j ? 1 : 0)
                    : CounterRandom.Uniform(0, RandomPurpose.GradientCheck, 1, index);
            }
        }

        GradientGroup group = GradientCheck.Run(
            parameters, new Examples<double>(inputs, targets), loss, Reduction.Sum,
            new GradientCheckOptions { Tolerance = tolerance, Samples = 0 }).Groups[0];
        GradientDifference worst = group.Worst!.Value;
        return None(loss.Name, tolerance) with
        {
            Checked = group.Checked,
            LeftOut = group.LeftOut + group.Unresolved,
            Input = inputs[worst.Row, worst.Column],
            Target = targets[worst.Row, worst.Column],
            Analytic = worst.Analytic,
            Difference = worst.Difference,
            Error = worst.Error,
        };
    }

    static FormulaCheckResult None(string name, double tolerance) => new()
    {
        Name = name,
        Tolerance = tolerance,
        Checked = 0,
        LeftOut = 0,
        Input = 0,
        Target = null,
        Analytic = 0,
        Difference = 0,
        Error = 0,
        NeedsInput = false,
    };

    static IEnumerable<double> Grid(double largest)
    {
        for (double at = -largest; at <= largest; at += Step)
            yield return at;
    }
}

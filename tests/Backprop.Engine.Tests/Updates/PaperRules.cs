namespace Backprop.Engine.Tests;

/// <summary>
/// The update rules as their papers print them, for one parameter: plain scalar code with bias corrections by power,
/// which shares nothing with the engine. g(t) is the gradient of step t = 1, 2, …
/// </summary>
static class PaperRules
{
    public static double[] Run(string name, double p, double rate, int steps, Func<int, double> g) => name switch
    {
        "gradient-descent" => GradientDescent(p, rate, steps, g),
        "momentum" => Momentum(p, rate, steps, g, 0.9, lookAhead: false),
        "nesterov" => Momentum(p, rate, steps, g, 0.9, lookAhead: true),
        "adagrad" => Adagrad(p, rate, steps, g, 1e-10),
        "rmsprop" => RmsProp(p, rate, steps, g, 0.99, 1e-8),
        "adam" => Adam(p, rate, steps, g, 0.9, 0.999, 1e-8, decay: 0),
        "adamw" => Adam(p, rate, steps, g, 0.9, 0.999, 1e-8, decay: 0.01),
        "nadam" => NAdam(p, rate, steps, g, 0.9, 0.999, 1e-8, 0.004),
        "lion" => Lion(p, rate, steps, g, 0.9, 0.99),
        "rprop" => Rprop(p, rate, steps, g),
        _ => throw new ArgumentException(name),
    };

    static double[] GradientDescent(double p, double rate, int steps, Func<int, double> g)
    {
        var path = new double[steps];
        for (int t = 1; t <= steps; t++)
            path[t - 1] = p -= rate * g(t);
        return path;
    }

    static double[] Momentum(double p, double rate, int steps, Func<int, double> g, double mu, bool lookAhead)
    {
        var path = new double[steps];
        double velocity = 0;
        for (int t = 1; t <= steps; t++)
        {
            velocity = mu * velocity + g(t);
            p -= rate * (lookAhead ? g(t) + mu * velocity : velocity);
            path[t - 1] = p;
        }

        return path;
    }

    static double[] Adagrad(double p, double rate, int steps, Func<int, double> g, double epsilon)
    {
        var path = new double[steps];
        double sum = 0;
        for (int t = 1; t <= steps; t++)
        {
            sum += g(t) * g(t);
            path[t - 1] = p -= rate * g(t) / (Math.Sqrt(sum) + epsilon);
        }

        return path;
    }

    static double[] RmsProp(double p, double rate, int steps, Func<int, double> g, double rho, double epsilon)
    {
        var path = new double[steps];
        double meanSquare = 0;
        for (int t = 1; t <= steps; t++)
        {
            meanSquare = rho * meanSquare + (1 - rho) * Math.Pow(g(t), 2);
            path[t - 1] = p -= rate * g(t) / (Math.Sqrt(meanSquare) + epsilon);
        }

        return path;
    }

    static double[] Adam(
        double p, double rate, int steps, Func<int, double> g, double beta1, double beta2, double epsilon, double decay)
    {
        var path = new double[steps];
        double m = 0;
        double v = 0;
        for (int t = 1; t <= steps; t++)
        {
            m = beta1 * m + (1 - beta1) * g(t);
            v = beta2 * v + (1 - beta2) * g(t) * g(t);
            double mHat = m / (1 - Math.Pow(beta1, t));
            double vHat = v / (1 - Math.Pow(beta2, t));
            p -= rate * (mHat / (Math.Sqrt(vHat) + epsilon) + decay * p);
            path[t - 1] = p;
        }

        return path;
    }

    static double[] NAdam(
        double p, double rate, int steps, Func<int, double> g, double beta1, double beta2, double epsilon, double psi)
    {
        double Mu(int t) => beta1 * (1 - 0.5 * Math.Pow(0.96, t * psi));
        var path = new double[steps];
        double m = 0;
        double v = 0;
        double product = 1;
        for (int t = 1; t <= steps; t++)
        {
            product *= Mu(t);
            m = beta1 * m + (1 - beta1) * g(t);
            v = beta2 * v + (1 - beta2) * g(t) * g(t);
            double mHat = Mu(t + 1) * m / (1 - product * Mu(t + 1)) + (1 - Mu(t)) * g(t) / (1 - product);
            double vHat = v / (1 - Math.Pow(beta2, t));
            path[t - 1] = p -= rate * mHat / (Math.Sqrt(vHat) + epsilon);
        }

        return path;
    }

    static double[] Lion(double p, double rate, int steps, Func<int, double> g, double beta1, double beta2)
    {
        var path = new double[steps];
        double m = 0;
        for (int t = 1; t <= steps; t++)
        {
            path[t - 1] = p -= rate * Math.Sign(beta1 * m + (1 - beta1) * g(t));
            m = beta2 * m + (1 - beta2) * g(t);
        }

        return path;
    }

    static double[] Rprop(double p, double first, int steps, Func<int, double> g)
    {
        var path = new double[steps];
        double size = first;
        double before = 0;
        for (int t = 1; t <= steps; t++)
        {
            double now = g(t);
            if (before * now > 0)
            {
                size = Math.Min(size * 1.2, 50);
            }
            else if (before * now < 0)
            {
                size = Math.Max(size * 0.5, 1e-6);
                now = 0;
            }

            path[t - 1] = p -= Math.Sign(now) * size;
            before = now;
        }

        return path;
    }
}

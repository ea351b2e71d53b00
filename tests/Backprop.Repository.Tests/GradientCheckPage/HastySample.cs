using Backprop.Engine;

namespace Backprop.Repository.Tests;

/// <summary>Code of docs/gradient-check.md: an activation whose derivative is wrong on purpose.</summary>
static class HastySample
{
    // gradient-check: activation
    readonly record struct Swish : IActivation
    {
        public string Name => "swish";

        public bool DerivativeNeedsInput => true;

        public R Value<R>(R u)
            where R : struct, IReal<R> => u * R.Logistic(u);

        // (u·σ)′ = σ + u·σ·(1 − σ): the factor u was forgotten.
        public R Derivative<R>(R u, R x)
            where R : struct, IReal<R> => R.Logistic(u) + R.Logistic(u) * (R.Constant(1) - R.Logistic(u));
    }
    // gradient-check: end

    public static void Formula()
    {
        // gradient-check: formula
        Console.WriteLine(GradientCheck.Run(Activation.Of(default(Swish))));
        // gradient-check: end
    }

    public static void Network()
    {
        // gradient-check: model
        Table table = Table.ReadCsv("samples/iris.csv");
        var options = new TrainOptions
        {
            Layers = [6, 5],
            Activations = ["tanh", "4*tanh+1*swish"],
            OwnActivations = [Activation.Of(default(Swish))],
            Epochs = 20,
        };
        Model model = Model.Train(table, "species", options).Model;
        ModelGradientCheck check = model.CheckGradients(table);
        foreach (GradientGroup group in check.Result.Groups)
        {
            GradientDifference worst = group.Worst!.Value;
            string found = $"{(group.Passed ? "right" : "wrong")}, {worst.Error:0e+0} at {check.PlaceOf(group, worst)}";
            Console.WriteLine($"layer {group.Layer + 1}, {group.Tensor}: {found}");
        }
        // gradient-check: end
    }

    public static void Arrays()
    {
        // gradient-check: arrays
        var network = new Network(2, [new Dense(3, Activation.Relu), new Dense(1, Activation.Linear)]);
        Parameters<double> parameters = Initializer.HeNormal.Create<double>(network, seed: 1);
        var rows = new Examples<double>(
            Matrix<double>.From(new double[,] { { 0, 0.5 }, { 1, 2 }, { 3, -1 } }),
            Matrix<double>.From(new double[,] { { 1 }, { 0 }, { 2 } }));
        Console.WriteLine(GradientCheck.Run(parameters, rows, Loss.Squared));
        // gradient-check: end
    }
}

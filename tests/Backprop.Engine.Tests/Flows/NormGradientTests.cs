using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>
/// The gradient of networks with scale and normalisations against central differences of the whole loss, in double.
/// </summary>
public sealed class NormGradientTests
{
    static readonly (string Name, Network Network)[] s_networks =
    [
        ("scale",
            new Network(3, new Scale(), new Dense(4, Activation.Tanh), new Scale(), new Dense(2, Activation.Silu), new Scale())),
        ("layernorm", new Network(
            5, new LayerNorm(), new Dense(4, Activation.Tanh), new LayerNorm(0.01), new LayerNorm(),
            new Dense(3, Activation.Linear),
            new LayerNorm())),
        ("batchnorm", new Network(
            3, new BatchNorm(), new Dense(4, Activation.Tanh, bias: false), new BatchNorm(epsilon: 0.01), new BatchNorm(),
            new Dense(2, Activation.Logistic), new BatchNorm())),
        ("all, softmax", new Network(
            4, new BatchNorm(), new Scale(), new Dense(5, Activation.Linear), new BatchNorm(), new LayerNorm(),
            new Dense(17, Activation.Gelu), new Scale(), new BatchNorm(), new Dense(3, Activation.Linear), new Softmax())),
        ("softmax behind batchnorm", new Network(3, new Dense(4, Activation.Linear), new BatchNorm(), new Softmax())),
    ];

    public static TheoryData<string, bool> Cases =>
        [.. s_networks.SelectMany(pair => new[] { (pair.Name, true), (pair.Name, false) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_gradient_is_that_of_central_differences(string name, bool learns)
    {
        const int Rows = 9;
        Network network = s_networks.First(pair => pair.Name == name).Network;
        Loss loss = network.HasSoftmax ? Loss.SoftmaxCrossEntropy() : Loss.Squared;
        Parameters<double> parameters = Sample.Parameters<double>(network, 21);
        var workspace = new Workspace<double>(network, Rows, keepEverything: true);
        Matrix<double> inputs = Sample.Matrix<double>(Rows, network.Inputs, 22, 1.5);
        double[] weights = Sample.Weights(Rows, 23);
        workspace.Load(network.HasSoftmax
            ? new Examples<double>(inputs, Sample.Classes(Rows, network.Outputs, 24), weights)
            : new Examples<double>(inputs, Sample.Matrix<double>(Rows, network.Outputs, 24), weights));
        var values = new ValueFlow<double>(network);
        var errors = new ErrorFlow<double>(network, loss);
        var gradient = new Parameters<double>(network);
        _ = Value();
        double[][] gradients = [.. gradient.Tensors.Select(GradientCase.Flat)];
        double[] inputErrors = GradientCase.Flat(workspace.InputErrors!);
        double largest = gradients.Max(tensor => tensor.Max(Math.Abs));

        foreach ((Tensor tensor, int i) in network.Layout.Tensors.Select((tensor, i) => (tensor, i)))
        {
            // No gradient updates statistics, though a network that predicts depends on them.
            double[] expected = tensor.Role == TensorRole.Statistic
                ? new double[gradients[i].Length]
                : Differences(parameters.Tensors[i]);
            GradientCase.AssertClose(gradients[i], expected, 1e-9 * largest, $"{tensor} of {network}");
        }

        GradientCase.AssertClose(
            inputErrors, Differences(workspace.Inputs), 1e-9 * Math.Max(largest, inputErrors.Max(Math.Abs)),
            $"∂e/∂X⁰ of {network}");

        double Value()
        {
            if (learns)
                values.Learn(parameters, workspace);
            else
                values.Run(parameters, workspace);
            return errors.Run(parameters, workspace, gradient);
        }

        // Off by h⁴ times the fifth derivative, and by the rounding of e over h.
        double[] Differences(Matrix<double> matrix)
        {
            const double H = 3e-4;
            var result = new double[matrix.Rows * matrix.Columns];
            for (int i = 0; i < result.Length; i++)
            {
                ref double value = ref matrix[i / matrix.Columns][i % matrix.Columns];
                double old = value;
                double At(double place, ref double into)
                {
                    into = old + place;
                    return Value();
                }

                double near = At(H, ref value) - At(-H, ref value);
                double far = At(2 * H, ref value) - At(-2 * H, ref value);
                value = old;
                result[i] = (8 * near - far) / (12 * H);
            }

            return result;
        }
    }
}

using System.Globalization;
using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// The engine against PyTorch in double precision on networks that tests/golden/torch_networks.py drew. BACKPROP_TORCH_NETWORKS
/// names another file, so that networks that nobody has seen can be tried.
/// </summary>
public sealed class TorchNetworkTests(ITestOutputHelper output)
{
    const double Bound = 1e-12;

    static readonly string s_path = Environment.GetEnvironmentVariable("BACKPROP_TORCH_NETWORKS") is { Length: > 0 } other
        ? other
        : TorchNetwork.Golden();

    [Fact]
    public void The_loss_and_every_gradient_are_those_of_PyTorch()
    {
        TorchNetwork[] networks = TorchNetwork.Read(s_path);
        Assert.NotEmpty(networks);
        var total = new Closeness("");
        for (int index = 0; index < networks.Length; index++)
        {
            TorchNetwork torch = networks[index];
            FlowRecord<double> flow = torch.Flow();
            var terms = new TermSums(flow, torch.Factor);
            var closeness = new Closeness($"network {index}, {torch}");
            closeness.Check("e", flow.BatchLoss, torch.Value, Bound * terms.Loss);
            for (int k = 0; k < flow.Layers.Length; k++)
            {
                LayerRecord<double> layer = flow.Layers[k];
                closeness.Check(
                    $"∂e/∂W of layer {k + 1}", layer.WeightGradient.ToArray(), TorchNetwork.Plain(torch.WeightGradients[k]),
                    Bound * terms.WeightGradient[k]);
                if (torch.BiasGradients[k] is { } bias)
                    closeness.Check($"∂e/∂b of layer {k + 1}", layer.BiasGradient!.ToArray(), Numbers.Row(bias),
                        Bound * terms.BiasGradient[k]);
            }

            closeness.Check("∂e/∂X⁰", flow.InputErrors.ToArray(), TorchNetwork.Plain(torch.InputGradient),
                Bound * terms.InputErrors);
            total.Add(closeness);
        }

        output.WriteLine(
            $"{networks.Length} networks, {total.Count} numbers; "
            + $"the worst came to {total.Worst.ToString("0.0E+0", CultureInfo.InvariantCulture)} of its bound: {total.Where}");
    }

    [Fact]
    public void The_networks_have_every_activation_and_every_loss()
    {
        TorchNetwork[] networks = TorchNetwork.Read(TorchNetwork.Golden());
        Assert.Equal(200, networks.Length);
        Assert.Empty(Activation.All.Select(each => each.Named.Name).Except(
            networks.SelectMany(network => network.Layers).SelectMany(layer => layer.Activations).Select(Base)));
        Assert.Empty(Loss.All.Select(each => each.Named.Name).Except(networks.Select(network => Base(network.Loss))));

        static string Base(string name) => name.Split(':')[0];
    }
}

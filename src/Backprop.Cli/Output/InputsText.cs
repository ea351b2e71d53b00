using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>What flows into a network, as people read it: <c>8 features</c>, <c>8 features and 2 codes</c>.</summary>
static class InputsText
{
    public static string Of(Network network) => (network.Inputs, network.Codes) switch
    {
        (_, 0) => Counted.Of(network.Inputs, "feature"),
        (0, _) => Counted.Of(network.Codes, "code"),
        _ => $"{Counted.Of(network.Inputs, "feature")} and {Counted.Of(network.Codes, "code")}",
    };
}

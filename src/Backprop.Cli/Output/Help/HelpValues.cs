using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>The names that flags take, asked of the library only where help is shown.</summary>
static class HelpValues
{
    public static IReadOnlyList<string> Of(string flag) => flag switch
    {
        "--layers" => HiddenLayer.Forms,
        "--activation" => [.. Activation.All.Select(known => known.Name)],
        "--output-activation" => ["auto", OutputText.Softmax, .. Activation.All.Select(known => known.Name)],
        "--initializer" => [.. Initializer.All.Select(known => known.Name)],
        "--optimizer" => [.. Optimizer.All.Select(known => known.Name)],
        "--schedule" => [.. Schedule.All.Select(known => known.Name)],
        "--loss" => [.. Loss.All.Select(known => known.Name)],
        "--metric" => MetricNames.All,
        "--recipe" => DefaultRecipe.Names,
        "--notation" => [.. Notation.All.Select(known => known.Name)],
        _ => [],
    };
}

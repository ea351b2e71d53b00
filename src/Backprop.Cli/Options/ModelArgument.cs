using System.CommandLine;

namespace Backprop.Cli;

/// <summary>The model that a verb takes.</summary>
static class ModelArgument
{
    public static Argument<string> Create() => new("MODEL") { Description = "An ONNX file that train wrote." };
}

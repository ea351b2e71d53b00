using Backprop.Onnx.Proto;
using Xunit;

namespace Backprop.Tests;

/// <summary>A model says what its file's inputs are called.</summary>
public sealed class OnnxInputsTests
{
    [Fact]
    public void They_are_those_of_the_graph()
    {
        string[] names = ["label", "probabilities", "layer1.weights", "age", "label (input)"];
        Model model = Model.Train(
            Tabular.Csv(string.Join(',', names) + ",city,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
                $"{i % 3},{i % 5},{i % 7},{i % 11},{i % 13}.5,{(i % 2 == 0 ? "Rome" : "Oslo")},{(i % 4 < 2 ? "a" : "b")}\n"))),
            "y", Samples.Short).Model;
        Assert.Equal(
            ModelProto.Parser.ParseFrom(Samples.Bytes(model)).Graph.Input.Select(input => input.Name),
            model.OnnxInputs.Select(input => input.Name));
        Assert.Equal([.. names, "city"], model.OnnxInputs.Select(input => input.Column));
        Assert.Equal(
            ["label (input)", "probabilities (input)", "layer1.weights (input)", "age", "label (input) (input)", "city"],
            model.OnnxInputs.Select(input => input.Name));
        Assert.Equal(["city"], model.OnnxInputs.Where(input => input.TakesText).Select(input => input.Column));
    }
}

using System.Text.Json;
using Xunit;

namespace Backprop.Tests;

/// <summary>What is written field by field is what the serializer writes.</summary>
public sealed class ModelSchemaTextTests
{
    public static TheoryData<string> Names { get; } =
        ["every operation", "every layer", "numbers", "numbers in double", "network alone"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schema_is_written_as_the_serializer_writes_it(string name)
    {
        ModelSchema schema = Schema(name);
        string text = schema.ToJson();
        Assert.Equal(JsonSerializer.Serialize(schema, ModelSchemaJson.Default.ModelSchema), text);
        Assert.Equal(text, ModelSchema.Parse(text).ToJson());
    }

    static ModelSchema Schema(string name) => name switch
    {
        "every operation" => Alone("single", 5) with
        {
            Columns =
            [
                .. OperationSamples.Columns.Select(column => new ColumnSchema(column.Name, column.Operations)),
                new(
                    "größe <&>",
                    [new InDouble(), new MissingIndicator(), new FillMissing(0.1), new Subtract(-1e300), new Divide(5e-324)]),
                new("\"b\"", [new Lookup(["x", "y\t"], ["", "NA"], MissingHasIndex: true), new OneHot(3)]),
            ],
            Layers = [new([new("relu", 3), new("tanh", 2)], Bias: true), new([new("linear", 2)], Bias: false)],
            Link = "softmax",
            Target = new(["class"], ["p", "q"], null, null),
        },
        "every layer" => Alone("double", 2) with
        {
            Layers =
            [
                LayerSchema.Of("batchnorm", ("momentum", 0.1), ("epsilon", 1e-5)), new([new("linear", 2)], Bias: true),
                LayerSchema.Of("layernorm", ("epsilon", 5e-324)), LayerSchema.Of("scale"),
                new(Kind: "embed", Tables: [new(7, 3), new(1, 1)]),
            ],
        },
        "numbers" => Alone("double", 2) with { Columns = [], Target = new(["u", "v"], null, [0.1, 2], [1, 3]) },
        "numbers in double" => Alone("single", 2) with
        {
            Columns = [],
            Layers = [new([new("linear", 1)], Bias: true)],
            Target = new(["u"], null, [1.7e9], [1], InDouble: true),
        },
        _ => Alone("double", 2),
    };

    static ModelSchema Alone(string precision, int inputs) => new()
    {
        Format = ModelSchema.CurrentFormat,
        Precision = precision,
        Columns = null,
        Inputs = inputs,
        Layers = [new([new("linear", 2)], Bias: true)],
        Link = "none",
        Target = null,
    };
}

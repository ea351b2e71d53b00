using System.Numerics;
using Backprop.Engine;
using Backprop.Onnx.Proto;
using Google.Protobuf;
using Xunit;

namespace Backprop.Tests;

public sealed class OnnxFileTests
{
    [Fact]
    public void A_model_in_single_precision_comes_back_as_it_was_written() => CheckRoundTrip<float>();

    [Fact]
    public void A_model_in_double_precision_comes_back_as_it_was_written() => CheckRoundTrip<double>();

    [Fact]
    public void An_activation_of_ones_own_is_found_by_name_and_refused_without_it()
    {
        Activation own = Activation.Of(default(Square));
        var model = new OnnxModel<float>(null, null, SmallModels.PassThrough<float>(2, own), SmallModels.NoMetadata);
        OnnxFile file = OnnxFile.Parse(OnnxWriter.Write(model), "m.onnx");

        Assert.Equal(model.Parameters.Network, file.ReadModel<float>(own).Parameters.Network);
        Assert.Contains(
            "square", Assert.Throws<BackpropException>(() => file.ReadModel<float>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_other_precision_is_refused() => Assert.Contains(
        "single precision",
        Assert.Throws<BackpropException>(() => Parse(MixedTable.Classifier<float>()).ReadModel<double>()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = OnnxWriter.Write(new OnnxModel<float>(
            null, null, SmallModels.PassThrough<float>(2, Activation.Relu), SmallModels.NoMetadata));
        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] part = bytes[..length];
            Assert.Throws<BackpropException>(() => OnnxFile.Parse(part, "m.onnx").ReadModel<float>());
        }
    }

    public static TheoryData<string> Changes => [.. s_changes.Keys];

    static readonly Dictionary<string, Action<ModelProto>> s_changes = new(StringComparer.Ordinal)
    {
        ["another operator"] = model => model.Graph.Node.First(node => node.OpType is "Tanh").OpType = "Sin",
        ["another input name"] = model => model.Graph.Input[0].Name = "years",
        ["another constant"] = model =>
            model.Graph.Initializer.First(tensor => tensor.Dims.Count == 0).RawData = ByteString.CopyFrom(1, 2, 3, 4),
        ["other classes in the graph"] = model => model.Graph.Node.First(node => node.Output[0] is "label")
            .Attribute.First(setting => setting.Name is "values_strings").Strings[0] = ByteString.CopyFromUtf8("zeroth"),
        ["other classes in the description"] = model => Describe(model, "\"first\"", "\"zeroth\""),
        ["another activation in the description"] = model => Describe(model, "\"silu\"", "\"tanh\""),
        ["an unknown activation"] = model => Describe(model, "\"silu\"", "\"nonsense\""),
        ["a wider layer"] = model => Describe(model, "\"count\":5", "\"count\":1000000"),
        ["an empty layer"] = model => Describe(model, "\"count\":5", "\"count\":0"),
        ["an unknown field"] = model => Describe(model, "\"link\"", "\"more\":1,\"link\""),
        ["a missing field"] = model => Describe(model, "\"link\":\"softmax\",", ""),
        ["a null"] = model => Describe(model, "\"link\":\"softmax\",", "\"link\":null,"),
        ["null operations"] = model => Describe(model, "\"operations\":[", "\"operations\":[null,"),
        ["an unknown operation"] = model => Describe(model, "\"subtract\"", "\"add\""),
        ["another format"] = model => Describe(model, "\"format\":1", "\"format\":2"),
        ["another precision"] = model => Describe(model, "\"single\"", "\"half\""),
        ["fewer weights"] = model => model.Graph.Initializer.First(t => t.Name is "layer1.weights").Dims[0]--,
        ["weights cut off"] = model => Cut(model.Graph.Initializer.First(t => t.Name is "layer2.weights")),
        ["no weights"] = model => model.Graph.Initializer.Remove(model.Graph.Initializer.First(t => t.Name is "layer2.weights")),
        ["weights in another file"] = model => model.Graph.Initializer.First(t => t.Name is "layer1.weights").DataLocation =
            TensorProto.Types.DataLocation.External,
        ["a weight that is no number"] = model => model.Graph.Initializer.First(t => t.Name is "layer1.bias").RawData =
            ByteString.CopyFrom([.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), 8).SelectMany(bytes => bytes)]),
        ["a description twice"] = model => model.MetadataProps.Add(model.MetadataProps[0].Clone()),
        ["another operator set"] = model => model.OpsetImport[0].Version = 9,
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_file_that_was_changed_is_refused(string change)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(OnnxWriter.Write(MixedTable.Classifier<float>()));
        byte[] before = proto.ToByteArray();
        s_changes[change](proto);
        byte[] after = proto.ToByteArray();

        Assert.NotEqual(before, after);
        string message = Assert.Throws<BackpropException>(() => OnnxFile.Parse(after, "m.onnx").ReadModel<float>()).Message;
        Assert.Contains("m.onnx", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_by_the_million_are_refused_before_they_take_memory()
    {
        // Two bytes each: an empty node in the graph.
        byte[] nodes = [.. Enumerable.Repeat<byte[]>([0x0a, 0x00], 2_000_000).SelectMany(bytes => bytes)];
        byte[] file = [0x3a, 0x80, 0x92, 0xf4, 0x01, .. nodes];
        Assert.Throws<BackpropException>(() => OnnxFile.Parse(file, "m.onnx"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<BackpropException>(() => OnnxFile.Parse(file, "m.onnx"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Files_that_are_missing_empty_folders_or_no_ONNX_are_refused()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("backprop-file-");
        try
        {
            string path = Path.Combine(folder.FullName, "m.onnx");
            Assert.Contains("no file", Refusal(path), StringComparison.Ordinal);
            Assert.Contains("folder", Refusal(folder.FullName), StringComparison.Ordinal);
            File.WriteAllBytes(path, []);
            Assert.Contains("empty", Refusal(path), StringComparison.Ordinal);
            File.WriteAllText(path, "a,b,c\n1,2,3\n");
            Assert.Contains("no ONNX file", Refusal(path), StringComparison.Ordinal);
            OnnxWriter.Save(MixedTable.Classifier<double>(), path);
            Assert.True(OnnxFile.Open(path).IsDouble);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void CheckRoundTrip<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OnnxModel<T> model = MixedTable.Classifier<T>();
        byte[] bytes = OnnxWriter.Write(model);
        OnnxFile file = OnnxFile.Parse(bytes, "m.onnx");
        OnnxModel<T> read = file.ReadModel<T>();

        Assert.True(file.IsBackpropModel);
        Assert.Equal(typeof(T) == typeof(double), file.IsDouble);
        Assert.Equal(model.Parameters.Network, read.Parameters.Network);
        Assert.Equal(model.Parameters.Hash(), read.Parameters.Hash());
        Assert.Equal(model.Encoder!.Features.AsEnumerable(), read.Encoder!.Features);
        Assert.Equal(MixedTable.Features<T>(model.Encoder), MixedTable.Features<T>(read.Encoder!));
        Assert.Equal("first, second, größer", string.Join(", ", ((ClassTarget)read.Target!).Classes));
        Assert.Equal(model.Metadata, read.Metadata);
        Assert.Equal(bytes, OnnxWriter.Write(read));
    }

    static OnnxFile Parse<T>(OnnxModel<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => OnnxFile.Parse(OnnxWriter.Write(model), "m.onnx");

    static string Refusal(string path) => Assert.Throws<BackpropException>(() => OnnxFile.Open(path)).Message;

    static void Describe(ModelProto model, string text, string other)
    {
        StringStringEntryProto schema = model.MetadataProps.First(entry => entry.Key is "backprop.schema");
        Assert.Contains(text, schema.Value, StringComparison.Ordinal);
        schema.Value = schema.Value.Replace(text, other, StringComparison.Ordinal);
    }

    static void Cut(TensorProto tensor) => tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..^4]);

    readonly record struct Square : IActivation
    {
        public string Name => "square";

        public bool DerivativeNeedsInput => true;

        public R Value<R>(R u)
            where R : struct, IReal<R> => u * u;

        public R Derivative<R>(R u, R x)
            where R : struct, IReal<R> => u + u;
    }
}

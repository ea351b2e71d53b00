using System.Text;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>The files in tests/golden/seeds and tests/golden/damaged.</summary>
public sealed class SeedFilesTests
{
    /// <summary>Set to a value, the seeds are written anew before they are read.</summary>
    const string WriteVariable = "BACKPROP_WRITE_SEEDS";

    public static TheoryData<string> Formats => [.. FuzzFormats.All.Select(format => format.Name)];

    static FuzzFormat Format(string name) => FuzzFormats.All.Single(format => format.Name == name);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_seed_is_read(string name)
    {
        FuzzFormat format = Format(name);
        if (Environment.GetEnvironmentVariable(WriteVariable) is not null)
            Write(format);
        byte[][] seeds = format.Seeds();
        Assert.NotEmpty(seeds);
        foreach (byte[] seed in seeds)
            Assert.NotEmpty(format.Read(seed));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_damaged_file_is_refused_in_one_sentence(string name)
    {
        FuzzFormat format = Format(name);
        string[] files = format.Damaged();
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            var execution = Execution.Of(format, File.ReadAllBytes(file));
            Assert.True(execution.Fault is null, $"{file}: {execution.Fault}");
            Assert.False(execution.Signature.StartsWith("read", StringComparison.Ordinal), $"{file} is read.");
        }
    }

    static void Write(FuzzFormat format)
    {
        Directory.CreateDirectory(format.Folder("seeds"));
        foreach ((string file, byte[] bytes) in Make(format.Name))
            File.WriteAllBytes(Path.Combine(format.Folder("seeds"), file), bytes);
    }

    static IEnumerable<(string File, byte[] Bytes)> Make(string name)
    {
        var few = Tabular.Csv(
            "a,b,c,d,y\n" + string.Concat(Enumerable.Range(0, 24).Select(
                i => $"{(i % 9 == 4 ? "?" : $"{i % 7}")},{i * 5 % 11}.5,{"uvw"[i % 3]},"
                    + $"{(i % 2 == 0 ? "yes" : "no")},{"pq"[i % 2]}\n")));
        var tiny = new TrainOptions { Layers = [2], Epochs = 1, Seed = 3 };
        switch (name)
        {
            case "onnx":
                yield return ("classes.onnx", Samples.Bytes(Model.Train(few, "y", tiny).Model));
                yield return ("numbers.onnx", Samples.Bytes(Model.Train(few, "b", tiny with
                {
                    Precision = Precision.Double,
                    Layers = [2, 2],
                    Activations = ["1*tanh+1*elu", "mish"],
                    Bias = false,
                }).Model));
                var numbers = Tabular.Csv(
                    "a,y\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"{i % 7},{i * 5 % 11}.5\n")));
                yield return ("plain.onnx",
                    Samples.Bytes(Model.Train(numbers, "y", tiny with { Encode = EncodeKind.None }).Model));
                yield return ("foreign.onnx", Foreign.Mixed());
                break;
            case "safetensors":
                string[] optimizers = ["adam", "rprop", "gradient-descent"];
                for (int i = 0; i < optimizers.Length; i++)
                    yield return ($"{optimizers[i]}.ckpt", CheckpointOf(tiny with
                    {
                        Layers = [2],
                        Epochs = 2,
                        Optimizer = Optimizer.Parse(optimizers[i]),
                        Precision = i == 1 ? Precision.Double : Precision.Single,
                        Schedule = i == 2 ? Schedule.Parse("plateau") : null,
                    }));
                break;
            case "csv":
                byte[] table = Encoding.UTF8.GetBytes(
                    "id,size,colour,note,flag\r\n1,0.5,red,\"a, \"\"b\"\"\",yes\r\n"
                    + "2,-1e3,blüe,\"two\nlines\",no\r\n3,?,red, \"x\" ,yes\r\n4,7,,,no\r\n");
                yield return ("mixed.csv", table);
                yield return ("mixed.csv.gz", Tabular.Gzip(table));
                yield return ("utf-16.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a;b\n1;x\n2;y\n")]);
                yield return ("numbers.tsv",
                    Encoding.UTF8.GetBytes(
                        "a\tb\tc\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}\t{i * 0.25}\t-{i}e-3\n"))));
                yield return ("texts.csv",
                    Encoding.UTF8.GetBytes("k|t\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 3}|text {i}\n"))));
                break;
            case "idx":
                yield return ("images.idx", Tabular.Idx([5, 2, 3], [.. Enumerable.Range(0, 30).Select(i => (byte)i)]));
                yield return ("images.idx.gz",
                    Tabular.Gzip(Tabular.Idx([5, 2, 3], [.. Enumerable.Range(0, 30).Select(i => (byte)i)])));
                yield return ("labels.idx", Tabular.Idx([5], [0, 1, 2, 1, 0]));
                break;
            case "recipe":
                var data = Tabular.Csv(
                    "a,b,c,y\n"
                    + string.Concat(
                        Enumerable.Range(0, 24).Select(i => $"{i % 7},{i * 5 % 11}.5,{"uvw"[i % 3]},{"pq"[i % 2]}\n")));
                yield return ("classes.json", Encoding.UTF8.GetBytes(Model.Resolve(data, ["y"], tiny).ToJson()));
                yield return ("numbers.json", Encoding.UTF8.GetBytes(Model.Resolve(data, ["b"], tiny with
                {
                    Activations = ["8*tanh+8*relu", "elu:alpha=0.5"],
                    Layers = [16, 4],
                    Schedule = Schedule.Parse("cosine"),
                    Precision = Precision.Double,
                    Clip = Clip.Parse("norm=1"),
                    Dropout = 0.25,
                }).ToJson()));
                break;
        }
    }

    static byte[] CheckpointOf(TrainOptions options)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "c.ckpt");
        using var limit = new StepLimit(new RunOptions { Checkpoint = new CheckpointOptions { Path = path } }, 3);
        _ = Model.Train(Samples.Iris(), "species", options, limit.Options);
        return File.ReadAllBytes(path);
    }
}

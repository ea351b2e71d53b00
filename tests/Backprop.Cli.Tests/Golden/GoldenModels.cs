using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Engine;

namespace Backprop.Cli.Tests;

/// <summary>
/// The models in tests/golden/models: a folder for each numeric version, each with the models of <see cref="Commands"/> as they
/// were when it was made.
/// </summary>
static class GoldenModels
{
    /// <summary>The file beside the models of a version that says what they are.</summary>
    const string List = "models.json";

    /// <summary>The model that a training with checkpoints ends in; its checkpoint is one from the middle.</summary>
    public const string Resumed = "resumed";

    /// <summary>What <see cref="Resumed"/> is trained with, but for the places of files.</summary>
    public const string ResumedTrain =
        "sample:diabetes --target progression --layers 6 --epochs 40 --optimizer nadam --dropout 0.1 "
        + "--schedule plateau:patience=2 --patience 30";

    static readonly JsonSerializerOptions s_form = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// How the models of a new version are made: DATA and flags of <c>train</c>, and the flags of <c>predict</c>'s data.
    /// </summary>
    public static IReadOnlyList<(string Name, string Train, string Predict)> Commands { get; } =
    [
        Of("iris", "sample:iris --target species --layers 8 --epochs 5 --seed 3"),
        Of("penguins", "sample:penguins --target species --layers 8 --epochs 5 --test 0.2"),
        Of("diabetes", "sample:diabetes --target progression --layers 8,4 --activation tanh --epochs 5 --optimizer adamw "
            + "--schedule cosine:warmup=10"),
        Of("diabetes-double", "sample:diabetes --target progression --layers 8 --activation 4*tanh+4*softplus --epochs 5 "
            + "--loss huber --precision double"),
        Of("activations", $"sample:iris --target species --layers {Activation.All.Length},4 --activation {Each},tanh --epochs 3 "
            + "--learning-rate 0.001"),
        Of("activations-double", $"sample:iris --target species --layers {Activation.All.Length},4 --activation {Each},tanh "
            + "--epochs 3 --learning-rate 0.001 --precision double"),
        Of("mixed", "mixed.csv --target kind --ignore good --layers 6 --epochs 8 --row-weights weight "
            + "--class-weights blau=1,grün=2.5,rot=0.5"),
        Of("two-classes", "mixed.csv --target good --ignore kind,weight --layers 6,3 --epochs 6 --loss logistic-cross-entropy "
            + "--no-bias --positive bad --metric auc --precision double"),
        Of("two-numbers", "sample:iris --target petal_length,petal_width --ignore species --encode none --layers 5 --epochs 6 "
            + "--loss absolute --optimizer momentum --learning-rate 0.01 --clip value=1"),
        Of("decimal-comma", "european.csv --target preis --layers 4 --epochs 6", "--decimal , --missing -"),
        Of("times", "times.csv --target end --task regress --layers 4 --epochs 6"),
        Of("images", "images.idx --layers 5 --epochs 6", "--labels labels.idx"),
        Of("shards", "sample:penguins --target species --layers 12 --epochs 4 --batch 32 --shards 3 --class-weights balanced "
            + "--dropout 0.2 --clip norm=0.5 --label-smoothing 0.1 --l2 0.001"),
        Of(
            "further",
            "sample:iris --target species --start-from iris.onnx --epochs 3 --validation iris-more.csv --test iris-more.csv"),
        Of(Resumed, ResumedTrain),
    ];

    /// <summary>One neuron of each built-in activation.</summary>
    static string Each => string.Join('+', Activation.All.Select(activation => $"1*{activation.Name}"));

    static string Folder { get; } = Find();

    /// <summary>The folder of a version's models.</summary>
    public static string FolderOf(int version) => Path.Combine(Folder, $"{version}");

    /// <summary>The models of a version.</summary>
    public static GoldenModel[] Of(int version)
    {
        string path = Path.Combine(FolderOf(version), List);
        return File.Exists(path) ? JsonSerializer.Deserialize<GoldenModel[]>(File.ReadAllText(path), s_form)! : [];
    }

    /// <summary>Copies the data, and a version's models and checkpoints, to where a command runs.</summary>
    public static void CopyTo(Command command, int version)
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Folder, "data")), .. Directory.GetFiles(FolderOf(version))];
        foreach (string file in files)
            File.Copy(file, command[Path.GetFileName(file)], overwrite: true);
    }

    /// <summary>The lines that <c>predict</c> writes for a model's data.</summary>
    public static string[] Predictions(Command command, GoldenModel model)
    {
        command.Run(["predict", $"{model.Name}.onnx", .. model.Predict.Split(' '), "--out", "p.csv"]).Succeeded();
        return File.ReadAllLines(command["p.csv"]);
    }

    /// <summary>Makes the folder of this build's version, which must not be there yet.</summary>
    public static void Make(Command command)
    {
        string folder = FolderOf(NumericVersion.Current);
        Directory.CreateDirectory(folder);
        CopyTo(command, NumericVersion.Current);
        Interrupt(command);
        var models = new List<GoldenModel>();
        foreach ((string name, string train, string predict) in Commands)
        {
            string file = $"{name}.onnx";
            command.Run(["train", .. train.Split(' '), "--out", file]).Succeeded();
            var loaded = Model.Load(command[file]);
            var model = new GoldenModel
            {
                Name = name,
                Train = train,
                Predict = predict,
                ParameterHash = loaded.ParameterHash,
                ModelHash = loaded.ModelHash,
                Predictions = [],
            };
            models.Add(model with { Predictions = [.. Predictions(command, model)] });
            File.Copy(command[file], Path.Combine(folder, file));
        }

        File.Copy(command[$"{Resumed}.ckpt"], Path.Combine(folder, $"{Resumed}.ckpt"));
        File.WriteAllText(Path.Combine(folder, List), JsonSerializer.Serialize(models, s_form) + "\n");
    }

    /// <summary>A checkpoint of a training in its midst: a signal ends it.</summary>
    static void Interrupt(Command command)
    {
        string[] train = ["train", .. ResumedTrain.Split(' '), "--out", "none.onnx", "--checkpoint", $"{Resumed}.ckpt"];
        CommandResult result = command.RunAndSignal(
            "INT",
            "{\"kind\":\"epoch\",\"epoch\":5,",
            [.. train, "--checkpoint-every", "1e", "--log", "/dev/stdout", "--log-steps"]);
        var checkpoint = Checkpoint.Load(command[$"{Resumed}.ckpt"]);
        Assert.False(checkpoint.HasEnded, $"It ended before it was interrupted: {result.Error}");
    }

    static (string, string, string) Of(string name, string train, string read = "")
    {
        string data = train[..train.IndexOf(' ', StringComparison.Ordinal)];
        return read.Length == 0 ? (name, train, data) : (name, $"{train} {read}", $"{data} {read}");
    }

    static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(
            folder ?? throw new InvalidOperationException("The tests do not run inside the repository."), "tests", "golden",
            "models");
    }
}

namespace Backprop.Tests;

/// <summary>The sample files of the repository, and what tests of trainings need to be short.</summary>
static class Samples
{
    public static string PathOf(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(
            folder ?? throw new InvalidOperationException("The tests do not run inside the repository."), "samples", name);
    }

    public static Table Iris() => Table.ReadCsv(PathOf("iris.csv"));

    public static Table Penguins() => Table.ReadCsv(PathOf("penguins.csv"));

    public static Table Diabetes() => Table.ReadCsv(PathOf("diabetes.csv"));

    /// <summary>Some of a table's columns and rows as CSV, read again.</summary>
    public static string Csv(Table table, IEnumerable<int> rows) => string.Join('\n',
        rows.Select(row => string.Join(',', table.Columns.Select(column => column.Text(row))))
            .Prepend(string.Join(',', table.Columns.Select(column => column.Name)))) + "\n";

    /// <summary>A training of a small network for a few epochs.</summary>
    public static TrainOptions Short { get; } = new() { Layers = [8], Epochs = 5, Seed = 3 };

    /// <summary>The bits of every number that a model predicts for a table.</summary>
    public static long[] Bits(Model model, Table table) =>
        [.. model.Predict(table).All.ToArray().Select(BitConverter.DoubleToInt64Bits)];

    /// <summary>The bytes of the file that a model is saved as.</summary>
    public static byte[] Bytes(Model model)
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "m.onnx");
        model.Save(path);
        return File.ReadAllBytes(path);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>A workload's rows as a CSV file, and a whole model of its shape trained on some of them for one epoch.</summary>
static class ModelData
{
    const int ModelRows = 4096;

    /// <summary>Writes NAME.csv: a column for each input, and the class or number to be predicted.</summary>
    public static void WriteCsv(Job job)
    {
        int inputs = job.Network.Inputs;
        var row = new float[inputs];
        using FileStream x = File.OpenRead(WorkloadData.PathOf(job, "x"));
        int[] classes = RawFile.ReadIntegers(WorkloadData.PathOf(job, "y"), job.Rows);
        using var writer = new StreamWriter(WorkloadData.PathOf(job, "csv"));
        writer.WriteLine(string.Join(',', Enumerable.Range(1, inputs).Select(static column => $"x{column}")) + ",class");
        for (int i = 0; i < job.Rows; i++)
        {
            x.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            foreach (float value in row)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{value:0.####},"));
            writer.WriteLine($"c{classes[i]}");
        }
    }

    /// <summary>Writes NAME.onnx, which takes raw columns.</summary>
    public static void WriteModel(Job job)
    {
        Table table = ReadRows(job, 0, ModelRows);
        var options = new TrainOptions
        {
            Layers = [.. job.Shape[1..^1]],
            Activations = [job["activation"]],
            Optimizer = Optimizer.Adam(),
            Epochs = 1,
            Batch = job.Batch,
        };
        Model.Train(table, "class", options).Model.Save(WorkloadData.PathOf(job, "onnx"));
    }

    /// <summary>Some lines of the CSV file, with its header, as a table.</summary>
    public static Table ReadRows(Job job, int first, int count)
    {
        IEnumerable<string> lines = File.ReadLines(WorkloadData.PathOf(job, "csv"));
        var text = new StringBuilder().AppendLine(lines.First());
        foreach (string line in lines.Skip(1 + first).Take(count))
            text.AppendLine(line);
        return Table.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

using System.Diagnostics;
using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>Predicts batches of one size over and over and gives the times of single calls.</summary>
static class InferWork
{
    const double WarmUpSeconds = 0.6;
    const int Distinct = 64;

    public static Dictionary<string, object> Run(Job job)
    {
        int batch = job.Integer("batch");
        return job["part"] switch
        {
            "network" => Network(job, batch),
            "model" => Model(job, batch),
            _ => throw new ArgumentException($"There is no part {job["part"]}."),
        };
    }

    /// <summary>The network alone, from encoded rows to probabilities.</summary>
    static Dictionary<string, object> Network(Job job, int batch)
    {
        Matrix<float>[] batches =
            [.. Enumerable.Range(0, batch == 1 ? Distinct : 1).Select(_ => new Matrix<float>(batch, job.Network.Inputs))];
        RawFile.Read(WorkloadData.PathOf(job, "x"), batches);
        var parameters = new Parameters<float>(job.Network);
        WorkloadData.ReadInto(parameters, WorkloadData.PathOf(job, "network.p"));
        var predictor = new Predictor<float>(parameters);
        float[] outputs = new float[job.Network.Outputs];
        Action<int> call = batch == 1
            ? i => predictor.Predict(batches[i % Distinct][0], outputs)
            : _ => predictor.Predict(batches[0]);
        Dictionary<string, object> result = Time(job, batch, call);
        predictor.Predict(batches[0][0], outputs);
        result["loss"] = outputs[0];
        return result;
    }

    /// <summary>The whole model, from tables of raw columns to probabilities.</summary>
    static Dictionary<string, object> Model(Job job, int batch)
    {
        Model model = Backprop.Model.Load(WorkloadData.PathOf(job, "onnx"));
        Table[] tables = batch == 1
            ? [.. Enumerable.Range(0, Distinct).Select(row => ModelData.ReadRows(job, row, 1))]
            : [ModelData.ReadRows(job, 0, batch)];
        Dictionary<string, object> result = Time(job, batch, i => model.Predict(tables[i % tables.Length]));
        result["loss"] = model.Predict(tables[0]).Row(0)[0];
        return result;
    }

    static Dictionary<string, object> Time(Job job, int batch, Action<int> call)
    {
        int calls = 0;
        for (var warmUp = new WarmUp(WarmUpSeconds); !warmUp.IsOver; calls++)
            call(calls);

        var times = new List<long>(Math.Max(calls * 16, 1024));
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        long now = start;
        long end = start + (long)(job.Seconds * Stopwatch.Frequency);
        for (calls = 0; now < end; calls++)
        {
            long before = now;
            call(calls);
            now = Stopwatch.GetTimestamp();
            times.Add(now - before);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        times.Sort();
        double rows = (double)calls * batch;
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["rows_per_second"] = rows / Stopwatch.GetElapsedTime(start, now).TotalSeconds,
            ["rows_per_processor_second"] = rows / processor.TotalSeconds,
            ["p50"] = times[times.Count / 2] * 1e6 / Stopwatch.Frequency,
            ["p99"] = times[times.Count * 99 / 100] * 1e6 / Stopwatch.Frequency,
            ["seconds"] = job.Seconds,
        };
    }
}

using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>
/// How the cost of training a row grows: from one network, one of width, depth, batch and number of rows is changed at
/// a time. Gives the processor's time, on one thread, so that other work on the machine disturbs little.
/// </summary>
static class GrowthWork
{
    const int Inputs = 64;
    const int Outputs = 10;
    const double WarmUpSeconds = 0.7;
    const double Window = 1.5;

    static readonly int[] s_widths = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
    static readonly int[] s_depths = [1, 2, 4, 8, 16, 32];
    static readonly int[] s_batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
    static readonly int[] s_rows = [1_000, 10_000, 100_000, 1_000_000];

    static readonly Point s_base = new(Width: 128, Depth: 2, Batch: 256, Rows: 10_000);

    public static IEnumerable<Dictionary<string, object>> Run()
    {
        // What the first trainings take to be compiled, in the background too, is nobody's cost.
        for (int i = 0; i < 3; i++)
            Measure("none", 0, s_base with { Width = s_widths[i] });
        return
        [
            .. s_widths.Select(value => Measure("width", value, s_base with { Width = value })),
            .. s_depths.Select(value => Measure("depth", value, s_base with { Depth = value })),
            .. s_batches.Select(value => Measure("batch", value, s_base with { Batch = value })),
            .. s_rows.Select(value => Measure("rows", value, s_base with { Rows = value })),
        ];
    }

    static Dictionary<string, object> Measure(string axis, int value, Point point)
    {
        IEnumerable<Layer> hidden = Enumerable.Range(0, point.Depth).Select(_ => new Dense(point.Width, Activation.Relu));
        var network = new Network(Inputs, [.. hidden, new Dense(Outputs, Activation.Linear), new Softmax()]);
        Matrix<float> inputs = WorkloadData.Inputs(point.Rows, Inputs);
        int[] classes = [.. Enumerable.Range(0, point.Rows).Select(static row => row % Outputs)];
        var options = new TrainingOptions
        {
            Loss = Loss.SoftmaxCrossEntropy(),
            Update = new UpdateOptions { Optimizer = Optimizer.Adam(), LearningRate = 1e-4 },
            BatchSize = point.Batch,
            Epochs = int.MaxValue,
        };
        Parameters<float> parameters = Initializer.HeNormal.Create<float>(network, 1);
        using var window = new TimedWindow(WarmUpSeconds, Window, 0);
        new Trainer<float>(options, threads: 1).Train(
            parameters, new Examples<float>(inputs, classes), observer: window, cancellation: window.Token);

        double nanoseconds = window.ProcessorSeconds / window.Rows * 1e9;
        long products = parameters.Weights.Sum(static weights => (long)weights.Rows * weights.Columns);
        double flops = 2.0 * ((3 * products) - (Inputs * network.OutputsOf(0)));
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["axis"] = axis,
            ["value"] = value,
            ["nanoseconds_per_row"] = nanoseconds,
            ["gigaflops"] = flops / nanoseconds,
        };
    }

    readonly record struct Point(int Width, int Depth, int Batch, int Rows);
}

using Backprop.Engine;
using BenchmarkDotNet.Attributes;

namespace Backprop.Kernels;

/// <summary>One step of an optimizer over the parameters of a network, those of W2 (in the cache) and of W4 (not).</summary>
public class UpdateBenchmarks
{
    static readonly int[] s_small = [54, 128, 64, 7];
    static readonly int[] s_large = [784, 1024, 1024, 10];
    Parameters<float> _parameters = null!;
    Parameters<float> _gradient = null!;
    Updater<float> _updater = null!;

    public static IEnumerable<object> Rules =>
        from size in (int[][])[s_small, s_large]
        from rule in (string[])["gradient-descent", "momentum", "adam", "adamw"]
        select new Elements($"{rule} {string.Join('-', size)}", (int)NetworkOf(size).ParameterCount);

    [ParamsSource(nameof(Rules))]
    public object Rule { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        string[] words = ((Elements)Rule).Name.Split(' ');
        Network network = NetworkOf(words[1] == string.Join('-', s_small) ? s_small : s_large);
        _parameters = Initializer.HeNormal.Create<float>(network, 1);
        _gradient = Initializer.HeNormal.Create<float>(network, 2);
        Optimizer optimizer = Optimizer.All.Single(one => one.Named.Name == words[0]);
        _updater = new Updater<float>(network, new UpdateOptions { Optimizer = optimizer, LearningRate = 1e-6 });
    }

    [Benchmark(Description = "update")]
    public double Step() => _updater.Step(_parameters, _gradient);

    static Network NetworkOf(int[] widths) =>
        new(widths[0], widths[1..].Select(static width => new Dense(width, Activation.Relu)));
}

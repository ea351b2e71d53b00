using System.Globalization;
using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>One piece of work as the runner gives it to every system: words such as <c>batch=256</c>.</summary>
sealed class Job
{
    readonly Dictionary<string, string> _words;

    public Job(IEnumerable<string> arguments) => _words = arguments
        .Select(static word => word.Split('=', 2))
        .ToDictionary(static pair => pair[0], static pair => pair.Length == 2 ? pair[1] : "", StringComparer.Ordinal);

    public string Name => this["name"];

    public string Data => this["data"];

    /// <summary>The widths from the inputs to the outputs.</summary>
    public int[] Shape => [.. this["shape"].Split(',').Select(static width => int.Parse(width, CultureInfo.InvariantCulture))];

    public int Batch => Integer("batch");

    public int Rows => Integer("rows");

    /// <summary>How many steps are taken before the loss that all systems must agree on is measured.</summary>
    public int CheckSteps => Integer("check");

    public double Seconds => Number("seconds");

    /// <summary>Threads, or 0 for the program's own choice.</summary>
    public int Threads => Integer("threads");

    public double Rate => Number("rate");

    public bool IsRegression => this["loss"] == "squared";

    public Loss Loss => IsRegression ? Loss.HalfSquared : Loss.SoftmaxCrossEntropy();

    public Optimizer Optimizer => this["optimizer"] == "adam" ? Optimizer.Adam() : Optimizer.GradientDescent;

    public Activation Activation => Activation.Parse(this["activation"]);

    public Network Network
    {
        get
        {
            int[] shape = Shape;
            IEnumerable<Layer> layers = Enumerable.Range(1, shape.Length - 1)
                .Select(k => new Dense(shape[k], k == shape.Length - 1 ? Activation.Linear : Activation));
            return new Network(shape[0], IsRegression ? layers : layers.Append(new Softmax()));
        }
    }

    public string this[string name] => _words.TryGetValue(name, out string? value)
        ? value
        : throw new ArgumentException($"The word {name}=... is missing.");

    public int Integer(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);

    double Number(string name) => double.Parse(this[name], CultureInfo.InvariantCulture);
}

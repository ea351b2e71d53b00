using System.Text;
using Backprop.Engine;

namespace Backprop.Tests;

/// <summary>Small trainings whose explanations print every formula there is.</summary>
static class FormulaCases
{
    /// <summary>Every loss with an output that it goes with.</summary>
    public static (string Loss, string Output)[] Losses { get; } =
    [
        ("squared", "linear"), ("half-squared", "linear"), ("absolute", "linear"), ("huber:delta=0.5", "linear"),
        ("huber", "linear"),
        ("quantile:q=0.8", "linear"), ("quantile", "linear"), ("poisson", "exponential"), ("logistic-cross-entropy", "logistic"),
        ("logistic-cross-entropy:smoothing=0.1", "logistic"), ("softmax-cross-entropy", "softmax"),
        ("softmax-cross-entropy:smoothing=0.1", "softmax"), ("squared", "softmax"), ("half-squared", "logistic"),
    ];

    public static string[] Activations { get; } =
        [.. Activation.All.Select(activation => activation.Name), "leaky-relu:slope=0.25", "leaky-relu:slope=1E-05",
            "elu:alpha=0.3"];

    /// <summary>Numbers of both signs, some 0; a class; a count; weights.</summary>
    static Table Table { get; } = Read(
        "x1,x2,x3,class,pair,y,w\n0.5,-1.25,0,a,p,2,1\n-1,0.75,1,b,q,0,2\n2,0.1,0,c,p,5,0.5\n"
        + "-0.3,-2,1,a,q,1,3\n1.5,1.5,0,b,q,3,1\n"
        + "0,-0.5,1,c,p,4,0.25\n-2.5,0.3,1,a,p,1,2\n0.9,2.2,0,b,q,7,1\n");

    /// <summary>One row, and several of which one is far off.</summary>
    public static int[][] Rows { get; } = [[3], [0, 4, 7]];

    public static Model Train(string loss, string output, Func<TrainOptions, TrainOptions> change, RunOptions? run = null)
    {
        bool isPair = output == "logistic", isClass = output == "softmax";
        string target = isPair ? "pair" : isClass ? "class" : "y";
        TrainOptions options = change(new TrainOptions
        {
            Task = isPair || isClass ? TaskKind.Classify : TaskKind.Regress,
            Ignore = [.. new[] { "class", "pair", "y", "w" }.Where(column => column != target)],
            Loss = Loss.Parse(loss),
            OutputActivation = output,
            Epochs = 3,
            Batch = 0,
            Validation = 0,
            Precision = Precision.Double,
            Seed = 5,
        });
        if (options.RowWeights is not null)
            options = options with { Ignore = [.. options.Ignore.Where(column => column != "w")] };
        return Model.Train(Table, target, options, run ?? new RunOptions()).Model;
    }

    public static Explanation Explain(Model model, int[] rows, Checkpoint? checkpoint = null) =>
        model.Explain(Table, rows, checkpoint);

    /// <summary>The explanation in every notation that can express it.</summary>
    public static IEnumerable<NotatedExplanation> Views(Explanation explanation)
    {
        foreach (Notation notation in Notation.All)
        {
            NotatedExplanation view;
            try
            {
                view = explanation.In(notation);
            }
            catch (BackpropException e) when (
                e.Message.StartsWith($"The notation {notation} cannot express", StringComparison.Ordinal))
            {
                continue;
            }

            yield return view;
        }
    }

    static Table Read(string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return Backprop.Table.ReadCsv(stream, "rows");
    }
}

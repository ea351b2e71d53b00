using System.Numerics;
using Backprop.Engine;
using Backprop.Engine.Tests;

namespace Backprop.Probes;

/// <summary>
/// What all threads of the process together allocate over 1,000 warmed steps and the ends of their epochs, one training
/// a line: name, precision, threads, observed or not, steps, bytes.
/// </summary>
static class Allocations
{
    const int WarmSteps = 500;
    const int Steps = 1000;

    public static void Write()
    {
        SampleTraining small = SampleTraining.All.Single(training => training.Name == "small");
        SampleTraining[] trainings =
        [
            .. SampleTraining.All.Where(training => training.Name
                is "small" or "narrow" or "dropout" or "per neuron" or "adam" or "embeddings" or "batch statistics"),

            // More rows in a batch than in a chunk.
            small with { Name = "chunks", Rows = 2 * 520, Options = small.Options with { BatchSize = 520 } },
        ];
        foreach (SampleTraining training in trainings)
        {
            foreach (int threads in (int[])[1, 2])
            {
                foreach (bool observed in (bool[])[false, true])
                {
                    Measure<float>(training, threads, observed);
                    Measure<double>(training, threads, observed);
                }
            }
        }
    }

    static void Measure<T>(SampleTraining training, int threads, bool observed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stepsPerEpoch = (training.Rows + training.Options.BatchSize - 1) / training.Options.BatchSize;
        int warm = (WarmSteps + stepsPerEpoch - 1) / stepsPerEpoch;
        int end = warm + (Steps + stepsPerEpoch - 1) / stepsPerEpoch;
        var meter = new Meter<T>(warm, end);
        var trainer = new Trainer<T>(training.Options with { Epochs = end }, threads);
        TrainingResult<T> result = trainer.Train(
            training.Start<T>(), training.Examples<T>(), meter, observed ? meter : null);
        if (observed && (meter.StepsSeen != result.Steps || meter.EpochsSeen != end))
            throw new InvalidOperationException("The observer was not told of everything.");

        Console.WriteLine(
            $"{training.Name}, {typeof(T).Name}, threads {threads}, {(observed ? "observed" : "alone")}, "
            + $"steps {(end - warm) * stepsPerEpoch}, bytes {meter.Bytes}");
    }
}

using Backprop.Engine;

namespace Backprop.Bench;

/// <summary>Trains for a fixed number of steps, whose loss all systems must agree on, then for a window of time.</summary>
static class TrainWork
{
    const double WarmUpSeconds = 1;
    const int CheckRows = 4096;

    public static Dictionary<string, object> Run(Job job)
    {
        Examples<float> examples = WorkloadData.ReadExamples(job);
        Parameters<float> parameters = WorkloadData.ReadParameters(job);
        using (var check = new TimedWindow(0, 0, job.CheckSteps))
            Train(job, parameters, examples, check);

        Examples<float> first = examples.Take([.. Enumerable.Range(0, Math.Min(CheckRows, job.Rows))]);
        double loss = new LossValidation<float>(job.Network, job.Loss, first).MeanLoss(parameters);
        string hash = parameters.Hash();

        using var window = new TimedWindow(WarmUpSeconds, job.Seconds, 0);
        Train(job, parameters, examples, window);
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["rows_per_second"] = window.Rows / window.Seconds,
            ["steps_per_second"] = window.WindowSteps / window.Seconds,
            ["rows_per_processor_second"] = window.Rows / window.ProcessorSeconds,
            ["seconds"] = window.Seconds,
            ["loss"] = loss,
            ["hash"] = hash,
        };
    }

    static void Train(Job job, Parameters<float> parameters, Examples<float> examples, TimedWindow window)
    {
        var options = new TrainingOptions
        {
            Loss = job.Loss,
            Update = new UpdateOptions { Optimizer = job.Optimizer, LearningRate = job.Rate },
            BatchSize = job.Batch,
            Epochs = int.MaxValue,
            Shuffle = false,
        };
        new Trainer<float>(options, job.Threads).Train(parameters, examples, observer: window, cancellation: window.Token);
    }
}

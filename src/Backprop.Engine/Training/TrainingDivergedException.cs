namespace Backprop.Engine;

/// <summary>The loss of a step, or a parameter, is not a finite number any more.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(int epoch, long step, string what, double value, double learningRate)
        : base($"Training diverged in epoch {epoch}, step {step}: {what} is {ShortNumber.Text(value)}. The likely cause is a "
            + $"learning rate of {ShortNumber.Text(learningRate)} that is too high for these data; try a tenth of it, "
            + "or clip the gradient's norm.")
    {
        (Epoch, Step) = (epoch, step);
    }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step, counted from 1 over the whole training.</summary>
    public long Step { get; }
}

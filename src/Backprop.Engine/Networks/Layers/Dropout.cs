namespace Backprop.Engine;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014): while a network learns, each value is 0 with probability p, else multiplied by
/// 1/(1 − p). Otherwise the values go on as they are.
/// </summary>
public sealed record Dropout : Layer
{
    /// <summary>A dropout.</summary>
    /// <param name="rate">The probability p, from 0 to below 1.</param>
    /// <exception cref="ArgumentException">The rate is out of its range.</exception>
    public Dropout(double rate)
    {
        if (!(rate is >= 0 and < 1))
            throw new ArgumentException($"Dropout must be from 0 to below 1; it is {ShortNumber.Text(rate)}.", nameof(rate));
        Rate = rate;
    }

    /// <summary>The probability that a value is dropped.</summary>
    public double Rate { get; }

    /// <summary>As many as flow in.</summary>
    public override int OutputsFor(int inputs) => inputs;

    /// <summary>The layer as the command line writes it: <c>dropout:rate=0.2</c>.</summary>
    public override string ToString() => $"dropout:rate={ShortNumber.Text(Rate)}";

    /// <summary>It takes part in learning alone.</summary>
    internal override bool IsNumbered => false;

    internal override IEnumerable<TensorShape> TensorsFor(int inputs) => [];
}

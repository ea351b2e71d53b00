namespace Backprop.Engine;

/// <summary>
/// How parameters follow from gradients: g ← ∂e/∂p + λ₂·w + λ₁·sign(w), clipped; w ← (1 − η·decay)·w; then the
/// optimizer's rule. Penalties and decay are for weights, not for biases. The default value is Adam as its paper has it.
/// </summary>
public readonly record struct UpdateOptions
{
    /// <summary>The rule; Adam unless set.</summary>
    public Optimizer Optimizer { get => field ?? Optimizer.Adam(); init; }

    /// <summary>η before the schedule, above 0; null takes the optimizer's default.</summary>
    public double? LearningRate { get; init; }

    /// <summary>What η is multiplied by as training goes on; constant unless set.</summary>
    public Schedule Schedule { get => field ?? Schedule.Constant; init; }

    /// <summary>λ₁ of the penalty λ₁·Σ|w|, 0 or more.</summary>
    public double L1 { get; init; }

    /// <summary>λ₂ of the penalty ½·λ₂·Σw², 0 or more.</summary>
    public double L2 { get; init; }

    /// <summary>Decoupled weight decay, 0 or more; null takes the optimizer's default.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The limit of the gradient, after the penalties were added.</summary>
    public Clip Clip { get; init; }

    /// <summary>The same with every default written out, as a recipe keeps it.</summary>
    public UpdateOptions Resolved => this with
    {
        Optimizer = Optimizer,
        LearningRate = LearningRate ?? Optimizer.DefaultLearningRate,
        Schedule = Schedule,
        WeightDecay = WeightDecay ?? Optimizer.DefaultWeightDecay,
    };

    /// <summary>Refuses options that mean nothing.</summary>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        UpdateOptions resolved = Resolved;
        double rate = resolved.LearningRate.GetValueOrDefault();
        double decay = resolved.WeightDecay.GetValueOrDefault();
        if (!double.IsFinite(rate) || rate <= 0)
            throw new ArgumentException($"The learning rate must be a positive number, not {ShortNumber.Text(rate)}.");

        ThrowIfNegative(L1, "L1 penalty");
        ThrowIfNegative(L2, "L2 penalty");
        ThrowIfNegative(decay, "weight decay");
        if (rate * decay >= 1)
        {
            throw new ArgumentException(
                $"Learning rate {ShortNumber.Text(rate)} times weight decay {ShortNumber.Text(decay)} is 1 or more, so every step "
                + "would turn the weights' signs; lower one of them.");
        }

        if (resolved.Optimizer.NeedsFullBatch && !resolved.Schedule.Equals(Schedule.Constant))
        {
            throw new ArgumentException(
                $"The optimizer {resolved.Optimizer.Named.Name} finds its own step sizes, so it takes no schedule; "
                + $"leave out {resolved.Schedule.Name}.");
        }
    }

    static void ThrowIfNegative(double value, string what)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentException($"The {what} must be 0 or a positive number, not {ShortNumber.Text(value)}.");
    }
}

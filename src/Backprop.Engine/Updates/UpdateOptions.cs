namespace Backprop.Engine;

/// <summary>
/// How parameters follow from gradients: g ← ∂e/∂p + λ₂·w + λ₁·sign(w), clipped; w ← (1 − η·decay)·w; then the
/// optimizer's rule. Penalties and decay are for weights, not for biases; factors make a tensor's η and decay its own. The
/// default value is Adam as its paper has it.
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

    /// <summary>What η is multiplied by for some tensors; 1 for the others. By 0 a tensor stays as it starts.</summary>
    public TensorFactors LearningRateFactors { get => field ?? TensorFactors.None; init; }

    /// <summary>
    /// What the weight decay is multiplied by for some tensors; 1 for other weights, 0 for other biases and factors.
    /// </summary>
    public TensorFactors DecayFactors { get => field ?? TensorFactors.None; init; }

    /// <summary>The limit of the gradient, after the penalties were added.</summary>
    public Clip Clip { get; init; }

    /// <summary>The same with every default written out, as a recipe keeps it.</summary>
    public UpdateOptions Resolved => this with
    {
        Optimizer = Optimizer,
        LearningRate = LearningRate ?? Optimizer.DefaultLearningRate,
        Schedule = Schedule,
        WeightDecay = WeightDecay ?? Optimizer.DefaultWeightDecay,
        LearningRateFactors = LearningRateFactors,
        DecayFactors = DecayFactors,
    };

    /// <summary>η of a step: the rate times the schedule's factor.</summary>
    internal double LearningRateAt(in SchedulePosition position) =>
        (LearningRate ?? Optimizer.DefaultLearningRate) * Schedule.Factor(position);

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
                $"Learning rate {ShortNumber.Text(rate)} times weight decay {ShortNumber.Text(decay)} is 1 or more, so every "
                + "step would turn the weights' signs; lower one of them.");
        }

        if (resolved.Optimizer.NeedsFullBatch && !resolved.Schedule.Equals(Schedule.Constant))
        {
            throw new ArgumentException(
                $"The optimizer {resolved.Optimizer.Named.Name} finds its own step sizes, so it takes no schedule; "
                + $"leave out {resolved.Schedule.Name}.");
        }

        if (resolved.Optimizer.NeedsFullBatch && LearningRateFactors.Factors.ContainsValue(0))
        {
            throw new ArgumentException(
                $"The optimizer {resolved.Optimizer.Named.Name} finds its own step sizes, so a learning-rate factor of 0 would "
                + "hold nothing still.");
        }

        if (!DecayFactors.IsEmpty && decay == 0)
            throw new ArgumentException("Decay factors multiply the weight decay, and there is none.");
    }

    /// <summary>Refuses options that mean nothing for a network.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <exception cref="ArgumentException">
    /// As <see cref="Validate"/> throws; or a factor is of a tensor that the network does not have, or makes too much of a decay.
    /// </exception>
    public void ThrowUnlessFits(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Validate();
        LearningRateFactors.ThrowUnlessKnown(network, "learning-rate factor");
        DecayFactors.ThrowUnlessKnown(network, "decay factor");
        UpdateOptions resolved = Resolved;
        double rate = resolved.LearningRate.GetValueOrDefault();
        foreach (Tensor tensor in network.Layout.Tensors)
        {
            if (rate * resolved.RateFactorOf(tensor) * resolved.DecayOf(tensor) >= 1)
            {
                throw new ArgumentException(
                    $"The factors of {tensor} make its learning rate times its weight decay 1 or more, so every step would turn "
                    + "its signs; lower one of them.");
            }
        }
    }

    /// <summary>What η is multiplied by for a tensor.</summary>
    internal double RateFactorOf(Tensor tensor) => LearningRateFactors.Of(tensor) ?? 1;

    /// <summary>The weight decay of a tensor.</summary>
    internal double DecayOf(Tensor tensor) =>
        WeightDecay.GetValueOrDefault() * (DecayFactors.Of(tensor) ?? (tensor.Role == TensorRole.Weight ? 1 : 0));

    static void ThrowIfNegative(double value, string what)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentException($"The {what} must be 0 or a positive number, not {ShortNumber.Text(value)}.");
    }
}

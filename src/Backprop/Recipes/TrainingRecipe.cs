using Backprop.Engine;

namespace Backprop;

/// <summary>What a recipe says of the training.</summary>
public sealed record TrainingRecipe
{
    static readonly Dictionary<string, double> s_noFactors = [];

    /// <summary>The loss, see <see cref="Loss.Parse"/>.</summary>
    public required string Loss { get; init; }

    /// <summary>How the rows' losses make a batch's.</summary>
    public required Reduction Reduction { get; init; }

    /// <summary>The optimizer, see <see cref="Optimizer.Parse"/>.</summary>
    public required string Optimizer { get; init; }

    /// <summary>The learning rate before the schedule.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// What the learning rate is multiplied by for some tensors: by name (<c>bias</c>), or by layer and name
    /// (<c>layer1.weights</c>).
    /// </summary>
    public IReadOnlyDictionary<string, double> LearningRateFactors { get => field ?? s_noFactors; init; }

    /// <summary>The schedule, see <see cref="Schedule.Parse"/>.</summary>
    public required string Schedule { get; init; }

    /// <summary>Rows per step; 0 for all.</summary>
    public required int Batch { get; init; }

    /// <summary>Into how many parts each batch is cut, see <see cref="TrainingOptions.Shards"/>.</summary>
    public required int Shards { get; init; }

    /// <summary>Out of which rows an epoch's order is made.</summary>
    public RowOrder Order { get; init; }

    /// <summary>The most epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The metric on the validation rows that decides which epoch is best.</summary>
    public required string Metric { get; init; }

    /// <summary>Stop after so many epochs without a better metric; 0 for never.</summary>
    public required int Patience { get; init; }

    /// <summary>λ₁ of λ₁·Σ|w|.</summary>
    public required double L1 { get; init; }

    /// <summary>λ₂ of ½·λ₂·Σw².</summary>
    public required double L2 { get; init; }

    /// <summary>Decoupled weight decay.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>What the weight decay is multiplied by for some tensors, named as for the learning rate.</summary>
    public IReadOnlyDictionary<string, double> DecayFactors { get => field ?? s_noFactors; init; }

    /// <summary>The probability that a hidden neuron's output is dropped.</summary>
    public required double Dropout { get; init; }

    /// <summary>The limit of the gradient, see <see cref="Clip.Parse"/>.</summary>
    public required string Clip { get; init; }

    /// <summary>Whether each epoch takes the rows in an order of its own.</summary>
    public required bool Shuffle { get; init; }

    /// <summary>The engine's options that this says.</summary>
    /// <exception cref="ArgumentException">Something is out of its range or not known.</exception>
    internal TrainingOptions ToOptions(ulong seed, bool hasValidation) => new()
    {
        Loss = Engine.Loss.Parse(Loss),
        Reduction = Reduction,
        Update = new UpdateOptions
        {
            Optimizer = Engine.Optimizer.Parse(Optimizer),
            LearningRate = LearningRate,
            LearningRateFactors = Factors(LearningRateFactors),
            Schedule = Engine.Schedule.Parse(Schedule),
            L1 = L1,
            L2 = L2,
            WeightDecay = WeightDecay,
            DecayFactors = Factors(DecayFactors),
            Clip = Engine.Clip.Parse(Clip),
        },
        BatchSize = Batch,
        Shards = Shards,
        Order = Order,
        Epochs = Epochs,
        Shuffle = Shuffle,
        Seed = seed,
        Patience = hasValidation ? Patience : 0,
    };

    static TensorFactors Factors(IReadOnlyDictionary<string, double> factors) =>
        new(factors.Select(pair => (pair.Key, pair.Value)));
}

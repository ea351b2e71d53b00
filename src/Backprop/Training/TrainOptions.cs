using Backprop.Engine;

namespace Backprop;

/// <summary>
/// What a person asks of a training. What is null is chosen by <see cref="Recipe"/> where one is given, else by the
/// data; <c>default</c> is a good training. The recipe that comes of it is in the result and in the model.
/// </summary>
public sealed record TrainOptions
{
    /// <summary>The options that a name stands for: <c>default</c>, <c>linear</c>, <c>textbook</c>.</summary>
    /// <exception cref="BackpropException">There is no recipe of that name.</exception>
    public static TrainOptions Named(string name) => DefaultRecipe.Named(name);

    /// <summary>A recipe to begin from; other options override it.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>What is to be predicted; null infers it from the target.</summary>
    public TaskKind? Task { get; init; }

    /// <summary>The positive class of two-class metrics; null takes the second in ordinal order.</summary>
    public string? Positive { get; init; }

    /// <summary>Columns that are not learnt from.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>How columns become inputs.</summary>
    public EncodeKind? Encode { get; init; }

    /// <summary>What becomes of rows without a target; null refuses them.</summary>
    public MissingTarget? MissingTarget { get; init; }

    /// <summary>The texts that meant "missing" where the table was read; kept in the recipe.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>The texts that meant "missing" among numbers where the table was read; kept in the recipe.</summary>
    public IReadOnlyList<string>? MissingInNumbers { get; init; }

    /// <summary>The decimal sign with which the table was read; kept in the recipe.</summary>
    public char? Decimal { get; init; }

    /// <summary>The fraction of rows held out for validation, 0 for none.</summary>
    public double? Validation { get; init; }

    /// <summary>Validation rows of their own, in the place of a fraction.</summary>
    public Table? ValidationTable { get; init; }

    /// <summary>The fraction of rows held out for the test, which nothing is chosen by.</summary>
    public double? Test { get; init; }

    /// <summary>Test rows of their own, in the place of a fraction.</summary>
    public Table? TestTable { get; init; }

    /// <summary>The column of row weights.</summary>
    public string? RowWeights { get; init; }

    /// <summary><c>balanced</c>, or <c>class=weight,class=weight</c>.</summary>
    public string? ClassWeights { get; init; }

    /// <summary>The hidden layers, widths or more (<c>[64, "batchnorm", "32*tanh"]</c>); empty for none.</summary>
    public IReadOnlyList<LayerSpec>? Layers { get; init; }

    /// <summary>
    /// One activation for all hidden layers that are only a width, or one for each: <c>relu</c>, or for the neurons of a layer
    /// <c>8*tanh+8*relu</c>.
    /// </summary>
    public IReadOnlyList<string>? Activations { get; init; }

    /// <summary>Activations of one's own that <see cref="Activations"/> may name.</summary>
    public IReadOnlyList<Activation> OwnActivations { get; init; } = [];

    /// <summary>The output: <c>softmax</c> or an activation; null takes the one that belongs to task and loss.</summary>
    public string? OutputActivation { get; init; }

    /// <summary>Whether neurons have biases.</summary>
    public bool? Bias { get; init; }

    /// <summary>The initializer of the weights.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>A model whose network, parameters and encoders training starts from.</summary>
    public StartingPoint? StartFrom { get; init; }

    /// <summary>The loss.</summary>
    public Loss? Loss { get; init; }

    /// <summary>How the rows' losses make a batch's.</summary>
    public Reduction? Reduction { get; init; }

    /// <summary>The optimizer.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>The learning rate before the schedule.</summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// What the learning rate is multiplied by for some tensors, see <see cref="UpdateOptions.LearningRateFactors"/>.
    /// </summary>
    public IReadOnlyDictionary<string, double>? LearningRateFactors { get; init; }

    /// <summary>The schedule of the learning rate.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Rows per step; 0 for all.</summary>
    public int? Batch { get; init; }

    /// <summary>Into how many parts each batch is cut, see <see cref="TrainingOptions.Shards"/>.</summary>
    public int? Shards { get; init; }

    /// <summary>Out of which rows an epoch's order is made.</summary>
    public RowOrder? Order { get; init; }

    /// <summary>The most epochs.</summary>
    public int? Epochs { get; init; }

    /// <summary>The metric on the validation rows that decides which epoch is best.</summary>
    public string? Metric { get; init; }

    /// <summary>Stop after so many epochs without a better metric; 0 for never.</summary>
    public int? Patience { get; init; }

    /// <summary>λ₁ of λ₁·Σ|w|.</summary>
    public double? L1 { get; init; }

    /// <summary>λ₂ of ½·λ₂·Σw².</summary>
    public double? L2 { get; init; }

    /// <summary>Decoupled weight decay.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>What the weight decay is multiplied by for some tensors, see <see cref="UpdateOptions.DecayFactors"/>.</summary>
    public IReadOnlyDictionary<string, double>? DecayFactors { get; init; }

    /// <summary>The probability that a hidden neuron's output is dropped.</summary>
    public double? Dropout { get; init; }

    /// <summary>Label smoothing of a cross-entropy.</summary>
    public double? LabelSmoothing { get; init; }

    /// <summary>The limit of the gradient.</summary>
    public Clip? Clip { get; init; }

    /// <summary>Whether each epoch takes the rows in an order of its own.</summary>
    public bool? Shuffle { get; init; }

    /// <summary>From which everything random follows.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// The numeric version by which it is trained: an older one only to train a model or checkpoint of that version again.
    /// </summary>
    internal NumericContract Contract { get; init; } = NumericContract.Current;

    /// <summary>The element type.</summary>
    public Precision? Precision { get; init; }
}

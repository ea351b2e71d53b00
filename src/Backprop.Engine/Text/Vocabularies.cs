namespace Backprop.Engine;

/// <summary>What may be typed for activations, losses, optimizers, schedules and initializers.</summary>
static class Vocabularies
{
    public static Vocabulary Activations { get; } = new(
        "activation",
        [
            "linear", "logistic", "tanh", "relu", "leaky-relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "hard-tanh",
            "sine", "exponential",
        ],
        [("sigmoid", "logistic"), ("identity", "linear"), ("swish", "silu"), ("sin", "sine"), ("exp", "exponential")],
        [
            ("softmax", "it is an output, for classes, and joins the neurons of a layer; hidden layers take one such as relu."),
            ("gelutanh", "gelu here is u·Φ(u) exactly, not its approximation by tanh."),
            ("hardsigmoid", "other tools have several of this name; logistic is the smooth one."),
        ]);

    public static Vocabulary Losses { get; } = new(
        "loss",
        [
            "squared", "half-squared", "absolute", "huber", "quantile", "softmax-cross-entropy", "logistic-cross-entropy", "poisson",
        ],
        [
            ("mse", "squared"), ("meansquarederror", "squared"),
            ("mae", "absolute"), ("meanabsoluteerror", "absolute"), ("absoluteerror", "absolute"),
            ("pinball", "quantile"),
            ("crossentropy", "softmax-cross-entropy"), ("logloss", "softmax-cross-entropy"),
            ("categoricalcrossentropy", "softmax-cross-entropy"), ("sparsecategoricalcrossentropy", "softmax-cross-entropy"),
            ("bce", "logistic-cross-entropy"), ("binarycrossentropy", "logistic-cross-entropy"),
            ("bcewithlogits", "logistic-cross-entropy"),
        ],
        [
            ("squarederror", "some tools mean (x − t)² by it, which is squared here, and some ½(x − t)², which is half-squared."),
            ("rmse", "the root of a mean over all rows is no loss of a row; squared makes the same models best, and rmse is a metric."),
            ("r2", "it is a metric; squared makes the same models best."),
            ("accuracy", "it has no gradient and is a metric; softmax-cross-entropy is the loss for classes."),
            ("l1", "absolute is the loss |x − t|; the penalty of weights is not part of the loss."),
            ("l2", "squared is the loss (x − t)²; the penalty of weights is not part of the loss."),
        ]);

    public static Vocabulary Optimizers { get; } = new(
        "optimizer",
        ["gradient-descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "nadam", "lion", "rprop"],
        [("sgd", "gradient-descent"), ("gd", "gradient-descent"), ("nag", "nesterov"), ("irprop", "rprop")],
        [
            ("lbfgs", "it is no rule for batches; adam is the usual one, rprop one for full batches."),
        ]);

    public static Vocabulary Schedules { get; } = new(
        "schedule",
        ["constant", "step", "exponential", "cosine", "one-cycle", "plateau"],
        [
            ("none", "constant"), ("fixed", "constant"), ("cosineannealing", "cosine"), ("reduceonplateau", "plateau"),
            ("reducelronplateau", "plateau"),
        ],
        []);

    public static Vocabulary Initializers { get; } = new(
        "initializer",
        [
            "glorot-uniform", "glorot-normal", "he-uniform", "he-normal", "lecun-uniform", "lecun-normal", "uniform", "normal", "orthogonal",
            "zeros",
        ],
        [
            ("xavieruniform", "glorot-uniform"), ("xaviernormal", "glorot-normal"), ("kaiminguniform", "he-uniform"),
            ("kaimingnormal", "he-normal"), ("zero", "zeros"),
        ],
        [
            ("glorot", "it is glorot-uniform or glorot-normal; say which."),
            ("xavier", "it is glorot-uniform or glorot-normal; say which."),
            ("he", "it is he-uniform or he-normal; say which."),
            ("kaiming", "it is he-uniform or he-normal; say which."),
            ("lecun", "it is lecun-uniform or lecun-normal; say which."),
        ]);
}

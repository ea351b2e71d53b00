namespace Backprop.Cli;

/// <summary>What people type who come from other tools, and what it is called here.</summary>
static class Habits
{
    static readonly (string Verb, string[] Typed)[] s_verbs =
    [
        ("train", ["fit", "learn", "teach", "run"]),
        ("evaluate", ["eval", "test", "score", "validate", "measure"]),
        ("predict", ["infer", "inference", "apply", "classify", "regress", "prediction", "transform"]),
        ("info", ["show", "inspect", "describe", "summary", "model", "card", "about"]),
        ("check", ["gradcheck", "gradients", "gradient-check"]),
        ("reproduce", ["verify", "retrain", "repeat"]),
        ("doctor", ["diagnose", "lint", "examine", "analyze", "analyse", "profile"]),
        ("explain", ["why", "trace", "interpret", "shap"]),
    ];

    static readonly (string Answer, string[] Typed)[] s_flags =
    [
        ("--batch", ["batch-size", "batchsize", "minibatch", "mini-batch", "minibatch-size", "bs", "b"]),
            ("--epochs", [
                "epoch", "max-iter", "n-epochs", "num-epochs", "max-epochs", "iterations", "iters", "num-round", "n-iter", "e"]),
        ("--layers", ["hidden", "hidden-layers", "hidden-layer", "hidden-layer-sizes", "hidden-units", "hidden-size", "units",
            "neurons", "nodes", "width", "layer-sizes", "l"]),
        ("--learning-rate", ["eta", "learning-rate-init", "rate", "alpha-init", "step-size", "learnrate", "lr"]),
        ("--out", ["output", "output-model", "outfile", "out-file", "output-file", "model-out", "save", "save-model", "model",
            "save-path", "model-path"]),
        ("--seed", ["random-state", "random-seed", "rng", "s"]),
        ("--patience", ["n-iter-no-change", "early-stopping", "early-stopping-rounds", "early-stop", "tolerance-epochs"]),
        ("--optimizer", ["solver", "optim", "optimiser", "updater"]),
        ("--activation", ["activation-function", "act", "nonlinearity", "activations"]),
        ("--output-activation", ["out-activation", "final-activation", "last-activation", "link"]),
        ("--loss", ["objective", "criterion", "loss-function", "cost", "loss-fn"]),
        ("--metric", ["metrics", "eval-metric", "scoring", "monitor"]),
        ("--test", ["test-size", "test-split", "test-file", "test-data", "test-fraction", "holdout"]),
        ("--validation", ["validation-split", "validation-fraction", "validation-data", "val", "val-split", "val-size", "valid",
            "eval-set", "dev"]),
        ("--target", ["label", "label-column", "class-column", "y", "response", "target-column", "labels-column", "outcome",
            "dependent", "predict", "targets"]),
        ("--delimiter", ["sep", "separator", "field-separator", "delim", "csv-separator", "d"]),
        ("--missing", ["na-values", "na", "null", "nulls", "na-value", "missing-values"]),
        ("--types", ["dtype", "dtypes", "type", "categorical", "column-types", "kinds"]),
        ("--precision", ["float", "float32", "float64", "double", "fp64", "fp32"]),
        ("--ignore", ["drop", "exclude", "skip-columns", "ignore-columns", "drop-columns", "ignore-column", "omit"]),
        ("--keep", ["id", "id-column", "ids", "columns", "passthrough", "include"]),
        ("--row-weights", ["weight", "weights", "sample-weight", "sample-weights", "weight-column", "row-weight"]),
        ("--class-weights", ["class-weight", "scale-pos-weight", "balanced", "balance"]),
        ("--threads", ["n-jobs", "nthread", "jobs", "workers", "num-threads", "num-workers", "cores", "j", "cpus"]),
        ("--initializer", ["init", "initialiser", "kernel-initializer", "weight-init", "initialization"]),
        ("--schedule", ["lr-scheduler", "scheduler", "lr-schedule", "learning-rate-schedule", "lr-decay"]),
        ("--clip", ["grad-clip", "gradient-clip", "clip-norm", "clipnorm", "max-grad-norm", "clip-grad-norm"]),
        ("--l2", ["lambda", "reg-lambda", "l2-reg", "alpha", "regularization", "ridge"]),
        ("--l1", ["reg-alpha", "l1-reg", "lasso"]),
        ("--recipe", ["config", "preset", "params", "c"]),
        ("--resume", ["continue", "resume-from", "resume-from-checkpoint"]),
        ("--start-from", ["pretrained", "warm-start", "init-model", "init-from", "finetune", "weights-from"]),
        ("--log", ["log-file", "logfile", "history"]),
        ("--positive", ["pos-label", "positive-class"]),
        ("--encoding", ["charset"]),
        ("--row", ["rows", "sample", "index", "n"]),
        ("--optimizer momentum:momentum=NUMBER", ["momentum"]),
        ("--optimizer adam:beta1=NUMBER", ["beta1", "beta-1"]),
        ("--optimizer adam:beta2=NUMBER", ["beta2", "beta-2"]),
        ("--optimizer adam:epsilon=NUMBER", ["eps", "epsilon"]),
        ("--schedule cosine:warmup=STEPS", ["warmup", "warmup-steps"]),
        ("--task classify", ["classify", "classification"]),
        ("--task regress", ["regress", "regression"]),
        ("--no-header", ["noheader", "header", "headerless"]),
        ("--labels", ["image-labels"]),
        ("DATA, which stands without a flag",
            ["data", "input", "file", "train", "train-data", "dataset", "csv", "data-file", "in", "i", "f"]),
        ("--shuffle off", ["no-shuffle"]),
        ("--layers 64,batchnorm", ["batchnorm", "batch-norm", "batch-normalization", "use-batchnorm"]),
        ("--layers 64,layernorm", ["layernorm", "layer-norm", "layer-normalization"]),
        ("--layers embed,64", ["embed", "embedding", "embeddings", "embedding-dim", "embedding-size"]),
        ("--learning-rate-factors", ["lr-mult", "lr-multiplier", "lr-multipliers", "lr-factors", "param-groups"]),
        ("--decay-factors", ["decay-mult", "no-decay", "bias-decay"]),
        ("--order", ["row-order", "sampling", "sampler"]),
    ];

    /// <summary>A verb or flag that asks for help or the version, as words of their own ask for them.</summary>
    public static string[] WithoutHelpVerbs(string[] arguments) => arguments switch
    {
        ["help", .. var rest] => [.. rest.Where(word => !word.StartsWith('-')), "--help"],
        ["version"] => ["--version"],
        _ => arguments,
    };

    /// <summary>The verb that another tool's is here, or null.</summary>
    public static string? Verb(string typed) => Find(s_verbs, typed.ToLowerInvariant());

    /// <summary>The flag that another tool's is here, or null.</summary>
    /// <param name="typed">The flag as it was typed, without hyphens in front.</param>
    public static string? Flag(string typed) => Find(s_flags, typed.ToLowerInvariant().Replace('_', '-'));

    /// <summary>Another tool's flag which was typed almost right, and which is one here, or null.</summary>
    /// <param name="typed">The flag as it was typed, without hyphens in front.</param>
    /// <param name="known">The flags that the verb has.</param>
    public static string? FlagLike(string typed, IReadOnlyCollection<string> known)
    {
        const int Shortest = 4;
        IEnumerable<string> words = s_flags.Where(flag => known.Contains(flag.Answer, StringComparer.Ordinal))
            .SelectMany(flag => flag.Typed).Where(word => word.Length > Shortest);
        return typed.Length > Shortest ? NearestName.Find(typed, words) : null;
    }

    static string? Find((string Answer, string[] Typed)[] table, string typed)
    {
        foreach ((string answer, string[] words) in table)
        {
            if (words.Contains(typed, StringComparer.Ordinal))
                return answer;
        }

        return null;
    }
}

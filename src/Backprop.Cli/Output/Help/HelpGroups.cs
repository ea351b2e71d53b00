namespace Backprop.Cli;

/// <summary>Which flags stand together in the help, in the order in which they are shown.</summary>
static class HelpGroups
{
    /// <summary>Where a flag stands that no group names.</summary>
    public const string Others = "Other flags";

    public static readonly (string Title, string[] Flags)[] All =
    [
        ("What is shown", ["--row", "--notation", "--layer", "--neuron", "--top"]),
        ("Check", ["--samples", "--tolerance"]),
        ("Data",
            ["--target", "--task", "--positive", "--ignore", "--encode", "--row-weights", "--class-weights", "--missing-target"]),
        ("Reading", ["--labels", "--delimiter", "--no-header", "--skip", "--comment", "--missing", "--not-missing", "--numbers",
            "--decimal", "--encoding", "--types", "--strict"]),
        ("Rows held out", ["--validation", "--validation-labels", "--test", "--test-labels"]),
        ("Network",
            ["--layers", "--activation", "--output-activation", "--no-bias", "--initializer", "--dropout", "--start-from"]),
        ("Training", ["--recipe", "--epochs", "--batch", "--learning-rate", "--learning-rate-factors", "--optimizer",
            "--schedule", "--loss", "--reduction", "--label-smoothing", "--metric", "--patience", "--l1", "--l2",
            "--weight-decay", "--decay-factors", "--clip", "--shuffle", "--shards", "--order", "--seed", "--precision"]),
        ("Run, changes no bit", ["--steps", "--threads", "--checkpoint", "--checkpoint-every", "--resume"]),
        ("Output", ["--out", "--keep", "--log", "--log-steps", "--print-recipe", "--json", "--latex", "--markdown", "--quiet",
            "--verbose", "--help", "--version"]),
    ];
}

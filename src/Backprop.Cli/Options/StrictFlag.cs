using System.CommandLine;

namespace Backprop.Cli;

/// <summary>The flag that refuses cells that a model was not trained with.</summary>
static class StrictFlag
{
    public static Option<bool> Create() => new("--strict")
    {
        Description = "Refuse a cell such as training never saw, instead of counting it: a new category, a text among numbers, a "
            + "word that is neither yes nor no, a missing cell where none was.",
    };

    /// <summary>The model, strict where that was asked for.</summary>
    public static Model Applied(bool isStrict, Model model) => isStrict ? model.AsStrict() : model;
}

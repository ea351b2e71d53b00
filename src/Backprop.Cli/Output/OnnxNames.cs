namespace Backprop.Cli;

/// <summary>What is said of columns that other ONNX runtimes know by another name.</summary>
static class OnnxNames
{
    /// <summary>A sentence for each input that is not called as its column.</summary>
    public static IEnumerable<string> Sentences(Model model) => model.OnnxInputs.Where(input => input.Name != input.Column)
        .Select(
            input => $"In other ONNX runtimes the input for the column '{input.Column}' is called '{input.Name}', since a part "
                + "of the model has that name.");
}

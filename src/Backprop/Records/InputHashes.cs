namespace Backprop;

/// <summary>What goes into a training besides its recipe, as hashes.</summary>
sealed record InputHashes
{
    /// <summary>The table that training rows (and fractions held out of it) are of.</summary>
    public required TableHash Training { get; init; }

    /// <summary>A table of validation rows of its own, or null.</summary>
    public required TableHash? Validation { get; init; }

    /// <summary>A table of test rows of its own, or null.</summary>
    public required TableHash? Test { get; init; }

    /// <summary>The hash of the model or network that training starts from, or null.</summary>
    public required string? StartFrom { get; init; }

    /// <summary>Hashes what a training reads.</summary>
    /// <param name="plan">The tables.</param>
    /// <param name="encoder">Which of their columns become inputs.</param>
    /// <param name="startFrom">The hash of the parameters to start from, or null.</param>
    public static InputHashes Of(DataPlan plan, TableEncoder encoder, string? startFrom)
    {
        string[] columns = [.. encoder.Columns.Select(column => column.Name), .. plan.Targets];
        return new InputHashes
        {
            Training = TableHash.Of(plan.Table, plan.RowWeights is { } weights ? [.. columns, weights] : columns),
            Validation = OfHeld(plan.ValidationTable),
            Test = OfHeld(plan.TestTable),
            StartFrom = startFrom,
        };

        TableHash? OfHeld(Table? table)
        {
            bool isWeighted = plan.Contract.WeighsFigures && plan.RowWeights is { } name
                && table?.TryGetColumn(name, out _) == true;
            return table is null ? null : TableHash.Of(table, isWeighted ? [.. columns, plan.RowWeights!] : columns);
        }
    }

    /// <summary>What is different in other inputs, as a sentence's end; null where nothing is.</summary>
    public string? Difference(InputHashes here) =>
        Training.Difference(here.Training, "the training data")
        ?? Difference(Validation, here.Validation, "the validation data")
        ?? Difference(Test, here.Test, "the test data")
        ?? (StartFrom == here.StartFrom ? null : (StartFrom, here.StartFrom) switch
        {
            (null, _) => "it did not start from a model's parameters",
            (_, null) => "it started from a model's parameters, which --start-from gives",
            _ => "it started from other parameters than --start-from gives",
        });

    static string? Difference(TableHash? there, TableHash? here, string what) => (there, here) switch
    {
        (null, null) => null,
        (null, _) => $"there were no tables of their own for {what}",
        (_, null) => $"{what} were a table of their own, which is not given",
        _ => there.Difference(here, what),
    };
}

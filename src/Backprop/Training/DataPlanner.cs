namespace Backprop;

/// <summary>Looks at the tables and at what was asked, and says what is predicted from what, on which rows.</summary>
static class DataPlanner
{
    const double DefaultValidation = 0.2;

    /// <summary>The plan for a training.</summary>
    /// <exception cref="BackpropException">Something that was asked does not fit the table.</exception>
    public static DataPlan Plan(Table table, IReadOnlyList<string> targets, TrainOptions options)
    {
        var notes = new List<string>();
        var leftOut = new List<LeftOutColumn>();
        DataRecipe? recipe = options.Recipe?.Data;
        foreach (Table? rows in (Table?[])[table, options.ValidationTable, options.TestTable])
        {
            if (rows?.RowCount == 0)
                throw new BackpropException($"{rows.Source} has no rows.");
        }

        if (targets.Count == 0)
            throw new BackpropException("Name the column that is to be predicted (--target COLUMN).");
        if (targets.Distinct(StringComparer.Ordinal).Count() < targets.Count)
            throw new BackpropException("A target column is named twice.");

        DataRecipe? start = options.StartFrom?.Recipe?.Data;
        NumericContract contract = options.Contract;
        MissingTarget missing = options.MissingTarget ?? recipe?.MissingTarget ?? MissingTarget.Refuse;
        string? rowWeights = options.RowWeights ?? recipe?.RowWeights;
        ThrowUnlessWeights(table, targets, rowWeights);
        string? counted = contract.WeighsFigures ? rowWeights : null;
        int zeros = 0;
        table = KnownRows.Of(Counted(table)!, targets, missing, notes);
        (Table? validationTable, Table? testTable) = (Known(Counted(options.ValidationTable)), Known(Counted(options.TestTable)));
        if (zeros > 0)
            notes.Add(CountedRows.Sentence(zeros, rowWeights!));
        TaskKind task = TaskOfTarget.Of(table, targets, options.Task ?? recipe?.Task ?? start?.Task, options.Decimal, notes);
        IEnumerable<Column> inputs = Inputs(table, targets, rowWeights, options, leftOut);

        int[]? classes = task == TaskKind.Classify ? ClassCodes(table, targets[0]) : null;
        ulong seed = options.Seed ?? options.Recipe?.Seed ?? 0;
        int[] training = [.. Enumerable.Range(0, table.RowCount)];
        double? testFraction = options.TestTable is null ? options.Test ?? recipe?.Test : null;
        int[] test = Hold(testFraction, SplitPart.Test, ref training);
        EncodeKind encode = options.Encode ?? recipe?.Encode ?? start?.Encode ?? EncodeKind.Auto;
        double? validationFraction = options.ValidationTable is null
            ? options.Validation ?? (recipe is null ? (encode == EncodeKind.None ? 0 : DefaultValidation) : recipe.Validation)
            : null;
        int[] validation = Hold(validationFraction, SplitPart.Validation, ref training);

        return new DataPlan
        {
            Contract = contract,
            ZeroWeightRows = zeros,
            Table = table,
            Task = task,
            Inputs = [.. inputs],
            Targets = [.. targets],
            Training = training,
            Validation = AllRows(validationTable) ?? validation,
            Test = AllRows(testTable) ?? test,
            ValidationTable = validationTable,
            TestTable = testTable,
            MissingTarget = missing,
            RowWeights = rowWeights,
            HasClassWeights = (options.ClassWeights ?? recipe?.ClassWeights) is not null,
            ValidationFraction = validationFraction,
            TestFraction = testFraction is 0 ? null : testFraction,
            Encode = encode,
            Seed = seed,
            Notes = notes,
            LeftOut = leftOut,
        };

        Table? Counted(Table? all)
        {
            if (all is null)
                return null;
            var rows = CountedRows.Of(all, counted);
            zeros += rows.LeftOut;
            if (counted is not null && rows.Weights.Length == 0)
                notes.Add($"{all.Source} has no column '{counted}', so each of its rows counts once.");
            return rows.Table;
        }

        Table? Known(Table? own) =>
            own is null || missing == MissingTarget.Refuse ? own : KnownRows.Of(own, targets, missing, notes);

        int[] Hold(double? fraction, SplitPart part, ref int[] from)
        {
            if (fraction is null or 0)
                return [];

            Split split = Split.HoldOut(from, fraction.Value, seed, part, classes);
            from = split.TrainingRows;
            return split.HeldOutRows;
        }
    }

    static void ThrowUnlessWeights(Table table, IReadOnlyList<string> targets, string? rowWeights)
    {
        if (rowWeights is null)
            return;
        if (targets.Contains(rowWeights, StringComparer.Ordinal))
            throw new BackpropException($"The column '{rowWeights}' cannot be the target and the row weights at the same time.");
        _ = table[rowWeights];
    }

    static List<Column> Inputs(
        Table table, IReadOnlyList<string> targets, string? rowWeights, TrainOptions options, List<LeftOutColumn> leftOut)
    {
        var ignored = new HashSet<string>(options.Ignore.Select(name => table[name].Name), StringComparer.Ordinal);
        if (rowWeights is not null)
            ignored.Add(table[rowWeights].Name);
        if (targets.FirstOrDefault(ignored.Contains) is { } both)
            throw new BackpropException($"The column '{both}' cannot be the target and left out at the same time.");

        IReadOnlyDictionary<string, ColumnKind>? fixedKinds = options.Recipe?.Data.Columns;
        foreach (string name in fixedKinds?.Keys ?? [])
            _ = table[name];

        var inputs = new List<Column>();
        foreach (Column column in table.Columns)
        {
            if (ignored.Contains(column.Name) || targets.Contains(column.Name, StringComparer.Ordinal)
                || (fixedKinds is not null && !fixedKinds.ContainsKey(column.Name)))
            {
                continue;
            }

            column.ThrowIfRefused();
            if (fixedKinds is not null && column.Kind != fixedKinds[column.Name])
            {
                throw new BackpropException(
                    $"The recipe takes the column '{column.Name}' as {fixedKinds[column.Name]}, but in {table.Source} it is "
                    + $"{column.Kind}.");
            }

            if (column.IsUsable)
                inputs.Add(column);
            else
                leftOut.Add(new LeftOutColumn(column.Name, column.Reason ?? "it is of no use", WayOut(column, options.Decimal)));
        }

        return inputs.Count > 0
            ? inputs
            : throw new BackpropException(LeftOutText.NoneLeft(
                [
                    .. leftOut,
                    .. ignored.Where(name => name != rowWeights).Select(name => new LeftOutColumn(name, "--ignore names it")),
                    .. rowWeights is null ? [] : new[] { new LeftOutColumn(rowWeights, "--row-weights names it") },
                ]));
    }

    /// <summary>What takes a column that is left out, as a clause; null where it was left out on purpose.</summary>
    static string? WayOut(Column column, char? decimalSign) => column switch
    {
        { IsKindGiven: true } => null,
        _ when AlmostNumbers.HaveOtherSign(column, decimalSign) =>
            $"its cells are numbers with another decimal sign than --decimal {decimalSign} says; leave that out",
        { Kind: ColumnKind.Identifier } => $"--types {FlagText.Of(column.Name, "number")} takes it",
        { Kind: ColumnKind.Text, SampleTexts.Count: > 0 } =>
            $"--types {FlagText.Of(column.Name, "category")} takes each text for a category",
        _ => null,
    };

    static int[] ClassCodes(Table table, string target)
    {
        Column column = ClassColumn.Of(table, target);
        var codes = new int[table.RowCount];
        column.CopyCategories(0, codes);
        return codes;
    }

    static int[]? AllRows(Table? table) => table is null ? null : [.. Enumerable.Range(0, table.RowCount)];
}

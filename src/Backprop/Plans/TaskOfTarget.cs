using Backprop.Engine;

namespace Backprop;

/// <summary>Finds out from the target what is to be predicted, a number or a class, and refuses what is neither.</summary>
static class TaskOfTarget
{
    /// <summary>A target of whole numbers with at most so many different values is taken for classes.</summary>
    internal const int MostNumericClasses = 20;

    /// <summary>The task.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The target columns.</param>
    /// <param name="asked">What was asked for; null where the target tells.</param>
    /// <param name="decimalSign">The decimal sign of all numbers, where somebody said it.</param>
    /// <param name="notes">Receives what the target told, in a sentence for people.</param>
    /// <exception cref="BackpropException">A target column cannot be predicted, or not in that way.</exception>
    public static TaskKind Of(
        Table table, IReadOnlyList<string> targets, TaskKind? asked, char? decimalSign, List<string> notes)
    {
        foreach (string name in targets)
        {
            Column column = table[name];
            column.ThrowIfRefused();
            bool areNumbersWanted = asked == TaskKind.Regress || targets.Count > 1;
            if (column.Kind == ColumnKind.Text || (column.Kind == ColumnKind.Category && areNumbersWanted))
                throw Refusal(table, column, decimalSign);
        }

        if (targets.Count > 1)
        {
            if (asked == TaskKind.Classify)
                throw new BackpropException("Classes are predicted for one target column at a time.");
            return TaskKind.Regress;
        }

        if (asked is { } given)
            return given;

        Column target = table[targets[0]];
        (TaskKind task, string reason) = Infer(target);
        notes.Add(task == TaskKind.Classify
            ? $"Task: classification, because {reason}{Otherwise(target)}."
            : $"Task: regression, because {reason} (--task classify takes each number for a class instead).");
        return task;
    }

    /// <summary>What makes numbers of classes that are such, in brackets.</summary>
    static string Otherwise(Column target)
    {
        if (target.Kind == ColumnKind.Number || AlmostNumbers.AreAll(target))
            return " (--task regress estimates a number instead)";
        return AlmostNumbers.AreMost(target)
            ? $"; {AlmostNumbers.Sentence(target)} (for --task regress, correct it or use {AlmostNumbers.Missing(target)})" : "";
    }

    static BackpropException Refusal(Table table, Column column, char? decimalSign)
    {
        string start = $"The target column '{column.Name}' of {table.Source}";
        string asClasses = $"--types {FlagText.Of(column.Name, "category")} if the values are classes";
        if (AlmostNumbers.HaveOtherSign(column, decimalSign))
        {
            return new BackpropException(
                $"{start} holds numbers with another decimal sign than --decimal {decimalSign} says; leave that out.");
        }

        if (AlmostNumbers.AreMost(column))
        {
            string them = column.NumberCells.Others == 1 ? "it" : "them";
            return new BackpropException(
                $"{start} is no column of numbers alone: {AlmostNumbers.Sentence(column)}; correct {them}, use "
                + $"{AlmostNumbers.Missing(column)} if {(them == "it" ? "it means" : "they mean")} missing, or {asClasses}.");
        }

        return new BackpropException(column.Kind == ColumnKind.Category
            ? $"{start} holds texts, which cannot be estimated as numbers; only one column of classes can be predicted at a time."
            : $"{start} cannot be predicted: {column.Reason ?? "it is read as text"}; say {asClasses}.");
    }

    static (TaskKind Task, string Reason) Infer(Column target)
    {
        if (target.Kind is ColumnKind.Category or ColumnKind.YesNo)
            return (TaskKind.Classify, $"the target '{target.Name}' holds categories");

        var values = new HashSet<double>();
        for (int row = 0; row < target.Count; row++)
        {
            double value = target.Number(row);
            if (value != Math.Floor(value))
                return (TaskKind.Regress, $"the target '{target.Name}' has numbers with fractions");
            if (values.Add(value) && values.Count > MostNumericClasses)
            {
                return (TaskKind.Regress,
                    $"the target '{target.Name}' has more than {MostNumericClasses} different whole numbers");
            }
        }

        return (TaskKind.Classify,
            $"the target '{target.Name}' has only {Counted.Of(values.Count, "different whole number")}");
    }
}

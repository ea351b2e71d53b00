namespace Backprop;

/// <summary>A column of classes, in whatever way the file holds it.</summary>
static class ClassColumn
{
    /// <summary>The target as categories.</summary>
    /// <exception cref="BackpropException">There is no such column, or it has more values than a target may have classes.</exception>
    public static Column Of(Table table, string target) => table[target].ToCategory(ClassTarget.MaximumClasses);
}

namespace Backprop;

/// <summary>A column of classes, in whatever way the file holds it.</summary>
static class ClassColumn
{
    /// <summary>The target as categories.</summary>
    /// <exception cref="BackpropException">There is no such column, or it has too many values for classes.</exception>
    public static Column Of(Table table, string target) => table[target].ToCategory(ClassTarget.MaximumClasses);
}

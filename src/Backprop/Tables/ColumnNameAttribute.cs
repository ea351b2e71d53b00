namespace Backprop;

/// <summary>
/// The name of the column that a property, a field, or a record's parameter stands for, where it is not the same word:
/// <c>[ColumnName("Retail Price")]</c>.
/// </summary>
/// <param name="name">The name of the column.</param>
/// <remarks>
/// <see cref="System.ComponentModel.DataAnnotations.Schema.ColumnAttribute"/> does the same for properties and fields. Without
/// either, a model's column <c>sepal_length</c> is found in <c>SepalLength</c> where no other fits.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ColumnNameAttribute(string name) : Attribute
{
    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;
}

using System.ComponentModel.DataAnnotations.Schema;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Backprop;

/// <summary>A property or field of a type of rows, which is a column.</summary>
/// <param name="Member">The property or field.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Type">The type of its cells.</param>
readonly record struct RowMember(MemberInfo Member, string Column, Type Type)
{
    /// <summary>What a type needs to keep for its members to be found.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicProperties
        | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>The public properties that can be read, then the public fields, of a type.</summary>
    /// <exception cref="BackpropException">There are none, or two are the same column.</exception>
    public static RowMember[] Of([DynamicallyAccessedMembers(Needed)] Type type)
    {
        const BindingFlags PublicOfInstance = BindingFlags.Public | BindingFlags.Instance;
        ParameterInfo[] parameters = [.. type.GetConstructors().SelectMany(constructor => constructor.GetParameters())];
        IEnumerable<RowMember> properties = type.GetProperties(PublicOfInstance)
            .Where(static property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            // What a derived type hides comes after what hides it.
            .DistinctBy(static property => property.Name, StringComparer.Ordinal)
            .Select(property => new RowMember(property, NameOf(property, parameters), property.PropertyType));
        RowMember[] members =
        [
            .. properties,
            .. type.GetFields(PublicOfInstance).Select(field => new RowMember(field, NameOf(field, parameters), field.FieldType)),
        ];
        if (members.Length == 0)
        {
            throw new BackpropException(
                $"The type {type.Name} has no public property to read; its properties are the columns.");
        }

        return members.GroupBy(static member => member.Column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)
            is { } twice
            ? throw new BackpropException(
                $"{string.Join(" and ", twice.Select(member => member.Member.Name))} of the type {type.Name} are both the column "
                + $"'{twice.Key}'; name another in one.")
            : members;
    }

    /// <summary>The cell of a row.</summary>
    public object? Read(object row) =>
        Member is PropertyInfo property ? property.GetValue(row) : ((FieldInfo)Member).GetValue(row);

    /// <summary>A record's attributes may stand at the parameter that a property is made of.</summary>
    static string NameOf(MemberInfo member, ParameterInfo[] parameters) =>
        member.GetCustomAttribute<ColumnNameAttribute>()?.Name
        ?? member.GetCustomAttribute<ColumnAttribute>()?.Name
        ?? parameters.FirstOrDefault(
            parameter => parameter.Name == member.Name && parameter.IsDefined(typeof(ColumnNameAttribute)))
            ?.GetCustomAttribute<ColumnNameAttribute>()?.Name
        ?? member.Name;
}

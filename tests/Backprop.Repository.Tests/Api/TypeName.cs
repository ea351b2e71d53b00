using System.Reflection;

namespace Backprop.Repository.Tests;

/// <summary>Types as C# writes them, without namespaces.</summary>
static class TypeName
{
    static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    public static string Of(Type type)
    {
        if (s_keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsByRef || type.IsPointer)
            return Of(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (type.IsGenericParameter)
            return type.Name;

        string name = type.Name.Split('`')[0];
        Type[] arguments = type.GetGenericArguments();
        if (type.DeclaringType is { } outer && !type.IsGenericParameter)
        {
            name = $"{Of(outer)}.{name}";
            arguments = arguments[outer.GetGenericArguments().Length..];
        }

        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(Of))}>";
    }

    /// <summary><c> where T : unmanaged, IReal&lt;T></c> for each parameter that has constraints.</summary>
    public static string Constraints(Type[] parameters) => string.Concat(parameters.Select(Constraints));

    static string Constraints(Type parameter)
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        var all = new List<string>();
        bool isValue = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isUnmanaged = parameter.CustomAttributes.Any(
            attribute => attribute.AttributeType.Name == "IsUnmanagedAttribute");
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            all.Add("class");
        if (isValue)
            all.Add(isUnmanaged ? "unmanaged" : "struct");
        all.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of)
            .Order(StringComparer.Ordinal));
        if (!isValue && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            all.Add("new()");
        if (flags.HasFlag(GenericParameterAttributes.AllowByRefLike))
            all.Add("allows ref struct");
        return all.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", all)}";
    }
}

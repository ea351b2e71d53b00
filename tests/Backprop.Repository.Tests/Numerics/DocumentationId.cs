using System.Reflection;

namespace Backprop.Repository.Tests;

/// <summary>Names of types and methods as documentation files and the list of banned symbols write them.</summary>
static class DocumentationId
{
    public static string Of(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        string parameters = string.Join(',', method.GetParameters().Select(parameter => Argument(parameter.ParameterType)));
        return $"M:{Name(method.DeclaringType!)}.{method.Name}{generic}{(parameters.Length == 0 ? "" : $"({parameters})")}";
    }

    public static string Of(Type type) => $"T:{Name(type)}";

    static string Name(Type type) => type.FullName!.Replace('+', '.');

    static string Argument(Type type)
    {
        if (type.IsByRef)
            return Argument(type.GetElementType()!) + "@";
        if (type.IsPointer)
            return Argument(type.GetElementType()!) + "*";
        if (type.IsArray)
            return Argument(type.GetElementType()!) + "[]";
        if (type.IsGenericMethodParameter)
            return $"``{type.GenericParameterPosition}";
        if (type.IsGenericParameter)
            return $"`{type.GenericParameterPosition}";
        if (!type.IsGenericType)
            return Name(type);

        string open = type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.');
        return $"{open}{{{string.Join(',', type.GetGenericArguments().Select(Argument))}}}";
    }
}

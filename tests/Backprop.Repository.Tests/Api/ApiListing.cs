using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Backprop.Repository.Tests;

/// <summary>
/// All that an assembly shows to others, one type or member a line, in an order that depends on names alone. Nullability
/// of references is not in it.
/// </summary>
static class ApiListing
{
    const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetTypes().Where(IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.Namespace).Append(": ").Append(Head(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
                text.Append("  ").Append(member).Append('\n');
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    static bool IsVisible(Type type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily) && IsVisible(type.DeclaringType!));

    static string Head(Type type)
    {
        bool isRecord = type.GetMethod("<Clone>$") is not null || type.GetMethod("PrintMembers", Declared) is not null;
        string record = isRecord ? "record " : "";
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => Has<IsReadOnlyAttribute>(type, "readonly ") + (type.IsByRefLike ? "ref " : "") + record + "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsSealed: true } => $"sealed {record}class",
            { IsAbstract: true } => $"abstract {record}class",
            _ => record + "class",
        };
        if (typeof(MulticastDelegate).IsAssignableFrom(type))
            return $"delegate {Method(type.GetMethod("Invoke")!)} as {TypeName.Of(type)}";

        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } ancestor } && ancestor != typeof(object))
            bases.Add(TypeName.Of(ancestor));
        if (!type.IsEnum)
        {
            bases.AddRange(type.GetInterfaces().Where(contract => contract.IsVisible).Select(TypeName.Of)
                .Order(StringComparer.Ordinal));
        }

        string inherits = bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
        return $"{kind} {TypeName.Of(type)}{inherits}{TypeName.Constraints(type.GetGenericArguments())}";
    }

    static IEnumerable<string> Members(Type type)
    {
        if (typeof(MulticastDelegate).IsAssignableFrom(type))
            yield break;
        foreach (FieldInfo field in type.GetFields(Declared).Where(IsShown))
            yield return Field(field);
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(IsShown))
            yield return $"{type.Name.Split('`')[0]}({Parameters(constructor)})";
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsShown)))
            yield return Property(property);
        foreach (EventInfo happening in type.GetEvents(Declared).Where(happening => IsShown(happening.AddMethod!)))
            yield return $"event {TypeName.Of(happening.EventHandlerType!)} {happening.Name}";
        foreach (MethodInfo method in type.GetMethods(Declared).Where(method => IsShown(method) && !IsAccessor(method)))
            yield return Method(method);
    }

    static bool IsShown(FieldInfo field) => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName;

    static bool IsShown(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.Contains('<', StringComparison.Ordinal);

    static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    static string Field(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum)
            return $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
        string modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{modifiers}{TypeName.Of(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "")}";
    }

    static string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors(true).First(IsShown);
        string access = property.SetMethod is { } set && IsShown(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "get; init;" : "get; set;"
            : "get;";
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string required = Has<RequiredMemberAttribute>(property, "required ");
        return $"{Modifiers(accessor)}{required}{TypeName.Of(property.PropertyType)} {name} {{ {access} }}";
    }

    static string Method(MethodInfo method)
    {
        Type[] generic = method.GetGenericArguments();
        string parameters = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(TypeName.Of))}>";
        string byReference = method.ReturnType.IsByRef ? "ref " : "";
        return $"{Modifiers(method)}{byReference}{TypeName.Of(method.ReturnType)} {method.Name}{parameters}({Parameters(method)})"
            + TypeName.Constraints(generic);
    }

    static string Modifiers(MethodInfo method)
    {
        string scope = method.IsStatic ? "static " : "";
        bool overrides = method.IsVirtual && method.GetBaseDefinition() != method;
        string virtuality = method switch
        {
            { DeclaringType.IsInterface: true } => method.IsStatic && method.IsAbstract ? "abstract " : "",
            { IsAbstract: true } => "abstract ",
            _ when overrides => "override ",
            { IsVirtual: true, IsFinal: false } when !method.DeclaringType!.IsSealed => "virtual ",
            _ => "",
        };
        return (method.IsPublic ? "" : "protected ") + scope + virtuality;
    }

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter)
    {
        string passing = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string standard = parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue)}" : "";
        return $"{passing}{TypeName.Of(parameter.ParameterType)} {parameter.Name}{standard}";
    }

    static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static string Has<TAttribute>(MemberInfo member, string word)
        where TAttribute : Attribute => member.IsDefined(typeof(TAttribute), inherit: false) ? word : "";
}

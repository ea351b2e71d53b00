using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;

namespace Backprop.Repository.Tests;

/// <summary>
/// What of the framework's mathematics the numeric contract rules out, found by looking at all of it: a function of the
/// scalar types that is not known to be exact or correctly rounded everywhere, those of the same name for vectors, and
/// everything that estimates or does what the hardware does.
/// </summary>
static class BannedSymbols
{
    const string ByPlatform = "Differs by platform: use Elementary";
    const string ByHardware = "Differs by hardware";

    const BindingFlags Static = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Exact, correctly rounded by IEEE 754, or defined bit by bit.
    static readonly HashSet<string> s_exact = new(StringComparer.Ordinal)
    {
        "Abs", "BigMul", "BitDecrement", "BitIncrement", "Ceiling", "Clamp", "ClampMagnitude", "CopySign", "DegreesToRadians",
        "DivRem", "Floor", "FusedMultiplyAdd", "IEEERemainder", "Ieee754Remainder", "ILogB", "Max", "MaxMagnitude",
        "MaxMagnitudeNumber", "MaxNumber", "Min", "MinMagnitude", "MinMagnitudeNumber", "MinNumber", "RadiansToDegrees", "Round",
        "ScaleB", "Sign", "Sqrt", "Truncate", "ConvertToInteger", "Parse", "TryParse",
    };

    static readonly Dictionary<Type, string> s_types = new()
    {
        [typeof(Vector)] = "Its width follows the hardware: use ILanes",
        [typeof(Vector<>)] = "Its width follows the hardware: use ILanes",
        [typeof(Random)] = "Random numbers come from CounterRandom",
        [typeof(Parallel)] = "Threads divide outputs in a fixed way: use Crew",
        [typeof(IExponentialFunctions<>)] = ByPlatform,
        [typeof(ILogarithmicFunctions<>)] = ByPlatform,
        [typeof(IPowerFunctions<>)] = ByPlatform,
        [typeof(ITrigonometricFunctions<>)] = ByPlatform,
        [typeof(IHyperbolicFunctions<>)] = ByPlatform,
    };

    public static IReadOnlyCollection<string> Required()
    {
        Type[] scalars = [typeof(Math), typeof(MathF), typeof(double), typeof(float), typeof(Half)];
        MethodInfo[] inexact = [.. scalars.SelectMany(Functions).Where(method => !IsExact(method.Name))];
        var names = inexact.Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        Type[] contracts =
        [
            typeof(INumber<>), typeof(INumberBase<>), typeof(IBinaryNumber<>), typeof(IRootFunctions<>), typeof(IFloatingPoint<>),
            typeof(IFloatingPointIeee754<>), typeof(IBinaryFloatingPointIeee754<>),
        ];
        IEnumerable<Type> vectors = typeof(Vector128).Assembly.GetExportedTypes().Where(
            type => type.Namespace?.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal) == true
                || type == typeof(Vector2) || type == typeof(Vector3) || type == typeof(Vector4));
        IEnumerable<MethodInfo> others = contracts.Concat(vectors).SelectMany(type => type.GetMethods(Static))
            .Where(method => names.Contains(method.Name) || IsByHardware(method.Name));
        return
        [
            .. s_types.Select(pair => $"{DocumentationId.Of(pair.Key)};{pair.Value}").Order(StringComparer.Ordinal),
            "N:System.Numerics.Tensors;Sums and functions follow the hardware: use kernels",
            .. inexact.Concat(others)
                .Select(method => $"{DocumentationId.Of(method)};{(IsByHardware(method.Name) ? ByHardware : ByPlatform)}")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    static IEnumerable<MethodInfo> Functions(Type type) => type.GetMethods(Static).Where(
        method => !method.IsSpecialName && method.GetParameters().Any(parameter => IsFloating(parameter.ParameterType)));

    static bool IsFloating(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(Half);

    static bool IsExact(string name) =>
        s_exact.Contains(name) || name.StartsWith("Is", StringComparison.Ordinal)
            || name.StartsWith("Create", StringComparison.Ordinal)
        || name.StartsWith("TryConvert", StringComparison.Ordinal);

    static bool IsByHardware(string name) =>
        name.EndsWith("Estimate", StringComparison.Ordinal) || name.EndsWith("Native", StringComparison.Ordinal)
        || name.StartsWith("Reciprocal", StringComparison.Ordinal);
}

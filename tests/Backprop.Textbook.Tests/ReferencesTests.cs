using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Backprop.Engine;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// What the compiled Textbook calls: nothing of Backprop's, and of the framework's mathematics <see cref="Math"/> and
/// <see cref="double"/> alone. So it cannot agree with the engine by being the engine.
/// </summary>
public sealed class ReferencesTests
{
    static readonly string[] s_otherMathematics =
    [
        "System.MathF", "System.Half", "System.Single", "System.Decimal", "System.Int128", "System.UInt128",
        "System.Numerics.", "System.Runtime.Intrinsics.", "System.Runtime.InteropServices.", "System.Random",
        "System.Security.Cryptography.",
    ];

    static readonly HashSet<string> s_textbook = MembersReferencedBy(typeof(IndexForm).Assembly);

    [Fact]
    public void The_textbook_references_no_assembly_of_Backprop()
    {
        Assert.DoesNotContain(AssembliesReferencedBy(typeof(IndexForm).Assembly), IsOurs);

        // The same look at the tests finds both.
        string[] here = [.. AssembliesReferencedBy(typeof(ReferencesTests).Assembly).Where(IsOurs).Order()];
        Assert.Equal(["Backprop.Engine", "Backprop.Textbook"], here);

        static bool IsOurs(string name) => name.StartsWith("Backprop", StringComparison.Ordinal);
    }

    [Fact]
    public void The_textbook_references_the_framework_alone() => Assert.All(
        AssembliesReferencedBy(typeof(IndexForm).Assembly), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Of_the_frameworks_mathematics_the_textbook_calls_Math_and_double_alone()
    {
        Assert.DoesNotContain(s_textbook, IsOtherMathematics);

        // The same look at the engine finds its vectors.
        Assert.Contains(MembersReferencedBy(typeof(Network).Assembly), member =>
            IsOtherMathematics(member) && member.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("System.Math.Exp")]
    [InlineData("System.Math.Tanh")]
    [InlineData("System.Math.Log")]
    [InlineData("System.Math.Sin")]
    [InlineData("System.Math.Cos")]
    public void The_textbook_does_call_the_frameworks_elementary_functions(string member) => Assert.Contains(member, s_textbook);

    [Fact]
    public void The_engine_does_not_call_the_frameworks_elementary_functions()
    {
        HashSet<string> engine = MembersReferencedBy(typeof(Network).Assembly);
        foreach (string function in (string[])["Exp", "Tanh", "Log", "Sin", "Cos", "Pow", "Log2", "Cosh", "Sinh"])
        {
            Assert.DoesNotContain($"System.Math.{function}", engine);
            Assert.DoesNotContain($"System.MathF.{function}", engine);
            Assert.DoesNotContain($"System.Double.{function}", engine);
        }

        Assert.Contains(engine, member => member.StartsWith("System.Math.", StringComparison.Ordinal));
    }

    static bool IsOtherMathematics(string member) => s_otherMathematics.Any(
        prefix => member.StartsWith(prefix.EndsWith('.') ? prefix : prefix + ".", StringComparison.Ordinal));

    static HashSet<string> AssembliesReferencedBy(Assembly assembly) => Read(assembly, reader =>
        reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name)));

    /// <summary>What the compiled code names of other assemblies: members as <c>Namespace.Type.Member</c>, and types.</summary>
    static HashSet<string> MembersReferencedBy(Assembly assembly) => Read(assembly, reader =>
    {
        var names = new List<string>();
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (TypeOf(reader, member.Parent) is { } type)
                names.Add($"{type}.{reader.GetString(member.Name)}");
        }

        // Types too: a type may be named without a member, as by a generic argument.
        names.AddRange(reader.TypeReferences.Select(handle => TypeOf(reader, handle) + "."));
        return names;
    });

    static string? TypeOf(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            TypeReference type = reader.GetTypeReference((TypeReferenceHandle)handle);
            string name = reader.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{TypeOf(reader, type.ResolutionScope)}.{name}"
                : $"{reader.GetString(type.Namespace)}.{name}";
        }

        // A member of a generic type: its definition is among the type references.
        return null;
    }

    static HashSet<string> Read(Assembly assembly, Func<MetadataReader, IEnumerable<string>> names)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        return [.. names(file.GetMetadataReader())];
    }
}

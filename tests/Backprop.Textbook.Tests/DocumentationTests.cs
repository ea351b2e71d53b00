using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>docs/backpropagation.md and the tests speak of the same formulas.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_formula_of_the_page_has_a_test_and_every_test_a_formula_of_the_page()
    {
        string[] listed = [.. Listed().Order(StringComparer.Ordinal)];
        Assert.Equal(listed.Distinct(StringComparer.Ordinal), listed, StringComparer.Ordinal);
        Assert.Equal(
            listed,
            Methods().SelectMany(Formulas).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        string[] names = [.. TestName().Matches(Page()).Select(match => match.Groups["name"].Value)];
        Assert.True(names.Length > 30, $"The page names {names.Length} tests.");
        Assert.Empty(names.Except(Methods().Select(method => method.Name), StringComparer.Ordinal));
    }

    /// <summary>The first cells of the tables headed "formula": <c>rows 8</c>, <c>scalars 1.1-2, 1.1-3</c>.</summary>
    static IEnumerable<string> Listed()
    {
        bool inTable = false;
        foreach (string line in Page().Split('\n'))
        {
            inTable = line.StartsWith("| formula |", StringComparison.Ordinal) || (inTable && line.StartsWith('|'));
            if (!inTable || line.StartsWith("| formula |", StringComparison.Ordinal)
                || line.StartsWith("|---", StringComparison.Ordinal))
            {
                continue;
            }

            string[] words = line.Split('|')[1].Trim().Split(' ', 2);
            foreach (string number in words[1].Split(", "))
                yield return $"{words[0]} {number}";
        }
    }

    static IEnumerable<MethodInfo> Methods() =>
        from type in typeof(DocumentationTests).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null
        select method;

    static IEnumerable<string> Formulas(MethodInfo method) =>
        from trait in method.GetCustomAttributesData()
        where trait.AttributeType == typeof(TraitAttribute) && (string?)trait.ConstructorArguments[0].Value == "Formula"
        select (string)trait.ConstructorArguments[1].Value!;

    static string Page()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Backprop.slnx")))
            folder = Path.GetDirectoryName(folder);
        return File.ReadAllText(Path.Combine(folder!, "docs", "backpropagation.md"));
    }

    // Names of tests have words joined by underscores.
    [GeneratedRegex("`(?<name>[A-Z][a-z0-9]*(?:_[A-Za-z0-9]+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}

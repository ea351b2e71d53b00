using System.Reflection;
using Backprop.Engine;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>The public API is a file in the repository: a change of it is seen, and meant.</summary>
public sealed class ApiListingTests
{
    const string Update = "BACKPROP_UPDATE_API=1 dotnet test tests/Backprop.Repository.Tests --filter ApiListing";

    [Theory]
    [InlineData("Backprop.Engine")]
    [InlineData("Backprop")]
    public void The_public_API_is_the_one_that_is_listed(string name)
    {
        Assembly assembly = name == "Backprop" ? typeof(Model).Assembly : typeof(Network).Assembly;
        Assert.Equal(name, assembly.GetName().Name);
        string path = Repository.PathOf($"tests/api/{name}.txt");
        string actual = ApiListing.Of(assembly);
        if (Environment.GetEnvironmentVariable("BACKPROP_UPDATE_API") == "1")
            File.WriteAllText(path, actual);

        string[] listed = Lines(File.Exists(path) ? File.ReadAllText(path) : "");
        string[] built = Lines(actual);
        IEnumerable<string> difference =
        [
            .. listed.Except(built, StringComparer.Ordinal).Select(line => $"- {line}"),
            .. built.Except(listed, StringComparer.Ordinal).Select(line => $"+ {line}"),
        ];
        Assert.True(
            listed.SequenceEqual(built, StringComparer.Ordinal),
            $"The public API of {name} is not the one in tests/api/{name}.txt:\n{string.Join('\n', difference)}\n"
            + $"If that is meant: {Update}");
    }

    /// <summary>Each line with its type in front, so that equal members of two types are told apart.</summary>
    static string[] Lines(string text)
    {
        string type = "";
        var lines = new List<string>();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] != ' ')
                type = line;
            lines.Add(line[0] == ' ' ? $"{type.Split(" where ")[0].Split(" : ")[0]} {{{line} }}" : line);
        }

        return [.. lines];
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Backprop.Engine;
using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Pages that name files name files that exist.</summary>
public sealed class DocumentTests
{
    static readonly string[] s_folders = ["src/", "tests/", "tools/", "bench/", "samples/", "docs/"];

    public static TheoryData<string> Pages => [.. Repository.Files("docs", "*.md"), "README.md", "samples/README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Paths_and_links_lead_somewhere(string page)
    {
        string text = Repository.Read(page);
        string folder = Path.GetDirectoryName(page)!;
        IEnumerable<string> paths = Matches(text, "`([A-Za-z0-9_./-]+)`").Where(
            path => s_folders.Any(start => path.StartsWith(start, StringComparison.Ordinal)));
        IEnumerable<string> links = Matches(text, @"\]\(([^)#]+)(?:#[^)]*)?\)")
            .Where(link => !link.Contains("://", StringComparison.Ordinal))
            .Select(link => Path.Combine(folder, link));
        Assert.All(
            paths.Concat(links),
            path => Assert.True(Path.Exists(Repository.PathOf(path)), $"{page} names {path}, which does not exist."));
    }

    [Fact]
    public void The_data_flow_names_files_of_every_part()
    {
        string text = Repository.Read("docs/data-flow.md");
        string[] parts =
            [.. Repository.Files("src", "*.cs").Select(file => Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal)];
        string[] apart = ["src/Backprop.Engine/Text", "src/Backprop.Cli/Output", "src/Backprop/Metrics"];
        Assert.All(
            parts.Where(part => !apart.Any(other => part == other) && !part.Contains("/Elementary", StringComparison.Ordinal)),
            part => Assert.Contains($"`{part}/", text, StringComparison.Ordinal));
    }

    /// <summary>The tables of the rules, the schedules and the initial weights, with every number as it is.</summary>
    [Fact]
    public void The_tables_of_updates_have_every_name_and_default()
    {
        string[] rows =
            [.. Repository.Read("docs/updates.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        IEnumerable<Named> known =
        [
            .. Optimizer.All.Select(each => each.Named), .. Schedule.All.Select(each => each.Named),
            .. Initializer.All.Select(each => each.Named),
        ];
        Assert.All(known, named =>
        {
            string[] own = [.. RowsOf(named.Name)];
            Assert.NotEmpty(own);
            string numbers = string.Concat(
                own.Concat(own.SelectMany(row => Matches(row, @"\| as `([a-z]+)`")).SelectMany(RowsOf)));
            Assert.All(named.Numbers, pair => Assert.Contains(
                pair.Value,
                Matches(numbers, $"[`:]{pair.Key}=([0-9.e-]+)`")
                    .Select(text => double.Parse(text, CultureInfo.InvariantCulture))));
        });

        IEnumerable<string> RowsOf(string name) => rows.Where(row => Matches(row.Split('|')[1], "`([a-z-]+)[`:]").Contains(name));
    }

    static IEnumerable<string> Matches(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(10)).Select(match => match.Groups[1].Value);
}

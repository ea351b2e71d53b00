using System.CommandLine;

namespace Backprop.Cli.Tests;

public sealed class HelpTests
{
    static readonly System.CommandLine.Command s_root = CommandLine.Root();

    public static TheoryData<string> Verbs { get; } = [.. s_root.Subcommands.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_flag_stands_in_a_group_and_says_what_holds_without_it(string verb)
    {
        HelpPage page = HelpPage.Of(Verb(verb));
        Assert.DoesNotContain(page.Sections, section => section.Title == HelpGroups.Others);
        foreach (Option flag in HelpPage.Flags(Verb(verb)))
        {
            HelpEntry entry = Assert.Single(
                page.Sections.SelectMany(section => section.Entries), entry => entry.Head.Split(' ', ',').Contains(flag.Name));
            bool takesValue = flag.HelpName is not null;
            Assert.True(
                !takesValue || flag.Required || entry.Text.Contains("Default: ", StringComparison.Ordinal), entry.ToString());
        }
    }

    [Theory]
    [InlineData("--activation", "tanh")]
    [InlineData("--output-activation", "softmax")]
    [InlineData("--loss", "huber:delta=1")]
    [InlineData("--optimizer", "gradient-descent")]
    [InlineData("--schedule", "plateau:factor=0.1,patience=10,threshold=0.0001")]
    [InlineData("--initializer", "he-normal")]
    [InlineData("--metric", "rmse")]
    [InlineData("--recipe", "textbook")]
    public void A_flag_that_takes_names_lists_them(string flag, string name)
    {
        HelpEntry entry = HelpPage.Of(Verb("train")).Sections.SelectMany(section => section.Entries)
            .Single(entry => entry.Head.Contains($"{flag} ", StringComparison.Ordinal));
        Assert.Contains(name, entry.Values);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        foreach (System.CommandLine.Command command in s_root.Subcommands.Append(s_root))
        {
            using var text = new StringWriter();
            new HelpWriter(text, width).Write(HelpPage.Of(command));
            string[] lines = text.ToString().ReplaceLineEndings("\n").Split('\n');
            Assert.All(lines, line => Assert.True(line.Length < width, line));

            // Nothing is lost on the way: the words are those of the widest form.
            using var wide = new StringWriter();
            new HelpWriter(wide, 10_000).Write(HelpPage.Of(command));
            Assert.Equal(Letters(wide.ToString()), Letters(text.ToString()));
        }
    }

    [Fact]
    public void Every_verb_has_an_example_that_calls_it() => Assert.All(
        s_root.Subcommands,
        verb => Assert.All(
            HelpPage.Of(verb).Examples,
            example => Assert.Contains($"backprop {verb.Name} ", example, StringComparison.Ordinal)));

    static System.CommandLine.Command Verb(string name) => s_root.Subcommands.Single(verb => verb.Name == name);

    static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\\'));
}

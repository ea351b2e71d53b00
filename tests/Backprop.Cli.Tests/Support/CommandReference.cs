using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>The page docs/commands.md, made of the help that the command shows.</summary>
static class CommandReference
{
    public static string Text()
    {
        System.CommandLine.Command root = CommandLine.Root();
        var page = new StringBuilder();
        HelpPage all = HelpPage.Of(root);
        page.Append("# The command, verb by verb\n\n")
            .Append(
                "This page is made of the command itself; a test fails where it is stale, and says how to renew it. `backprop "
                + "VERB --help` ")
            .Append("shows the same in a terminal.\n\n")
            .Append(all.Summary).Append("\n\n")
            .Append(
                "Names (of activations, losses, optimizers and so on) may be typed in any case, and anything with parameters as ")
            .Append(
                "`name:key=number,key=number`. Results go to standard output and all else to standard error, wrapped to the "
                + "width of a ")
            .Append(
                "terminal. On a terminal a training shows where it stands in a line that is written over; elsewhere, and where "
                + "`TERM` is `dumb` ")
            .Append("or `NO_COLOR` is set, in a line every five seconds.\n");
        Append(page, all.Sections.Single(section => section.Title == "Exit codes"), "##");
        page.Append("\n## For every verb\n");
        HelpSection output = all.Sections.Single(section => section.Title == "Output");
        Append(
            page,
            output with
            {
                Entries = [.. output.Entries.Where(entry => !entry.Head.Contains("--version", StringComparison.Ordinal))],
            },
            null);
        string[] common = [.. HelpPage.Flags(root).Select(flag => flag.Name)];
        foreach (System.CommandLine.Command verb in root.Subcommands)
        {
            HelpPage help = HelpPage.Of(verb);
            page.Append("\n## ").Append(help.Name).Append("\n\n").Append(help.Summary).Append("\n\n```sh\n").Append(help.Usage);
            foreach (string example in help.Examples)
                page.Append('\n').Append(example);
            page.Append("\n```\n");
            foreach (HelpSection section in help.Sections)
            {
                HelpEntry[] own = [.. section.Entries.Where(entry => !entry.Head.Split(' ', ',').Intersect(common).Any())];
                if (own.Length > 0)
                    Append(page, section with { Entries = own }, "###");
            }
        }

        return page.ToString();
    }

    static void Append(StringBuilder page, HelpSection section, string? heading)
    {
        if (heading is not null)
            page.Append('\n').Append(heading).Append(' ').Append(section.Title).Append('\n');
        page.Append('\n');
        foreach (HelpEntry entry in section.Entries)
        {
            page.Append("- `").Append(entry.Head).Append("`: ").Append(Escaped(entry.Text));
            if (entry.Values.Count > 0)
                page.Append(" Known: ").AppendJoin(", ", entry.Values.Select(value => $"`{value}`")).Append('.');
            page.Append('\n');
        }
    }

    static string Escaped(string text) => text.Replace("*", @"\*", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}

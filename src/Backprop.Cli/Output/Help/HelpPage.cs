using System.CommandLine;

namespace Backprop.Cli;

/// <summary>What there is to say of a verb, or of the whole command: made of the verbs and flags that the parser has.</summary>
/// <param name="Name">The verb, or <c>backprop</c>.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Usage">How it is called.</param>
/// <param name="Sections">Its verbs, arguments and flags.</param>
/// <param name="Examples">Calls to try.</param>
sealed record HelpPage(
    string Name, string Summary, string Usage, IReadOnlyList<HelpSection> Sections, IReadOnlyList<string> Examples)
{
    /// <summary>The page of a verb, or of the command.</summary>
    public static HelpPage Of(Command command)
    {
        bool hasVerbs = command.Subcommands.Count > 0;
        string[] words = hasVerbs ? ["backprop", "VERB", "…"]
            : ["backprop", command.Name, .. command.Arguments.Select(argument => argument.Name), .. Needed(command), "[flags]"];
        var sections = new List<HelpSection>();
        if (hasVerbs)
            sections.Add(new HelpSection("Verbs", [.. command.Subcommands.Select(Entry)]));
        if (command.Arguments.Count > 0)
            sections.Add(new HelpSection("Arguments", [.. command.Arguments.Select(Entry)]));
        sections.AddRange(Groups(command));
        if (hasVerbs)
            sections.Add(new HelpSection("Exit codes", s_exitCodes));
        return new HelpPage(
            command.Name, command.Description ?? "", string.Join(' ', words), sections, HelpExamples.Of(command.Name));
    }

    static readonly HelpEntry[] s_exitCodes =
    [
        new("0", "Done.", []),
        new("1", "A check or comparison failed: check, reproduce and doctor.", []),
        new("2", "Wrong use or bad input; one sentence says what to do, and nothing was overwritten.", []),
        new("3", "A training diverged, or the machine failed (disk, memory).", []),
        new("130", "Interrupted, after the model and the checkpoint were written.", []),
    ];

    /// <summary>
    /// The flags without which a first call is refused. A training that goes on, or that is done again, has its target.
    /// </summary>
    static IEnumerable<string> Needed(Command command) => command.Options
        .Where(option => option.Required || (option.Name == "--target" && command.Name != "reproduce"))
        .Select(option => $"{option.Name} {option.HelpName!.TrimEnd('…')}");

    static IEnumerable<HelpSection> Groups(Command command)
    {
        Option[] all = [.. Flags(command).Where(option => !option.Hidden)];
        string[] named = [.. HelpGroups.All.SelectMany(group => group.Flags)];
        Option[] others = [.. all.Where(option => !named.Contains(option.Name, StringComparer.Ordinal))];
        foreach ((string title, string[] flags) in HelpGroups.All)
        {
            Option[] there = [.. flags.SelectMany(flag => all.Where(option => option.Name == flag))];
            if (there.Length > 0)
                yield return new HelpSection(title, [.. there.Select(Entry)]);
        }

        if (others.Length > 0)
            yield return new HelpSection(HelpGroups.Others, [.. others.Select(Entry)]);
    }

    /// <summary>The flags of a verb, with those that every verb takes.</summary>
    public static IEnumerable<Option> Flags(Command command) => command.Options.Concat(
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive));

    static HelpEntry Entry(Command verb) => new(verb.Name, verb.Description ?? "", []);

    static HelpEntry Entry(Argument argument) => new(argument.Name, argument.Description ?? "", []);

    static HelpEntry Entry(Option option)
    {
        string[] names =
        [
            .. option.Aliases.Where(alias => !alias.StartsWith('/') && alias != "-?").OrderBy(alias => alias.Length), option.Name,
        ];
        string head = string.Join(", ", names) + (option.HelpName is { } value ? $" {value}" : "");
        return new HelpEntry(head, option.Description ?? "", HelpValues.Of(option.Name));
    }
}

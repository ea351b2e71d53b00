using System.CommandLine;
using System.CommandLine.Parsing;

namespace Backprop.Cli;

/// <summary>What is wrong with a command line, in one sentence.</summary>
static class WrongUse
{
    /// <summary>The sentence, or null where nothing is wrong.</summary>
    public static string? Sentence(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        bool hasVerb = command.Subcommands.Count == 0;
        if (parsed.Action is HelpAction && (hasVerb || parsed.UnmatchedTokens.Count == 0))
            return null;
        string help = hasVerb ? $"Try backprop {command.Name} --help." : "Try backprop --help.";
        if (Swallowed(parsed, command) is { } swallowed)
            return $"{swallowed} {help}";
        if (parsed.Errors.Count == 0)
            return null;

        string verbs = string.Join(", ", command.Subcommands.Select(verb => verb.Name));
        return (parsed.UnmatchedTokens, parsed.Errors[0].SymbolResult) switch
        {
            ([var verb, ..], _) when !hasVerb && !IsFlag(verb) => $"There is no verb '{verb}'{MeantVerb(verb, command)} {help}",
            (var more, _) when more.FirstOrDefault(IsFlag) is { } flag =>
                $"There is no flag {NameOf(flag)}{Meant(flag, command)} {help}",
            ([var more, ..], _) => $"'{more}' is one argument too many. {help}",
            (_, OptionResult { Tokens.Count: 0 } option) when option.Option.Arity.MinimumNumberOfValues > 0 =>
                $"The flag {option.Option.Name} needs a value. {help}",
            (_, OptionResult { Tokens.Count: > 1 } option) when !option.Option.AllowMultipleArgumentsPerToken =>
                $"The flag {option.Option.Name} is given twice. {help}",
            (_, ArgumentResult) or (_, CommandResult) when hasVerb =>
                $"backprop {command.Name} needs {string.Join(" and ", command.Arguments.Select(argument => argument.Name))}. "
                + $"{help}",
            (_, CommandResult) => $"Say what to do: {verbs}. {help}",
            _ => $"{parsed.Errors[0].Message.TrimEnd('.')}. {help}",
        };
    }

    /// <summary>The parser lets a flag that waits for a value take the next flag for it.</summary>
    static string? Swallowed(ParseResult parsed, Command command)
    {
        foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            foreach (string value in option.Tokens.Select(token => token.Value))
            {
                if (!IsFlag(value))
                    continue;
                if (Names(command).Contains(NameOf(value), StringComparer.Ordinal))
                    return $"The flag {option.Option.Name} needs a value.";
                if (option.Option.AllowMultipleArgumentsPerToken && IsForeign(value))
                    return $"There is no flag {NameOf(value)}{Meant(value, command)}";
            }
        }

        // Without such a flag, the parser takes it for an argument.
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value => IsFlag(value) && IsForeign(value) && !File.Exists(value)) is { } flag
            ? $"There is no flag {NameOf(flag)}{Meant(flag, command)}" : null;
    }

    /// <summary>Whether it is a flag rather than a name that begins with a hyphen.</summary>
    static bool IsForeign(string value) =>
        value.StartsWith("--", StringComparison.Ordinal) || Habits.Flag(NameOf(value).TrimStart('-')) is not null;

    static IEnumerable<string> Names(Command command) =>
        HelpPage.Flags(command).SelectMany(option => option.Aliases.Prepend(option.Name));

    /// <summary>Whether it is written as a flag; -1 is a number, and - standard input.</summary>
    static bool IsFlag(string word) => word is not "--" && (word.StartsWith("--", StringComparison.Ordinal)
        || (word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.'));

    /// <summary>A flag without its value.</summary>
    static string NameOf(string flag)
    {
        int equals = flag.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? flag : flag[..equals];
    }

    static string Meant(string typed, Command command)
    {
        string flag = NameOf(typed);
        string[] known = [.. HelpPage.Flags(command).Select(option => option.Name)];

        // A flag spelled almost right comes before a habit, and a habit before what is only a little like it.
        string spelled = flag.Replace('_', '-').ToLowerInvariant();
        string? meant = known.Contains(spelled, StringComparer.Ordinal) ? spelled : null;
        if (meant is null && Habits.Flag(flag.TrimStart('-')) is { } habit)
        {
            string answer = habit.Split(' ')[0].TrimEnd(',');
            if (known.Contains(answer, StringComparer.Ordinal) || command.Arguments.Any(argument => argument.Name == answer))
                meant = habit;
        }

        meant ??= Nearest(flag, known);
        return meant is null ? "." : $"; did you mean {meant}?";
    }

    /// <summary>The flag that is typed most like it, or whose name elsewhere is typed still more like it.</summary>
    static string? Nearest(string flag, string[] known)
    {
        string? near = NearestName.Find(flag, known);
        string? word = Habits.FlagLike(flag.TrimStart('-'), known);
        return word is not null && (near is null || NearestName.Find(flag, [near, $"--{word}"]) != near)
            ? Habits.Flag(word)
            : near;
    }

    static string MeantVerb(string typed, Command root)
    {
        string[] verbs = [.. root.Subcommands.Select(verb => verb.Name)];
        return (Habits.Verb(typed) ?? NearestName.Find(typed, verbs)) is { } meant
            ? $"; did you mean {meant}? There are {string.Join(", ", verbs)}."
            : $"; there are {string.Join(", ", verbs)}.";
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Backprop.Cli;

/// <summary>What is wrong with a command line, in one sentence.</summary>
static class WrongUse
{
    /// <summary>The sentence, or null where nothing is wrong.</summary>
    public static string? Sentence(ParseResult parsed)
    {
        if (parsed.Action is HelpWithExamples)
            return null;
        Command command = parsed.CommandResult.Command;
        bool hasVerb = command.Subcommands.Count == 0;
        string help = hasVerb ? $"Try backprop {command.Name} --help." : "Try backprop --help.";
        if (Swallowed(parsed, command) is { } swallowed)
            return $"{swallowed} {help}";
        if (parsed.Errors.Count == 0)
            return null;

        string verbs = string.Join(", ", command.Subcommands.Select(verb => verb.Name));
        return (parsed.UnmatchedTokens, parsed.Errors[0].SymbolResult) switch
        {
            ([var flag, ..], _) when flag.StartsWith("--", StringComparison.Ordinal) =>
                $"There is no flag {flag}{Meant(flag, command)} {help}",
            ([var verb, ..], _) when !hasVerb => $"There is no verb '{verb}'; known are {verbs}. {help}",
            ([var more, ..], _) => $"'{more}' is one argument too many. {help}",
            (_, OptionResult { Tokens.Count: 0 } option) when option.Option.Arity.MinimumNumberOfValues > 0 =>
                $"The flag {option.Option.Name} needs a value. {help}",
            (_, OptionResult { Tokens.Count: > 1 } option) when !option.Option.AllowMultipleArgumentsPerToken =>
                $"The flag {option.Option.Name} is given twice. {help}",
            (_, ArgumentResult) or (_, CommandResult) when hasVerb =>
                $"backprop {command.Name} needs {string.Join(" and ", command.Arguments.Select(argument => argument.Name))}. {help}",
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
                if (!value.StartsWith("--", StringComparison.Ordinal))
                    continue;
                if (command.Options.Any(known => known.Name == value))
                    return $"The flag {option.Option.Name} needs a value.";
                if (option.Option.AllowMultipleArgumentsPerToken)
                    return $"There is no flag {value}{Meant(value, command)}";
            }
        }

        return null;
    }

    static string Meant(string flag, Command command) =>
        NearestName.Find(flag, command.Options.Select(option => option.Name)) is { } nearest ? $"; did you mean {nearest}?" : ".";
}

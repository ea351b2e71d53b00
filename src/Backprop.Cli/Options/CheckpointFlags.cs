using System.CommandLine;
using System.Globalization;

namespace Backprop.Cli;

/// <summary>The flags that say where a training saves where it stands, and from where it goes on.</summary>
sealed class CheckpointFlags
{
    readonly Option<string?> _file = new("--checkpoint")
    {
        Description =
            "A file that holds where the training stands, to go on from with --resume if it is interrupted. Default: none.",
        HelpName = "FILE",
    };

    readonly Option<string?> _every = new("--checkpoint-every")
    {
        Description = "How often it is written: seconds, or epochs (2e). Default: 30s.",
        HelpName = "30s|2e",
    };

    readonly Option<string?> _resume = new("--resume")
    {
        Description = "A checkpoint to go on from, with the same data; the recipe is in it. It is written on, unless "
            + "--checkpoint names another file. Default: none.",
        HelpName = "FILE",
    };

    /// <summary>Adds the flags to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_every);
        command.Add(_resume);
    }

    /// <summary>Where checkpoints go, or null for nowhere.</summary>
    public CheckpointOptions? Options(ParseResult parsed)
    {
        string? every = parsed.GetValue(_every);
        if ((parsed.GetValue(_file) ?? parsed.GetValue(_resume)) is not { } path)
        {
            return every is null ? null : throw new BackpropException(
                $"{_every.Name} needs a file for the checkpoint: {_file.Name} FILE.");
        }

        (TimeSpan? interval, int? epochs) = every is null ? (null, null) : Every(every);
        return new CheckpointOptions { Path = path, Interval = interval, EveryEpochs = epochs };
    }

    /// <summary>The checkpoint to go on from, or null.</summary>
    public Checkpoint? Resume(ParseResult parsed) =>
        parsed.GetValue(_resume) is { } path ? Checkpoint.Load(path) : null;

    /// <summary>Warns where a checkpoint of an unfinished training is about to be written over by one that begins anew.</summary>
    public void WarnOfUnfinished(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is not { } path || parsed.GetValue(_resume) is not null || !File.Exists(path))
            return;
        try
        {
            var there = Checkpoint.Load(path);
            if (!there.HasEnded)
            {
                Messages.Warning(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Warning: {path} holds a training after step {there.Step:N0} of {there.TotalSteps:N0}, and is written over; "
                    + $"to go on from it, say ")
                    + $"{_resume.Name} {path}.");
            }
        }
        catch (BackpropException)
        {
            // It holds no training that could be lost.
        }
    }

    (TimeSpan? Interval, int? Epochs) Every(string text)
    {
        const double MostSeconds = 1e6;
        if (text.EndsWith('e') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int epochs)
            && epochs > 0)
        {
            return (null, epochs);
        }

        if (text.EndsWith('s')
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds <= MostSeconds)
        {
            return (TimeSpan.FromSeconds(seconds), null);
        }

        throw new BackpropException($"{_every.Name} is a number of seconds or of epochs, such as 30s or 2e; not '{text}'.");
    }
}

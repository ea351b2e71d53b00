using System.Diagnostics;
using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>Runs the built command as a process of its own, in a folder of its own that is deleted afterwards.</summary>
sealed class Command : IDisposable
{
    /// <summary>The build that these tests were made with, or another that is asked for, such as a native one.</summary>
    static readonly string[] s_command = Environment.GetEnvironmentVariable("BACKPROP_COMMAND") is { } other
        ? [other]
        : [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec",
            Path.Combine(AppContext.BaseDirectory, "Backprop.Cli.dll")];

    /// <summary>A process that was started in the background may ignore signals, and hands that on.</summary>
    static readonly string[] s_signalled = ["/usr/bin/env", "--default-signal=HUP,INT,TERM"];

    readonly List<KeyValuePair<string, string>> _environment = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("backprop-cli-").FullName;

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return name;
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return name;
    }

    public Command With(string variable, string value)
    {
        _environment.Add(new(variable, value));
        return this;
    }

    public CommandResult Run(params string[] arguments) => RunWithInput(null, arguments);

    /// <summary>Runs with bytes on standard input.</summary>
    public CommandResult RunWithInput(byte[]? input, params string[] arguments)
    {
        using Process process = Start([], arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs by way of other commands, such as one that sets limits.</summary>
    public CommandResult RunBy(string[] before, params string[] arguments)
    {
        using Process process = Start(before, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.Result);
    }

    /// <summary>Runs on a terminal of so many columns; what it shows there is the output, with line breaks as in files.</summary>
    public CommandResult RunOnTerminal(int columns, params string[] arguments)
    {
        string words = string.Join(
            ' ', s_command.Concat(arguments).Select(word => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
        using Process process = Start(["script", "-qec", $"stty cols {columns}; {words}", "/dev/null"], [], command: []);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.Replace("\r\n", "\n", StringComparison.Ordinal), error.Result);
    }

    /// <summary>Runs, and sends a signal once a line on standard output begins as given.</summary>
    public CommandResult RunAndSignal(string signal, string lineStart, params string[] arguments) =>
        RunAnd(process => Signal(signal, process), lineStart, arguments);

    /// <summary>Runs, and does something once a line on standard output or error begins as given.</summary>
    public CommandResult RunAnd(Action<Process> act, string lineStart, params string[] arguments) =>
        RunAnd([(lineStart, act)], arguments);

    /// <summary>Runs, and does each of these once, when a line on standard output or error begins as it says.</summary>
    public CommandResult RunAnd((string LineStart, Action<Process> Act)[] acts, params string[] arguments)
    {
        using Process process = Start(s_signalled, arguments);
        bool[] isDone = new bool[acts.Length];
        Task<string> error = Task.Run(() => Watch(process.StandardError));
        string output = Watch(process.StandardOutput);
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.Result);

        string Watch(StreamReader reader)
        {
            var text = new StringBuilder();
            while (reader.ReadLine() is { } line)
            {
                text.Append(line).Append('\n');
                for (int i = 0; i < acts.Length; i++)
                {
                    if (line.StartsWith(acts[i].LineStart, StringComparison.Ordinal)
                        && !Interlocked.Exchange(ref isDone[i], true))
                    {
                        acts[i].Act(process);
                    }
                }
            }

            return text.ToString();
        }
    }

    /// <summary>Runs, and sends signals at instants after each other, until it has ended.</summary>
    public CommandResult RunAndSignal((string Signal, TimeSpan Wait)[] signals, params string[] arguments)
    {
        using Process process = Start(s_signalled, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        foreach ((string signal, TimeSpan wait) in signals)
        {
            if (process.WaitForExit(wait))
                break;
            Signal(signal, process);
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.Result, error.Result);
    }

    public static void Signal(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Runs, and kills the process at an instant; false where it had ended by then.</summary>
    public bool RunAndKill(TimeSpan instant, params string[] arguments)
    {
        using Process process = Start([], arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        bool isKilled = !process.WaitForExit(instant);
        if (isKilled)
            process.Kill();
        process.WaitForExit();
        Assert.True(isKilled || process.ExitCode == 0, $"Exit code {process.ExitCode}: {error.Result}{output.Result}");
        return isKilled;
    }

    Process Start(string[] before, string[] arguments, string[]? command = null)
    {
        string[] all = [.. before, .. command ?? s_command, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in _environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

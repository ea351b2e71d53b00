using System.Diagnostics;
using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>Runs the built command as a process of its own, in a folder of its own that is deleted afterwards.</summary>
sealed class Command : IDisposable
{
    static readonly string s_dll = Path.Combine(AppContext.BaseDirectory, "Backprop.Cli.dll");

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

    /// <summary>Runs, and sends a signal once a line on standard output begins as given.</summary>
    public CommandResult RunAndSignal(string signal, string lineStart, params string[] arguments)
    {
        // A process that was started in the background may ignore SIGINT, and hands that on.
        using Process process = Start(["/usr/bin/env", "--default-signal=INT,TERM"], arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        var output = new StringBuilder();
        bool isSent = false;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.Append(line).Append('\n');
            if (isSent || !line.StartsWith(lineStart, StringComparison.Ordinal))
                continue;
            using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            kill.WaitForExit();
            isSent = true;
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.ToString(), error.Result);
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

    Process Start(string[] before, string[] arguments)
    {
        string[] all = [.. before, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", "exec", s_dll,
            .. arguments];
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

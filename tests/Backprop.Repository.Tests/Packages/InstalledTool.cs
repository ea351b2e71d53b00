namespace Backprop.Repository.Tests;

/// <summary>The command, installed from its package as a .NET tool.</summary>
static class InstalledTool
{
    /// <summary>Installs from a folder of packages, and gives the command's path.</summary>
    public static string From(string packages, TemporaryFolder folder)
    {
        // No other source than the folder: nothing is asked of a network.
        File.WriteAllText(
            folder["nuget.config"],
            $"<configuration><packageSources><clear/><add key=\"here\" value=\"{packages}\"/></packageSources></configuration>");
        Repository.Run(
            folder.Full, "dotnet", "tool", "install", "Backprop.Cli", "--tool-path", folder["tool"],
            "--configfile", folder["nuget.config"]);
        return folder["tool/backprop"];
    }
}

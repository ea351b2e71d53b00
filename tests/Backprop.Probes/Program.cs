using System.Globalization;
using Backprop.Probes;

// What tests must ask a process of its own: dotnet exec Backprop.Probes.dll hashes|allocations|soak FOLDER SECONDS SAMPLINGS
switch (args)
{
    case ["hashes"]:
        Hashes.Write();
        return 0;
    case ["allocations"]:
        Allocations.Write();
        return 0;
    case ["soak", var samples, var seconds, var samplings]:
        Soak.Run(
            samples, double.Parse(seconds, CultureInfo.InvariantCulture), int.Parse(samplings, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("Usage: Backprop.Probes hashes|allocations|soak FOLDER SECONDS SAMPLINGS");
        return 2;
}

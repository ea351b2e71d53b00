using Backprop.Probes;

// What tests must ask a process of its own: dotnet exec Backprop.Probes.dll hashes|allocations
switch (args)
{
    case ["hashes"]:
        Hashes.Write();
        return 0;
    case ["allocations"]:
        Allocations.Write();
        return 0;
    default:
        Console.Error.WriteLine("Usage: Backprop.Probes hashes|allocations");
        return 2;
}

using Backprop.Start;

// The native command is this and three images of the same program beside it, for every x64 processor, for those of level
// x86-64-v3 (AVX2, FMA) and for those of x86-64-v4 (AVX-512). This goes on as the best one that processor and system can
// run; where one is missing, as the next lower one, with the same bits.
string folder = Path.GetDirectoryName(Environment.ProcessPath!)!;
string?[] all = ["backprop", .. args, null];
for (int level = ProcessorLevel.Highest(); level >= ProcessorLevel.LowestWithImage; level--)
    _ = LinuxCalls.Execute(Path.Combine(folder, $"Backprop.Cli.x86-64-v{level}"), all);
_ = LinuxCalls.Execute(Path.Combine(folder, "Backprop.Cli"), all);

Console.Error.WriteLine($"backprop: none of its programs in {folder} can be run; install it again.");
return 3;

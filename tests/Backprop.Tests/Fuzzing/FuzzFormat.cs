namespace Backprop.Tests;

/// <summary>A kind of file that is read with distrust.</summary>
/// <param name="Name">Its name, and that of its folders of seeds and of damaged files.</param>
/// <param name="Mutate">Damages a file, knowing what it is made of.</param>
/// <param name="Read">
/// Reads a file as the program does and saves and reads again what there is; gives what kind of file it was, in few words.
/// </param>
sealed record FuzzFormat(string Name, Func<byte[], Draw, byte[]> Mutate, Func<byte[], string> Read)
{
    /// <summary>Small whole files, committed in tests/golden/seeds.</summary>
    public byte[][] Seeds() => [.. Files("seeds").Select(File.ReadAllBytes)];

    /// <summary>Files that once did harm, or well could, committed in tests/golden/damaged.</summary>
    public string[] Damaged() => Files("damaged");

    public string Folder(string kind) => Path.Combine(
        Path.GetDirectoryName(Path.GetDirectoryName(Samples.PathOf("iris.csv"))!)!, "tests", "golden", kind, Name);

    string[] Files(string kind) => [.. Directory.GetFiles(Folder(kind)).Order(StringComparer.Ordinal)];
}

namespace Backprop.Repository.Tests;

/// <summary>A folder that is gone when the test ends.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("backprop-repository-");

    public string Full => _folder.FullName;

    public string this[string name] => Path.Combine(Full, name);

    public void Dispose() => _folder.Delete(recursive: true);
}

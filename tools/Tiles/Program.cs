using Backprop.Tools;

if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: dotnet run --project tools/Tiles -- src/Backprop.Engine/Kernels/Tiles.g.cs");
    return 2;
}

File.WriteAllText(args[0], TileSource.Write());
return 0;

using Backprop.Textbook;

// One word: which document's system to train on a tiny example.
(string Word, Action<TextWriter> Run)[] demos =
[
    ("indices", IndicesDemo.Run),
    ("rows", RowsDemo.Run),
    ("scalars", ScalarsDemo.Run),
    ("likelihood", LikelihoodDemo.Run),
    ("columns", ColumnsDemo.Run),
];
Action<TextWriter>? run = args.Length == 1 ? demos.FirstOrDefault(demo => demo.Word == args[0]).Run : null;
if (run is null)
{
    Console.Error.WriteLine($"Say which document's system to train: {string.Join(", ", demos.Select(demo => demo.Word))}.");
    return 2;
}

run(Console.Out);
return 0;

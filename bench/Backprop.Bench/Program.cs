using System.Text.Json;
using Backprop.Bench;

// Backprop's side of a comparison: one piece of work, one line of JSON.
if (args.Length == 0)
{
    Console.Error.WriteLine(
        "Usage: Backprop.Bench data|csv|model|train|infer|growth WORD=VALUE...   (bench/README.md lists the words)");
    return 2;
}

var job = new Job(args[1..]);
switch (args[0])
{
    case "data":
        WorkloadData.Write(job);
        return 0;
    case "csv":
        ModelData.WriteCsv(job);
        return 0;
    case "model":
        ModelData.WriteModel(job);
        return 0;
    case "infer":
        Console.WriteLine(JsonSerializer.Serialize(InferWork.Run(job)));
        return 0;
    case "growth":
        foreach (Dictionary<string, object> point in GrowthWork.Run())
            Console.WriteLine(JsonSerializer.Serialize(point));
        return 0;
    case "train":
        Console.WriteLine(JsonSerializer.Serialize(TrainWork.Run(job)));
        return 0;
    default:
        Console.Error.WriteLine($"There is no work {args[0]}.");
        return 2;
}

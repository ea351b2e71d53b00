using System.Collections.Immutable;
using System.Text.Json;
using Xunit;

namespace Backprop.Tests;

/// <summary>What is written field by field is what the serializer writes, and reads.</summary>
public sealed class RecordTextTests
{
    public static TheoryData<bool> Fullness { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Fullness))]
    public void A_record_is_written_as_the_serializer_writes_it(bool full)
    {
        TrainingRecord record = full ? Full() : Sparse();
        string text = record.ToJson();
        Assert.Equal(JsonSerializer.Serialize(record, RecordJson.Default.TrainingRecord), text);
        Assert.Equal(text, TrainingRecord.FromJson(text, "The model").ToJson());
    }

    static TrainingRecord Full() => new()
    {
        Inputs = new InputHashes
        {
            Training = Table("größe \"x\"", "a<b"),
            Validation = Table("a"),
            Test = Table(),
            StartFrom = "0123",
        },
        Steps = long.MaxValue,
        Interrupted = true,
        Trail = [new StepHash(1, "ab"), new StepHash(2, "cd")],
        Validation = Metrics(0.1, null, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324),
        Test = Metrics(),
    };

    static TrainingRecord Sparse() => new()
    {
        Inputs = new InputHashes { Training = Table("x"), Validation = null, Test = null, StartFrom = null },
        Steps = 0,
        Interrupted = false,
        Trail = [],
        Validation = null,
        Test = null,
    };

    static TableHash Table(params string[] columns) => new()
    {
        Rows = columns.Length,
        Hash = new string('e', 64),
        Columns = columns.ToImmutableSortedDictionary(name => name, _ => "0123456789abcdef", StringComparer.Ordinal),
    };

    static ImmutableSortedDictionary<string, double?> Metrics(params double?[] values) => Enumerable.Range(0, values.Length)
        .ToImmutableSortedDictionary(i => $"m{i}", i => values[i], StringComparer.Ordinal);
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>Texts that stand in hashes and files: they stay as they are, whatever the types and members are called.</summary>
public sealed class TagTests
{
    [Fact]
    public void The_hash_of_an_encoder_is_of_these_texts_and_numbers()
    {
        foreach ((ColumnEncoder column, object[] hashed) in OperationSamples.Columns.Zip(OperationSamples.Hashed))
        {
            using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (object item in (object[])[column.Name, column.Operations.Length, .. hashed])
                expected.AppendData(Bytes(item));
            using var actual = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            column.AppendTo(actual);
            Assert.Equal(expected.GetHashAndReset(), actual.GetHashAndReset());
        }
    }

    [Fact]
    public void The_words_of_recipes_are_these()
    {
        Same((Precision.Single, "single"), (Precision.Double, "double"));
        Same((TaskKind.Classify, "classify"), (TaskKind.Regress, "regress"));
        Same(
            (ColumnKind.Number, "number"), (ColumnKind.Category, "category"), (ColumnKind.YesNo, "yesno"),
            (ColumnKind.Text, "text"),
            (ColumnKind.Identifier, "identifier"));
        Same((EncodeKind.Auto, "auto"), (EncodeKind.None, "none"));
        Same((Reduction.Mean, "mean"), (Reduction.Sum, "sum"));
    }

    static void Same<T>(params (T Value, string Word)[] words)
        where T : struct, Enum
    {
        Assert.Equal(Enum.GetValues<T>(), words.Select(pair => pair.Value));
        Assert.All(words, pair => Assert.Equal(pair.Word, EnumWords<T>.Of(pair.Value)));
    }

    static byte[] Bytes(object item)
    {
        byte[] number = new byte[item is double ? 8 : 4];
        switch (item)
        {
            case double value:
                BinaryPrimitives.WriteDoubleLittleEndian(number, value);
                return number;
            case int value:
                BinaryPrimitives.WriteInt32LittleEndian(number, value);
                return number;
            default:
                byte[] text = Encoding.UTF8.GetBytes((string)item);
                BinaryPrimitives.WriteInt32LittleEndian(number, text.Length);
                return [.. number, .. text];
        }
    }
}

using Xunit;

namespace Backprop.Tests;

public sealed class OnnxDamageTests
{
    /// <summary>Beyond this, one small file has taken more memory than its size explains.</summary>
    const long MostBytes = 32 << 20;

    [Fact]
    public void Three_thousand_damaged_model_files_are_read_or_refused_in_a_sentence() => Damage(3_000, seed: 1);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_damaged_model_files_are_read_or_refused_in_a_sentence() => Damage(100_000, seed: 2);

    static void Damage(int count, int seed)
    {
        byte[][] files = [OnnxWriter.Write(MixedTable.Classifier<float>()), OnnxWriter.Write(MixedTable.Classifier<double>()), Foreign.Mixed()];
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] file = Damaged(files[i % files.Length], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                OnnxFile read = OnnxFile.Parse(file, "m.onnx");
                if (!read.IsBackpropModel)
                    read.ReadNetwork().ToParameters<float>();
                else if (read.IsDouble)
                    read.ReadModel<double>();
                else
                    read.ReadModel<float>();
            }
            catch (BackpropException error)
            {
                refused++;
                Assert.Contains("m.onnx", error.Message, StringComparison.Ordinal);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Change {i} of seed {seed} ends in {error}");
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken < MostBytes, $"Change {i} of seed {seed} took {taken} bytes.");
        }

        // A change inside a weight gives another valid model; most other places are noticed.
        Assert.InRange(refused, count / 4, count);
    }

    /// <summary>One to eight of: a byte changed, a bit changed, a piece left out, doubled, moved, or cut off at the end.</summary>
    static byte[] Damaged(byte[] file, Random random)
    {
        var bytes = new List<byte>(file);
        for (int changes = random.Next(1, 9); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 65), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0 or 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0x00;
                    break;
                default:
                    if (random.Next(8) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}

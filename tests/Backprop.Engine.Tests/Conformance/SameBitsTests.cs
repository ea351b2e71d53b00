using System.Numerics;
using System.Runtime.InteropServices;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Trained parameters are a function of rows, start and options: of nothing else.</summary>
public sealed class SameBitsTests
{
    public static TheoryData<string> Trainings => [.. SampleTraining.All.Select(training => training.Name)];

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Any_vector_width_and_any_number_of_threads_give_the_same_hash(string name)
    {
        SampleTraining training = SampleTraining.All.Single(training => training.Name == name);
        CheckWidthsAndThreads<float>(training);
        CheckWidthsAndThreads<double>(training);
    }

    [Theory]
    [InlineData("full batch")]
    [InlineData("large batches")]
    [InlineData("dropout")]
    [InlineData("embeddings")]
    [InlineData("codes alone")]
    [InlineData("statistics of rows")]
    public void Any_size_of_the_chunks_gives_the_same_hash(string name)
    {
        SampleTraining training = SampleTraining.All.Single(training => training.Name == name);
        string whole = Hash<float>(training, 1, LaneWidths.Best, 5000);
        foreach (int chunk in (int[])[1, 7, 64, 512])
            Assert.Equal(whole, Hash<float>(training, chunk % 3 + 1, LaneWidths.Best, chunk));
    }

    /// <summary>What the hashes above would miss if it were blind: another seed, and another start, do change it.</summary>
    [Fact]
    public void Other_options_give_another_hash()
    {
        SampleTraining training = SampleTraining.All[0];
        string hash = Hash<float>(training, 1, LaneWidths.Best, 512);
        Assert.NotEqual(hash, training.Start<float>().Hash(), StringComparer.Ordinal);
        Assert.NotEqual(
            hash,
            Hash<float>(training with { Options = training.Options with { Seed = 1 } }, 1, LaneWidths.Best, 512),
            StringComparer.Ordinal);
        Assert.NotEqual(
            hash,
            Hash<float>(training with { Options = training.Options with { BatchSize = 8 } }, 1, LaneWidths.Best, 512),
            StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_row_is_predicted_with_the_same_bits_in_any_batch(string name)
    {
        SampleTraining training = SampleTraining.All.Single(training => training.Name == name);
        CheckPredictions<float>(training.Network);
        CheckPredictions<double>(training.Network);
    }

    static void CheckWidthsAndThreads<T>(SampleTraining training)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string expected = Hash<T>(training, 1, LaneWidth.Reference, CpuOptions.UsualChunkRows);
        foreach (LaneWidth width in LaneWidths.All)
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                Assert.True(
                    expected == Hash<T>(training, threads, width, CpuOptions.UsualChunkRows),
                    $"{training} in {typeof(T).Name}: {width} with {threads} threads differs from the plain loops.");
            }
        }
    }

    static void CheckPredictions<T>(Network network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // More rows than the predictor takes at a time, and the same rows again at other places.
        const int rows = 300;
        Parameters<T> parameters = Sample.Parameters<T>(network, 3);
        Matrix<T> inputs = Sample.Matrix<T>(rows, network.Inputs, 4);
        var shifted = new Matrix<T>(rows, network.Inputs);
        CodeMatrix? codes = Sample.Codes(network, rows, 5);
        CodeMatrix? shiftedCodes = codes is null ? null : new CodeMatrix(rows, network.Codes);
        for (int r = 0; r < rows; r++)
        {
            inputs[(r + 11) % rows].CopyTo(shifted[r]);
            codes?[(r + 11) % rows].CopyTo(shiftedCodes![r]);
        }

        Matrix<T> expected = new Predictor<T>(parameters, LaneWidth.Reference).Predict(inputs, codes);
        foreach (LaneWidth width in LaneWidths.All)
        {
            var predictor = new Predictor<T>(parameters, width);
            Matrix<T> together = predictor.Predict(inputs, codes);
            Matrix<T> moved = predictor.Predict(shifted, shiftedCodes);
            T[] alone = new T[network.Outputs];
            for (int r = 0; r < rows; r += 1 + r / 20)
            {
                predictor.Predict(inputs[r], codes is null ? [] : codes[r], alone);
                AssertBits(expected[r], together[r]);
                AssertBits(expected[(r + 11) % rows], moved[r]);
                AssertBits(expected[r], alone);
            }
        }
    }

    static void AssertBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));

    static string Hash<T>(SampleTraining training, int threads, LaneWidth width, int chunkRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Parameters<T> parameters = training.Start<T>();
        new Trainer<T>(training.Options, new CpuOptions(threads, width, chunkRows)).Train(parameters, training.Examples<T>());
        foreach (Matrix<T> values in Sample.Matrices(parameters))
        {
            for (int row = 0; row < values.Rows; row++)
            {
                Span<T> padding = values.Padded.Slice(row * values.Stride + values.Columns, values.Stride - values.Columns);
                Assert.Equal(-1, padding.IndexOfAnyExcept(T.Zero));
            }
        }

        return parameters.Hash();
    }
}

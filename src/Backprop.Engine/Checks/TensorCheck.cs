namespace Backprop.Engine;

/// <summary>One tensor of a gradient, as a check sees it: entries, and how to difference the loss by one of them.</summary>
sealed class TensorCheck
{
    /// <summary>Differences are not asked for more than this share of the scale; less is their own uncertainty.</summary>
    const double Resolution = 1e-7;

    /// <summary>An estimate this much below the tolerance is good enough.</summary>
    const double Margin = 1.0 / 8;

    public required GradientTensor Tensor { get; init; }

    public required int Layer { get; init; }

    public required string Name { get; init; }

    public required ReadOnlyMatrix<double> Analytic { get; init; }

    /// <summary>The largest sum of absolute terms of any entry.</summary>
    public required double Scale { get; init; }

    /// <summary>The magnitude of an entry's parameter, above 0.</summary>
    public required Func<int, int, double> Magnitude { get; init; }

    /// <summary>What roundings make of a change of e by an entry, as a deviation.</summary>
    public required Func<int, int, double> Rounding { get; init; }

    /// <summary>Room for what <see cref="Central"/> does; one for each thread.</summary>
    public required Func<DifferenceScratch> Room { get; init; }

    /// <summary>D(h) at (row, column, h); null where a pattern changes.</summary>
    public required Func<int, int, double, DifferenceScratch, double?> Central { get; init; }

    public GradientGroup Run(GradientCheckOptions options, uint stream, Crew crew)
    {
        int columns = Analytic.Columns;
        int[] entries = SampledEntries.Of(checked(Analytic.Rows * columns), options.Samples, options.Seed, stream);
        double wanted = Margin * Math.Min(options.Tolerance, Resolution) * Scale;
        var job = new EntriesJob(entries, Room, (entry, scratch) =>
        {
            (int row, int column) = Math.DivRem(entry, columns);
            return SlopeEstimate.Of(
                h => Central(row, column, h, scratch), Magnitude(row, column), Rounding(row, column), wanted);
        });
        crew.Run(job);
        return Judge(entries, job.Found, options.Tolerance);
    }

    GradientGroup Judge(int[] entries, SlopeEstimate?[] found, double tolerance)
    {
        // Where the error flow says 0 everywhere, the differences are all there is to compare with.
        double scale = Scale;
        foreach (SlopeEstimate? estimate in found)
            scale = estimate is { } known && double.IsFinite(known.Slope) ? Math.Max(scale, Math.Abs(known.Slope)) : scale;

        (int leftOut, int unresolved) = (0, 0);
        GradientDifference? worst = null;
        for (int i = 0; i < entries.Length; i++)
        {
            (int row, int column) = Math.DivRem(entries[i], Analytic.Columns);
            double analytic = Analytic[row, column];
            if (found[i] is not { } estimate)
            {
                leftOut++;
                continue;
            }

            double apart = Math.Abs(estimate.Slope - analytic);
            if (double.IsFinite(analytic) && apart != 0 && estimate.Uncertainty > Resolution * scale
                && !(apart > estimate.Uncertainty))
            {
                unresolved++;
                continue;
            }

            double error = apart == 0 ? 0 : double.IsFinite(apart) ? apart / scale : double.PositiveInfinity;
            if (worst is null || error > worst.Value.Error)
                worst = new GradientDifference(row, column, analytic, estimate.Slope, error);
        }

        return new GradientGroup
        {
            Tensor = Tensor,
            Layer = Layer,
            Name = Name,
            Entries = (long)Analytic.Rows * Analytic.Columns,
            Checked = entries.Length - leftOut - unresolved,
            LeftOut = leftOut,
            Unresolved = unresolved,
            Scale = scale,
            Worst = worst,
            Passed = worst is { } largest && largest.Error <= tolerance,
        };
    }
}

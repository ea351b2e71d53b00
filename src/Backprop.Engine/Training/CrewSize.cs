namespace Backprop.Engine;

/// <summary>How many threads a step's work pays for.</summary>
static class CrewSize
{
    /// <summary>
    /// A second thread costs two or three barriers a step, together some tens of microseconds on a shared machine; below
    /// about four million multiply-adds (some 50 µs on one core) it loses.
    /// </summary>
    const long WorkPerThread = 4_000_000;

    public static int For(Network network, int batch)
    {
        // Value flow, error flow and gradient each multiply every weight with every row once.
        long work = 3 * network.WorkOfRow * Math.Min(batch, GradientStepRows);
        return (int)Math.Clamp(work / WorkPerThread, 1, Environment.ProcessorCount);
    }

    const int GradientStepRows = 512;
}

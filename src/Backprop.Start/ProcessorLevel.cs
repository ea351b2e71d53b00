namespace Backprop.Start;

/// <summary>The levels of x64 processors, x86-64-v1 to v4, as the System V ABI (x86-64 psABI, 3.1.1) defines them.</summary>
/// <remarks>
/// Asked of the C library and not of the processor, because a vector unit counts only where the operating system saves its
/// registers too. The framework's IsSupported does not answer in an image for every processor: it is a constant there.
/// </remarks>
static class ProcessorLevel
{
    /// <summary>Below it, the image for every processor runs.</summary>
    public const int LowestWithImage = 3;

    // Of level 3: FMA, MOVBE, OSXSAVE, AVX, F16C; AVX2, BMI1, BMI2; LZCNT. Of level 4: AVX512 F, DQ, CD, BW, VL.
    const uint Leaf1Ecx3 = 1 << 12 | 1 << 22 | 1 << 27 | 1 << 28 | 1 << 29;
    const uint Leaf7Ebx3 = 1 << 3 | 1 << 5 | 1 << 8;
    const uint Extended1Ecx3 = 1 << 5;
    const uint Leaf7Ebx4 = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;

    /// <summary>4 or 3, or 0 where it is lower, or the C library is too old to say (glibc before 2.33).</summary>
    public static int Highest()
    {
        try
        {
            uint leaf7 = LinuxCalls.FeaturesOf(1).Usable.Ebx;
            bool isThird = Has(LinuxCalls.FeaturesOf(0).Usable.Ecx, Leaf1Ecx3) && Has(leaf7, Leaf7Ebx3)
                && Has(LinuxCalls.FeaturesOf(2).Usable.Ecx, Extended1Ecx3);
            return !isThird ? 0 : Has(leaf7, Leaf7Ebx4) ? 4 : 3;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return 0;
        }
    }

    static bool Has(uint bits, uint wanted) => (bits & wanted) == wanted;
}

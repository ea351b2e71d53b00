using System.Security.Cryptography;

namespace Backprop;

/// <summary>What the network's outputs mean: <see cref="ClassTarget"/> or <see cref="NumberTarget"/>.</summary>
abstract class TargetDecoder
{
    /// <summary>
    /// How many outputs a network for this target may have: one per class (or one in all, the probability of the second
    /// of two classes), one per number.
    /// </summary>
    public abstract bool Accepts(int outputs);

    /// <summary>Adds names, classes and constants, in order, to a hash.</summary>
    public abstract void AppendTo(IncrementalHash hash);
}

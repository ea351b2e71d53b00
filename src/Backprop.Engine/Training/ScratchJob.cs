using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Makes each member's scratch memory before the first step: a member that others have taken every piece from would make it in
/// the middle of a training, and steps allocate nothing.
/// </summary>
/// <param name="elements">How many elements a step needs at most.</param>
sealed class ScratchJob<T>(int elements) : ICrewJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void ICrewJob.Run(int member, int members) => Scratch<T>.Take(elements);
}

using System.Numerics;
using Backprop.Engine;

namespace Backprop;

/// <summary>Rows that are measured on: as the network takes them, and what is true of them.</summary>
sealed record HeldRows<T>(Examples<T> Examples, Truth Truth)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

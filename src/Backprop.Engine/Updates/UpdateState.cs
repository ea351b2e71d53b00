using System.Collections.Immutable;
using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// Everything that an optimizer and a schedule remember from step to step: with the parameters and the position in the
/// training, all that a checkpoint must hold.
/// </summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class UpdateState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly double[] _scalars;

    /// <summary>The state before the first step.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="options">How it is trained.</param>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public UpdateState(Network network, UpdateOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        options.ThrowUnlessFits(network);
        Optimizer optimizer = options.Optimizer;
        _scalars = optimizer.InitialScalars.ToArray();
        double rate = options.Resolved.LearningRate.GetValueOrDefault();
        var moments = ImmutableArray.CreateBuilder<Parameters<T>>();
        for (int index = 0; index < optimizer.MomentCount; index++)
        {
            var moment = new Parameters<T>(network);
            for (int i = 0; i < moment.Tensors.Length; i++)
            {
                double own = rate * options.RateFactorOf(network.Layout.Tensors[i]);
                Fill(moment.Tensors[i], Rounding.To<T>(optimizer.InitialMoment(index, own)));
            }

            moments.Add(moment);
        }

        Moments = moments.ToImmutable();
    }

    /// <summary>How many steps were taken.</summary>
    public long Step { get; set; }

    /// <summary>What is kept for each parameter, in the order of the rule's formula: m, v.</summary>
    public ImmutableArray<Parameters<T>> Moments { get; }

    /// <summary>Running products such as β₁^t and β₂^t, in the order that the rule's formula names them.</summary>
    public Span<double> Scalars => _scalars;

    /// <summary>Where the schedule <c>plateau</c> stands.</summary>
    public PlateauState Plateau { get; set; } = PlateauState.Start;

    static void Fill(Matrix<T> tensor, T value)
    {
        for (int row = 0; row < tensor.Rows; row++)
            tensor[row].Fill(value);
    }
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// A loss, by name. A row's loss is the sum over its outputs; a batch's is the weighted mean or sum over its rows (see
/// <see cref="Reduction"/>). A joint loss brings the output it belongs to, so that a wrong pair is refused when the
/// objective is built (<see cref="ThrowUnlessFits"/>).
/// </summary>
public sealed partial class Loss : IEquatable<Loss>
{
    const string SmoothingKey = "smoothing";

    readonly ILossBinder? _binder;
    readonly Func<string, string, string, FormulaText>? _formula;

    Loss(
        Named named, LossKind kind, ILossBinder? binder, Activation? link, Func<string, string, string, FormulaText>? formula)
    {
        (Named, Kind, _binder, Link, _formula) = (named, kind, binder, link, formula);
    }

    /// <summary>The name with its parameters, as recipes write it: <c>squared</c>, <c>huber:delta=1</c>.</summary>
    public string Name => Named.ToString();

    /// <summary>The name and the parameters' numbers. One of a user's own has its whole name and no numbers.</summary>
    public Named Named { get; }

    /// <summary>What it reads of the last layer.</summary>
    public LossKind Kind { get; }

    /// <summary>The activation that every neuron of the last layer must have for a joint loss; otherwise null.</summary>
    public Activation? Link { get; }

    /// <summary>Label smoothing ε, 0 where there is none.</summary>
    internal double Smoothing => Named.Number(SmoothingKey, 0);

    /// <summary>A loss that is a function of each output x and its target.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Loss Plain<TLoss>(TLoss loss)
        where TLoss : struct, ILoss
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(loss.Name);
        return new Loss(new Named(loss.Name), LossKind.Plain, new LossBinder<TLoss>(loss), null, null);
    }

    /// <summary>
    /// A loss that is a function of each total input u of the last layer and its target, for numerical stability, together
    /// with the activation that makes the output of u.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Loss Joint<TLoss>(TLoss loss, Activation link)
        where TLoss : struct, ILoss
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(loss.Name);
        ArgumentNullException.ThrowIfNull(link);
        return new Loss(new Named(loss.Name), LossKind.Joint, new LossBinder<TLoss>(loss), link, null);
    }

    /// <summary>ℓ of one output (X, or U for a joint loss) in double precision.</summary>
    /// <exception cref="InvalidOperationException">The loss couples a row's outputs (softmax).</exception>
    public double Value(double output, double target) => Lane1<double>.First(
        ElementWise().Value(new Lane1<double>(output), new Lane1<double>(target)));

    /// <summary>∂ℓ/∂output (X, or U for a joint loss) in double precision.</summary>
    /// <exception cref="InvalidOperationException">The loss couples a row's outputs (softmax).</exception>
    public double Derivative(double output, double target) => Lane1<double>.First(
        ElementWise().Derivative(new Lane1<double>(output), new Lane1<double>(target)));

    /// <summary>
    /// How ℓ of one output reads, and its derivative by x (by u under a joint loss), in LaTeX; null for one of a user's own.
    /// </summary>
    /// <param name="x">What the output is called.</param>
    /// <param name="t">What its target is called, smoothed where the loss smooths.</param>
    /// <param name="u">What its total input is called.</param>
    internal FormulaText? Formula(string x, string t, string u) => _formula?.Invoke(x, t, u);

    /// <summary>Runs the formula ℓ(output, target) on any kind of number.</summary>
    internal R Trace<R>(R output, R target)
        where R : struct, IReal<R> => ElementWise().Value(output, target);

    /// <summary>Runs the formula ∂ℓ/∂output on any kind of number.</summary>
    internal R TraceDerivative<R>(R output, R target)
        where R : struct, IReal<R> => ElementWise().Derivative(output, target);

    /// <summary>Refuses a network whose output this loss does not belong to.</summary>
    /// <exception cref="ArgumentException">The last layer or the output link is not the loss's own.</exception>
    public void ThrowUnlessFits(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Layer last = network.Layers[^1];
        if (Kind == LossKind.Softmax && last is not Softmax)
            throw new ArgumentException($"The loss {Name} needs a softmax output, but this network's output is {last}.");
        if (Kind == LossKind.Joint && !(last is Dense dense && dense.Activations.All(run => run.Activation.Equals(Link))))
        {
            throw new ArgumentException(
                $"The loss {Name} needs the output activation {Link}, but this network's output is {last}.");
        }
    }

    /// <inheritdoc/>
    public bool Equals(Loss? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Loss);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;

    /// <summary>The loops over value and derivative for one element type and vector width.</summary>
    internal LossLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _binder is not null
            ? _binder.Bind<T>(width)
            : SoftmaxLoops<T>.For(width).WithCrossEntropy(Smoothing);

    ILossBinder ElementWise() => _binder
        ?? throw new InvalidOperationException($"The loss {Name} is a function of a row's outputs together.");
}

using System.Numerics;

namespace Backprop.Engine;

/// <summary>
/// An activation of neurons, by name: the built-in ones are properties and methods here, a user's own comes from
/// <see cref="Of{TActivation}"/>. Activations of the same name are equal.
/// </summary>
public sealed partial class Activation : IEquatable<Activation>
{
    readonly IActivationBinder _binder;

    readonly Func<string, string, FormulaText>? _formula;

    Activation(IActivationBinder binder, Named named, Func<string, string, FormulaText>? formula) =>
        (_binder, Named, _formula) = (binder, named, formula);

    /// <summary>The name with its parameters, as recipes write it: <c>tanh</c>, <c>elu:alpha=1</c>.</summary>
    public string Name => Named.ToString();

    /// <summary>The name and the parameters' numbers. One of a user's own has its whole name and no numbers.</summary>
    public Named Named { get; }

    /// <summary>Whether the derivative is taken from u; otherwise it follows from x and u is not kept.</summary>
    public bool DerivativeNeedsInput => _binder.DerivativeNeedsInput;

    /// <summary>An activation from its formula.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Activation Of<TActivation>(TActivation activation)
        where TActivation : struct, IActivation
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(activation.Name);
        return new Activation(new ActivationBinder<TActivation>(activation), new Named(activation.Name), null);
    }

    /// <summary>f(u) in double precision.</summary>
    public double Value(double u) => Lane1<double>.First(Trace(new Lane1<double>(u)));

    /// <summary>f′(u) in double precision.</summary>
    public double Derivative(double u)
    {
        var input = new Lane1<double>(u);
        Lane1<double> x = Trace(input);
        return Lane1<double>.First(_binder.Derivative(DerivativeNeedsInput ? input : x, x));
    }

    /// <summary>
    /// Runs the formula f(u) on any kind of number: an exporter passes one that records the operations.
    /// </summary>
    public R Trace<R>(R u)
        where R : struct, IReal<R> => _binder.Value(u);

    /// <summary>
    /// Runs the formula f′ on any kind of number, with u and x told apart whatever the activation says it reads.
    /// </summary>
    internal R TraceDerivative<R>(R u, R x)
        where R : struct, IReal<R> => _binder.Derivative(u, x);

    /// <summary>How f(u) and f′ read, in LaTeX; null for one of a user's own.</summary>
    /// <param name="u">What the total input is called.</param>
    /// <param name="x">What the output is called.</param>
    internal FormulaText? Formula(string u, string x) => _formula?.Invoke(u, x);

    /// <summary>The loops over f and f′ for one element type and vector width.</summary>
    internal ActivationLoops<T> Bind<T>(LaneWidth width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _binder.Bind<T>(width);

    /// <inheritdoc/>
    public bool Equals(Activation? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Activation);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}

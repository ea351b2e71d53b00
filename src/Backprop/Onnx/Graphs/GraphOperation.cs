namespace Backprop;

/// <summary>The operations that formulas over <see cref="Engine.IReal{TSelf}"/> are made of.</summary>
enum GraphOperation
{
    /// <summary>The formula's input u.</summary>
    Input,

    /// <summary>A constant.</summary>
    Constant,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a − b.</summary>
    Subtract,

    /// <summary>a · b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>|a|.</summary>
    Abs,

    /// <summary>√a.</summary>
    Sqrt,

    /// <summary>c where a &lt; b, else d.</summary>
    IfLess,

    /// <summary>e^a.</summary>
    Exp,

    /// <summary>e^a − 1.</summary>
    ExpMinusOne,

    /// <summary>ln a.</summary>
    Log,

    /// <summary>ln(1 + a).</summary>
    LogOnePlus,

    /// <summary>tanh a.</summary>
    Tanh,

    /// <summary>1 / (1 + e^−a).</summary>
    Logistic,

    /// <summary>ln(1 + e^a).</summary>
    Softplus,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>sin a.</summary>
    Sin,

    /// <summary>cos a.</summary>
    Cos,
}

namespace Backprop.Engine;

/// <summary>What the numbers of a tensor are for, which decides how training treats them.</summary>
public enum TensorRole
{
    /// <summary>Multiplies values; the initializer draws it, penalties and decay hold it small.</summary>
    Weight = 0,

    /// <summary>Is added to values; begins at 0.</summary>
    Bias = 1,

    /// <summary>Scales a value by itself; begins at 1.</summary>
    Factor = 2,

    /// <summary>Is measured on the rows while the network learns: saved and hashed, but no gradient updates it.</summary>
    Statistic = 3,
}

using System.Runtime.CompilerServices;

namespace Backprop.Engine;

/// <summary>
/// The project's own elementary functions: range reduction, polynomial and fused multiply-add, the same IEEE operations
/// at every vector width, so that a result has the same bits on every machine.
/// </summary>
/// <remarks>
/// There is one set of coefficients per element type, minimax polynomials by the Remez exchange. The largest errors
/// stated at each function are asserted against golden values. NaN gives NaN everywhere.
/// </remarks>
static partial class Elementary
{
    /// <summary>e^x in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Exp(double x) => First(Exp<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>e^x − 1 in double precision.</summary>
    public static double ExpMinusOne(double x) => First(ExpMinusOne<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>ln x in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Log(double x) => First(Log<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>ln(1 + x) in double precision.</summary>
    public static double LogOnePlus(double x) => First(LogOnePlus<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>tanh x in double precision.</summary>
    public static double Tanh(double x) => First(Tanh<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>1 / (1 + e^−x) in double precision.</summary>
    public static double Logistic(double x) => First(Logistic<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>ln(1 + e^x) in double precision.</summary>
    public static double Softplus(double x) => First(Softplus<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>The error function in double precision.</summary>
    public static double Erf(double x) => First(Erf<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>sin x in double precision.</summary>
    public static double Sin(double x) => First(Sin<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    /// <summary>cos x in double precision.</summary>
    public static double Cos(double x) => First(Cos<Lane1<double>, double>(Lane1<double>.Broadcast(x)));

    static double First(Lane1<double> value) => Lane1<double>.First(value);
}

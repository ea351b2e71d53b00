namespace Backprop.Textbook;

/// <summary>The derivatives of Ln by all parameters of <see cref="Likelihood"/>.</summary>
/// <param name="W">∂Ln/∂W [D, M].</param>
/// <param name="B">∂Ln/∂b [M].</param>
/// <param name="V">∂Ln/∂V [M, K].</param>
/// <param name="C">∂Ln/∂c [K].</param>
public sealed record LikelihoodGradient(double[,] W, double[] B, double[,] V, double[] C);

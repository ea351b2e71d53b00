namespace Backprop.Tests;

/// <summary>One step of a printed formula: <c>left = right</c> or <c>left ← right</c>, for all neurons or for some.</summary>
/// <param name="Left">What is said of.</param>
/// <param name="Sign">= or ←.</param>
/// <param name="Right">What it is.</param>
/// <param name="First">The first neuron j that it holds for, counted from 1.</param>
/// <param name="Last">The last one.</param>
sealed record FormulaStatement(FormulaNode Left, char Sign, FormulaNode Right, int First, int Last)
{
    public bool HoldsFor(int neuron) => neuron + 1 >= First && neuron + 1 <= Last;
}

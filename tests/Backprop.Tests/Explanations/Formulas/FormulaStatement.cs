namespace Backprop.Tests;

/// <summary>
/// One step of a printed formula: <c>left = right</c> or <c>left ← right</c>, of all neurons and rows or of some.
/// </summary>
/// <param name="Left">What is said of.</param>
/// <param name="Sign">= or ←.</param>
/// <param name="Right">What it is.</param>
/// <param name="Index">j where it holds for some neurons, r where it is of some rows; empty for all.</param>
/// <param name="First">The first of them, counted from 1.</param>
/// <param name="Last">The last one.</param>
sealed record FormulaStatement(
    FormulaNode Left, char Sign, FormulaNode Right, string Index = "", int First = 1, int Last = int.MaxValue)
{
    public bool HoldsFor(int neuron) => Index != "j" || IsWithin(neuron);

    public bool IsOfRow(int row) => Index != "r" || IsWithin(row);

    bool IsWithin(int place) => place + 1 >= First && place + 1 <= Last;
}

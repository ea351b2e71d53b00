namespace Backprop.Cli;

/// <summary>What of an explanation is shown to people.</summary>
/// <param name="Layer">Only this layer, counted from 1; null for all.</param>
/// <param name="Neuron">Only this neuron of the layer, counted from 1; null for all.</param>
/// <param name="Top">The most lines of a table; 0 for all, null for what reads well.</param>
readonly record struct PageSelection(int? Layer, int? Neuron, int? Top)
{
    const int UsualEntries = 10;
    const int UsualLines = 40;

    /// <summary>The most entries of a table of weights.</summary>
    public int Entries => Limit(UsualEntries);

    /// <summary>The most lines of a table of neurons, features or rows.</summary>
    public int Lines => Limit(UsualLines);

    int Limit(int usual) => Top is 0 ? int.MaxValue : Top ?? usual;
}

namespace Backprop;

/// <summary>What the lines or the columns of a quantity's matrix run over.</summary>
public enum QuantityAxis
{
    /// <summary>There is one only.</summary>
    One = 0,

    /// <summary>The shown rows of the table.</summary>
    Rows = 1,

    /// <summary>The neurons of the quantity's layer (of layer 0: the features).</summary>
    Neurons = 2,

    /// <summary>The neurons of the layer before it, whose outputs come in.</summary>
    Sources = 3,

    /// <summary>The categories of a table of embeddings.</summary>
    Categories = 4,
}

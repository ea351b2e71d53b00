using System.Text;

namespace Backprop;

/// <summary>The letters of the document of chains and path sums: with indices of neurons, or without in a chain.</summary>
sealed class ScalarLetters(Explanation explanation)
{
    readonly int _n = explanation.Layers.Length;

    /// <summary>Whether there is one input, and one neuron in every layer.</summary>
    public bool IsChain { get; } = explanation.Network.Inputs == 1 && explanation.Layers.All(layer => layer.Width == 1);

    public string O(int i, string j) => IsChain ? $"o^{{({i})}}" : $"o_{{{j}}}^{{({i})}}";

    public string S(int i, string j) => IsChain ? $"s^{{({i})}}" : $"s_{{{j}}}^{{({i})}}";

    public string B(int i, string j) => IsChain ? $"b^{{({i})}}" : $"b_{{{j}}}^{{({i})}}";

    public string W(int i, string j, string k) => IsChain ? $"w^{{({i})}}" : $"w_{{{j},{k}}}^{{({i})}}";

    public string T(string j) => IsChain ? "t" : $"t_{{{j}}}";

    public string F(int i, string j) => IsChain ? $"f_{{{i}}}" : $"f_{{{i},{j}}}";

    public string Slope(int i, string j) => IsChain ? $"f_{{{i}}}'" : $"f_{{{i},{j}}}'";

    /// <summary>The document's step of layer i.</summary>
    public string Step(bool hasBiases)
    {
        string w = IsChain ? "w^{(i)}" : "w_{j,k}^{(i)}", b = IsChain ? "b^{(i)}" : "b_{j}^{(i)}";
        string step = $@"\Delta {w} = -\eta\,\partial e/\partial {w}";
        return hasBiases ? $@"{step},\; \Delta {b} = -\eta\,\partial e/\partial {b}" : step;
    }

    /// <summary>∂e/∂o of layer i from layer i + 1.</summary>
    public string Back(int i)
    {
        string index = i == 0 ? "k" : "j";
        string sum = IsChain ? "" : @"\sum_l ";
        return $@"{sum}\partial e/\partial {O(i + 1, "l")} {Slope(i + 1, "l")} {W(i + 1, "l", index)}";
    }

    /// <summary>∂e/∂w of layer i along all paths from the output to the weight.</summary>
    public string Paths(int i)
    {
        var text = new StringBuilder();
        string last = i == _n ? "j" : $"k_{_n}";
        text.Append(IsChain || i == _n ? "2" : $@"2 \sum_{{{last}}} ");
        text.Append($"({O(_n, last)} - {T(last)})");
        for (int m = _n; m > i; m--)
        {
            string into = $"k_{m}", from = m - 1 == i ? "j" : $"k_{m - 1}";
            string sum = IsChain || m - 1 == i ? " " : $@" \sum_{{{from}}} ";
            text.Append($"{sum}{Slope(m, into)} {W(m, into, from)}");
        }

        return text.Append($" {Slope(i, "j")} {O(i - 1, "k")}").ToString();
    }
}

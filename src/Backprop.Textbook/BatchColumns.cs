namespace Backprop.Textbook;

/// <summary>
/// The document "columns": N inputs at a time, each a column. I is [D_I, N]; hidden layer h = 1 … m has W_H[h]
/// [D_H of h, D of the layer before], b_H[h] [D_H, 1], H[h] and Ĥ[h] = f(H[h]) [D_H, N]; the output O = W_O·Ĥ + b_O [D_O, N] is
/// linear, and L = ½ΣΣ(O − Y)² over outputs and columns.
/// </summary>
/// <remarks>
/// Hidden layers count from 1 and Ĥ[0] is I; W_H[0], b_H[0], H[0] are empty. Weights have the shapes that the products
/// W_H·I and W_O·Ĥ ask for, the transposes of the printed ones; a bias is added to every column.
/// </remarks>
public sealed class BatchColumns
{
    /// <summary>A network.</summary>
    /// <param name="hidden">W_H of each hidden layer, [D_H, D of the layer before]; they are copied.</param>
    /// <param name="hiddenBiases">b_H of each hidden layer.</param>
    /// <param name="functions">f of each hidden layer.</param>
    /// <param name="output">W_O [D_O, D_H of the last hidden layer].</param>
    /// <param name="outputBiases">b_O.</param>
    /// <exception cref="ArgumentException">The shapes do not follow one another.</exception>
    public BatchColumns(
        IReadOnlyList<double[,]> hidden, IReadOnlyList<double[]> hiddenBiases, IReadOnlyList<Function> functions,
        double[,] output, double[] outputBiases)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(hiddenBiases);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(output);
        if (hidden.Count == 0 || hidden.Count != hiddenBiases.Count || hidden.Count != functions.Count)
        {
            throw new ArgumentException(
                $"{hidden.Count} hidden weights, {hiddenBiases.Count} biases and {functions.Count} functions make no network.");
        }

        WH = [new double[0, 0], .. hidden.Select(each => (double[,])each.Clone())];
        bH = [new double[0, 0], .. hiddenBiases.Select(Column)];
        f = [Function.Linear, .. functions];
        (WO, bO) = ((double[,])output.Clone(), Column(outputBiases));
        for (int h = 1; h <= m; h++)
        {
            (int neurons, int takes) = (WH[h].GetLength(0), WH[h].GetLength(1));
            if (h > 1 && takes != WH[h - 1].GetLength(0))
                throw new ArgumentException($"Hidden layer {h} takes {takes} values from {WH[h - 1].GetLength(0)} neurons.");
            if (neurons != bH[h].GetLength(0))
                throw new ArgumentException($"Hidden layer {h} has {neurons} neurons, but {bH[h].GetLength(0)} biases.");
        }

        if (WO.GetLength(1) != WH[m].GetLength(0) || WO.GetLength(0) != bO.GetLength(0))
        {
            throw new ArgumentException(
                $"The output [{WO.GetLength(0)}, {WO.GetLength(1)}] with {bO.GetLength(0)} biases does not follow "
                + $"{WH[m].GetLength(0)} neurons.");
        }
    }

    /// <summary>m, the number of hidden layers.</summary>
    public int m => WH.Length - 1;

    /// <summary>W_H[h] [D_H, D of the layer before], h = 1 … m.</summary>
    public double[][,] WH { get; }

    /// <summary>b_H[h] [D_H, 1].</summary>
    public double[][,] bH { get; }

    /// <summary>f[h], the non-linear function of hidden layer h.</summary>
    public Function[] f { get; }

    /// <summary>W_O [D_O, D_H].</summary>
    public double[,] WO { get; private set; }

    /// <summary>b_O [D_O, 1].</summary>
    public double[,] bO { get; private set; }

    /// <summary>Formulas 2 to 4: H = W_H·I + b_H; Ĥ = f(H); O = W_O·Ĥ + b_O.</summary>
    /// <param name="I">[D_I, N].</param>
    public Values Forward(double[,] I)
    {
        ArgumentNullException.ThrowIfNull(I);
        double[][,] H = [.. Enumerable.Repeat(WH[0], m + 1)];
        double[][,] Ĥ = [.. Enumerable.Repeat(I, m + 1)];
        for (int h = 1; h <= m; h++)
        {
            H[h] = AddToColumns(Algebra.Product(WH[h], Ĥ[h - 1]), bH[h]);
            Ĥ[h] = Algebra.Map(f[h].Value, H[h]);
        }

        return new Values(H, Ĥ, AddToColumns(Algebra.Product(WO, Ĥ[m]), bO));
    }

    /// <summary>Formula 5: L = ½ΣΣ(O − Y)² over the outputs and the N columns.</summary>
    /// <param name="I">[D_I, N].</param>
    /// <param name="Y">[D_O, N].</param>
    public double L(double[,] I, double[,] Y)
    {
        double[,] off = Algebra.Difference(Forward(I).O, Y);
        return Algebra.Total(Algebra.Hadamard(off, off)) / 2;
    }

    /// <summary>
    /// Formulas 7 to 13, from the output layer to the first hidden one: ∂L/∂O = O − Y; ∂L/∂W_O = ∂L/∂O·Ĥᵀ; ∂L/∂b_O = Σ ∂L/∂O
    /// over the columns; ∂L/∂Ĥ = W_Oᵀ·∂L/∂O; ∂L/∂H = ∂L/∂Ĥ ⊙ f′(H); ∂L/∂W_H = ∂L/∂H·Iᵀ, with Ĥ of the layer below in I's place
    /// where there is one; ∂L/∂b_H = Σ ∂L/∂H over the columns.
    /// </summary>
    /// <param name="values">The value flow.</param>
    /// <param name="Y">[D_O, N].</param>
    public Gradients Backward(Values values, double[,] Y)
    {
        ArgumentNullException.ThrowIfNull(values);
        (double[][,] H, double[][,] Ĥ, double[,] O) = values;
        double[][,] dH = [.. H];
        double[][,] dĤ = [.. Ĥ];
        double[][,] dWH = [.. WH];
        double[][,] dbH = [.. bH];
        double[,] dO = Algebra.Difference(O, Y);
        double[,] dWO = Algebra.Product(dO, Algebra.Transpose(Ĥ[m]));
        double[,] dbO = SumOfColumns(dO);
        dĤ[m] = Algebra.Product(Algebra.Transpose(WO), dO);
        for (int h = m; h >= 1; h--)
        {
            dH[h] = Algebra.Hadamard(dĤ[h], Algebra.Map(f[h].Derivative, H[h]));
            dWH[h] = Algebra.Product(dH[h], Algebra.Transpose(Ĥ[h - 1]));
            dbH[h] = SumOfColumns(dH[h]);
            dĤ[h - 1] = Algebra.Product(Algebra.Transpose(WH[h]), dH[h]);
        }

        return new Gradients { O = dO, Ĥ = dĤ, H = dH, WO = dWO, bO = dbO, WH = dWH, bH = dbH };
    }

    /// <summary>Formula 6 for every parameter at once: w := w − α·∂L/∂w; gives L before.</summary>
    /// <param name="I">[D_I, N].</param>
    /// <param name="Y">[D_O, N].</param>
    /// <param name="α">The learning rate.</param>
    public double Step(double[,] I, double[,] Y, double α)
    {
        double before = L(I, Y);
        Gradients gradients = Backward(Forward(I), Y);
        WO = Algebra.Difference(WO, Algebra.Scale(α, gradients.WO));
        bO = Algebra.Difference(bO, Algebra.Scale(α, gradients.bO));
        for (int h = 1; h <= m; h++)
        {
            WH[h] = Algebra.Difference(WH[h], Algebra.Scale(α, gradients.WH[h]));
            bH[h] = Algebra.Difference(bH[h], Algebra.Scale(α, gradients.bH[h]));
        }

        return before;
    }

    /// <summary>A + b·1ᵀ: a column added to every column.</summary>
    static double[,] AddToColumns(double[,] a, double[,] column)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                a[i, j] += column[i, 0];
        }

        return a;
    }

    /// <summary>A·1: the sum of all columns.</summary>
    static double[,] SumOfColumns(double[,] a)
    {
        var sum = new double[a.GetLength(0), 1];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
                sum[i, 0] += a[i, j];
        }

        return sum;
    }

    static double[,] Column(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var column = new double[values.Length, 1];
        for (int i = 0; i < values.Length; i++)
            column[i, 0] = values[i];

        return column;
    }

    /// <summary>The values of N columns.</summary>
    /// <param name="H">H[h] [D_H, N], h = 1 … m.</param>
    /// <param name="Ĥ">Ĥ[h] [D_H, N]; Ĥ[0] is I.</param>
    /// <param name="O">[D_O, N].</param>
    public sealed record Values(double[][,] H, double[][,] Ĥ, double[,] O);

    /// <summary>The derivatives of L with respect to what each is named after, in the shape of that.</summary>
    public sealed record Gradients
    {
        /// <summary>∂L/∂O.</summary>
        public required double[,] O { get; init; }

        /// <summary>∂L/∂Ĥ[h]; that of Ĥ[0] is ∂L/∂I.</summary>
        public required double[][,] Ĥ { get; init; }

        /// <summary>∂L/∂H[h].</summary>
        public required double[][,] H { get; init; }

        /// <summary>∂L/∂W_O.</summary>
        public required double[,] WO { get; init; }

        /// <summary>∂L/∂b_O.</summary>
        public required double[,] bO { get; init; }

        /// <summary>∂L/∂W_H[h].</summary>
        public required double[][,] WH { get; init; }

        /// <summary>∂L/∂b_H[h].</summary>
        public required double[][,] bH { get; init; }
    }
}

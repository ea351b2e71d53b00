using System.Numerics;

namespace Backprop.Engine.Tests;

/// <summary>
/// Scale and normalisations by plain loops, element by element: what the kernels have to give bit for bit. Rows are arrays;
/// tensors come in the layer's order, statistics last.
/// </summary>
/// <param name="X">The layer's values.</param>
/// <param name="Errors">∂e/∂X of the layer before.</param>
/// <param name="Gradients">∂e/∂ the tensors that have one.</param>
/// <param name="Statistics">The running statistics after an update; empty where there are none.</param>
sealed record PlainNorms<T>(T[][] X, T[][] Errors, T[][] Gradients, T[][] Statistics)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static PlainNorms<T> Of(Layer layer, T[][] x, T[][] delta, T[][] tensors, bool learns) => layer switch
    {
        Scale => OfScale(x, delta, tensors[0]),
        LayerNorm norm => OfLayerNorm(x, delta, tensors, T.CreateChecked(norm.Epsilon)),
        BatchNorm norm => OfBatchNorm(norm, x, delta, tensors, learns),
        _ => throw new NotSupportedException(),
    };

    static PlainNorms<T> OfScale(T[][] x, T[][] delta, T[] factors) => new(
        Each(x, (r, j) => x[r][j] * factors[j]), Each(x, (r, j) => delta[r][j] * factors[j]),
        [Column(factors.Length, x.Length, (r, j, sum) => T.FusedMultiplyAdd(x[r][j], delta[r][j], sum))], []);

    static PlainNorms<T> OfLayerNorm(T[][] x, T[][] delta, T[][] tensors, T epsilon)
    {
        int columns = x[0].Length;
        T n = T.CreateChecked(columns);
        var reciprocals = new T[x.Length];
        var normalised = new T[x.Length][];
        for (int r = 0; r < x.Length; r++)
        {
            T[] row = x[r];
            T mean = Lanes(columns, (j, sum) => sum + row[j]) / n;
            T[] distances = [.. row.Select(value => value - mean)];
            T variance = Lanes(columns, (j, sum) => T.FusedMultiplyAdd(distances[j], distances[j], sum)) / n;
            T reciprocal = reciprocals[r] = T.One / T.Sqrt(variance + epsilon);
            normalised[r] = [.. distances.Select(distance => distance * reciprocal)];
        }

        T[][] g = Each(x, (r, j) => delta[r][j] * tensors[0][j]);
        var errors = new T[x.Length][];
        for (int r = 0; r < x.Length; r++)
        {
            int row = r;
            T a = Lanes(columns, (j, sum) => sum + g[row][j]) / n;
            T b = Lanes(columns, (j, sum) => T.FusedMultiplyAdd(g[row][j], normalised[row][j], sum)) / n;
            errors[r] = [.. Enumerable.Range(0, columns).Select(j =>
                reciprocals[row] * T.FusedMultiplyAdd(-normalised[row][j], b, g[row][j] - a))];
        }

        return new(
            Each(x, (r, j) => T.FusedMultiplyAdd(normalised[r][j], tensors[0][j], tensors[1][j])), errors,
            GradientsOf(normalised, delta), []);
    }

    static PlainNorms<T> OfBatchNorm(BatchNorm norm, T[][] x, T[][] delta, T[][] tensors, bool learns)
    {
        int columns = x[0].Length;
        T n = T.CreateChecked(x.Length), epsilon = T.CreateChecked(norm.Epsilon), m = T.CreateChecked(norm.Momentum);
        T[] mean = [.. Column(columns, x.Length, (r, j, sum) => sum + x[r][j]).Select(sum => sum / n)];
        T[] variance =
        [
            .. Column(columns, x.Length, (r, j, sum) => T.FusedMultiplyAdd(x[r][j] - mean[j], x[r][j] - mean[j], sum))
                .Select(sum => sum / n),
        ];
        T keep = T.CreateChecked(1 - norm.Momentum);
        T[][] running =
        [
            [.. Enumerable.Range(0, columns).Select(j => keep * tensors[2][j] + m * mean[j])],
            [.. Enumerable.Range(0, columns).Select(j => keep * tensors[3][j] + m * (variance[j] * n / (n - T.One)))],
        ];
        if (!learns)
            (mean, variance, running) = (tensors[2], tensors[3], []);

        T[] reciprocals = [.. variance.Select(value => T.One / T.Sqrt(value + epsilon))];
        T[][] normalised = Each(x, (r, j) => (x[r][j] - mean[j]) * reciprocals[j]);
        T[][] gradients = GradientsOf(normalised, delta);
        return new(
            Each(x, (r, j) => T.FusedMultiplyAdd(normalised[r][j], tensors[0][j], tensors[1][j])),
            Each(x, (r, j) =>
            {
                T slope = tensors[0][j] * reciprocals[j];
                return learns
                    ? slope * T.FusedMultiplyAdd(-normalised[r][j], gradients[0][j] / n, delta[r][j] - gradients[1][j] / n)
                    : slope * delta[r][j];
            }),
            gradients, running);
    }

    /// <summary>∂e/∂γ and ∂e/∂β.</summary>
    static T[][] GradientsOf(T[][] normalised, T[][] delta) =>
    [
        Column(delta[0].Length, delta.Length, (r, j, sum) => T.FusedMultiplyAdd(normalised[r][j], delta[r][j], sum)),
        Column(delta[0].Length, delta.Length, (r, j, sum) => sum + delta[r][j]),
    ];

    static T[][] Each(T[][] like, Func<int, int, T> value) =>
        [.. like.Select((row, r) => row.Select((_, j) => value(r, j)).ToArray())];

    /// <summary>A chain down each column, the rows in order.</summary>
    static T[] Column(int columns, int rows, Func<int, int, T, T> take)
    {
        var sums = new T[columns];
        for (int j = 0; j < columns; j++)
        {
            for (int r = 0; r < rows; r++)
                sums[j] = take(r, j, sums[j]);
        }

        return sums;
    }

    /// <summary>A sum along a row: 16 lanes, then the tree 8-4-2-1.</summary>
    static T Lanes(int count, Func<int, T, T> take)
    {
        var lanes = new T[16];
        for (int j = 0; j < count; j++)
            lanes[j % 16] = take(j, lanes[j % 16]);
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] += lanes[i + half];
        }

        return lanes[0];
    }
}

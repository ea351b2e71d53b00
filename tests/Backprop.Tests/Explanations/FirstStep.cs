using System.Numerics;
using Backprop.Engine;
using Xunit;

namespace Backprop.Tests;

/// <summary>What the trainer makes of shown rows in its first step, by the engine alone.</summary>
sealed class FirstStep : ITrainingObserver, IDisposable
{
    readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    public void OnStep(in StepEvent step) => _stop.Cancel();

    public void OnEpoch(in EpochEvent epoch)
    {
    }

    /// <summary>The parameters after one step of all rows in their order, without dropout.</summary>
    public static Parameters<T> Of<T>(Model model, Explanation explanation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingRecipe recipe = model.Recipe.Training;
        Loss loss = Loss.Parse(recipe.Loss);
        var options = new TrainingOptions
        {
            Loss = loss,
            Reduction = recipe.Reduction,
            Update = new UpdateOptions
            {
                Optimizer = Optimizer.Parse(recipe.Optimizer),
                LearningRate = recipe.LearningRate,
                Schedule = Schedule.Parse(recipe.Schedule),
                L1 = recipe.L1,
                L2 = recipe.L2,
                WeightDecay = recipe.WeightDecay,
                Clip = Clip.Parse(recipe.Clip),
            },
            BatchSize = 0,
            Shards = recipe.Shards,
            Epochs = recipe.Epochs,
            Shuffle = false,
        };
        double[] weights = [.. explanation.RowWeights];
        Matrix<T> inputs = Matrix<T>.From(Cast<T>(explanation.Inputs));
        CodeMatrix? codes = explanation.Codes is [{ Length: > 0 } first, ..]
            ? new CodeMatrix(weights.Length, first.Length)
            : null;
        for (int row = 0; codes is not null && row < weights.Length; row++)
            explanation.Codes[row].CopyTo(codes[row]);
        Examples<T> rows = loss.Kind == LossKind.Softmax
            ? new Examples<T>(
                inputs, [.. Enumerable.Range(0, weights.Length).Select(row => explanation.Targets[row].IndexOf(1.0))], weights,
                codes)
            : new Examples<T>(inputs, Matrix<T>.From(Cast<T>(explanation.Targets)), weights, codes);
        Parameters<T> parameters = model.Core.ParametersAs<T>();
        using var observer = new FirstStep();
        TrainingResult<T> result = new Trainer<T>(options, threads: 2).Train(
            parameters, rows, null, observer, observer._stop.Token);
        Assert.Equal(1, result.Steps);
        return parameters;
    }

    static T[,] Cast<T>(ReadOnlyMatrix<double> from)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[from.Rows, from.Columns];
        for (int row = 0; row < from.Rows; row++)
        {
            for (int column = 0; column < from.Columns; column++)
                values[row, column] = T.CreateChecked(from[row, column]);
        }

        return values;
    }
}

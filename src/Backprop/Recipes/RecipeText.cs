using System.Text.Json;
using Backprop.Engine;

namespace Backprop;

/// <summary>Writes recipes as <see cref="RecipeJson"/> reads them.</summary>
static class RecipeText
{
    static readonly JsonWriterOptions s_form = new() { Indented = true, IndentSize = 2, NewLine = "\n", MaxDepth = 16 };

    public static string Of(Recipe recipe) => JsonText.Of(s_form, recipe, Write);

    static void Write(Utf8JsonWriter writer, Recipe recipe)
    {
        writer.WriteNumber("version", recipe.Version);
        writer.WriteString("precision", EnumWords<Precision>.Of(recipe.Precision));
        writer.WriteNumber("seed", recipe.Seed);
        writer.WriteStartObject("data");
        Write(writer, recipe.Data);
        writer.WriteEndObject();
        writer.WriteStartObject("network");
        Write(writer, recipe.Network);
        writer.WriteEndObject();
        writer.WriteStartObject("training");
        Write(writer, recipe.Training);
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, DataRecipe data)
    {
        writer.WriteTexts("target", data.Target);
        writer.WriteString("task", EnumWords<TaskKind>.Of(data.Task));
        writer.WriteStartObject("columns");
        foreach ((string name, ColumnKind kind) in data.Columns)
            writer.WriteString(name, EnumWords<ColumnKind>.Of(kind));
        writer.WriteEndObject();
        writer.WriteString("encode", EnumWords<EncodeKind>.Of(data.Encode));
        if (data.MissingTarget != MissingTarget.Refuse)
            writer.WriteString("missingTarget", EnumWords<MissingTarget>.Of(data.MissingTarget));
        writer.WriteTexts("missing", data.Missing);
        if (data.MissingInNumbers.Count > 0)
            writer.WriteTexts("missingInNumbers", data.MissingInNumbers);
        writer.WriteString("decimal", data.Decimal);
        if (data.Numbers.Count > 0)
        {
            writer.WriteStartObject("numbers");
            foreach ((string name, string format) in data.Numbers)
                writer.WriteString(name, format);
            writer.WriteEndObject();
        }

        writer.WriteOptional("validation", data.Validation);
        writer.WriteOptional("test", data.Test);
        writer.WriteString("rowWeights", data.RowWeights);
        writer.WriteString("classWeights", data.ClassWeights);
        writer.WriteString("positive", data.Positive);
    }

    static void Write(Utf8JsonWriter writer, NetworkRecipe network)
    {
        writer.WriteTexts("hidden", network.Hidden);
        writer.WriteString("output", network.Output);
        writer.WriteBoolean("bias", network.Bias);
        writer.WriteTexts("initializers", network.Initializers);
    }

    static void Write(Utf8JsonWriter writer, TrainingRecipe training)
    {
        writer.WriteString("loss", training.Loss);
        writer.WriteString("reduction", EnumWords<Reduction>.Of(training.Reduction));
        writer.WriteString("optimizer", training.Optimizer);
        writer.WriteNumber("learningRate", training.LearningRate);
        Write(writer, "learningRateFactors", training.LearningRateFactors);
        writer.WriteString("schedule", training.Schedule);
        writer.WriteNumber("batch", training.Batch);
        writer.WriteNumber("shards", training.Shards);
        if (training.Order != RowOrder.Full)
            writer.WriteString("order", EnumWords<RowOrder>.Of(training.Order));
        writer.WriteNumber("epochs", training.Epochs);
        writer.WriteString("metric", training.Metric);
        writer.WriteNumber("patience", training.Patience);
        writer.WriteNumber("l1", training.L1);
        writer.WriteNumber("l2", training.L2);
        writer.WriteNumber("weightDecay", training.WeightDecay);
        Write(writer, "decayFactors", training.DecayFactors);
        writer.WriteNumber("dropout", training.Dropout);
        writer.WriteString("clip", training.Clip);
        writer.WriteBoolean("shuffle", training.Shuffle);
    }

    /// <summary>A field that is not there where it is empty.</summary>
    static void Write(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, double> factors)
    {
        if (factors.Count == 0)
            return;
        writer.WriteStartObject(name);
        foreach ((string tensor, double factor) in factors)
            writer.WriteNumber(tensor, factor);
        writer.WriteEndObject();
    }
}

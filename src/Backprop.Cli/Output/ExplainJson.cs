using System.Text.Json;
using Backprop.Engine;

namespace Backprop.Cli;

/// <summary>
/// An explanation as one JSON object, whole: matrices are lists of rows, and every number has as many digits as bring
/// back the bits of the model's precision. What is not finite is null.
/// </summary>
sealed partial class ExplainJson
{
    readonly Utf8JsonWriter _json;
    readonly Explanation _explanation;

    ExplainJson(Utf8JsonWriter json, Explanation explanation) => (_json, _explanation) = (json, explanation);

    public static void Write(Explanation explanation, NotatedExplanation? notated, string model, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            var writer = new ExplainJson(json, explanation);
            json.WriteStartObject();
            writer.Body(model);
            if (notated is not null)
                writer.Notated(notated);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    void Body(string model)
    {
        _json.WriteString("model", model);
        _json.WriteString("data", _explanation.Source);
        Numbers("rows", _explanation.Rows, row => row + 1);
        _json.WriteString("precision", _explanation.Precision.ToString().ToLowerInvariant());
        _json.WriteString("network", _explanation.Network.ToString());
        Texts("outputs", _explanation.Outputs);
        Columns();
        _json.WritePropertyName("unseen");
        UnseenReport.Json(_explanation.Unseen).WriteTo(_json);
        Texts("features", _explanation.Features);
        Matrix("inputs", _explanation.Inputs);
        if (_explanation.HasTarget)
        {
            Matrix("inputGradient", _explanation.InputErrors);
            Targets();
            Loss();
        }

        _json.WriteStartArray("layers");
        foreach (ExplainedLayer layer in _explanation.Layers)
            Layer(layer);
        _json.WriteEndArray();
        if (!_explanation.HasTarget)
            return;
        if (!_explanation.Shards.IsEmpty)
            Shards();
        Update();
    }

    void Shards()
    {
        _json.WriteStartArray("shards");
        foreach (ExplainedShard shard in _explanation.Shards)
        {
            _json.WriteStartObject();
            Numbers("rows", _explanation.Rows.Skip(shard.First).Take(shard.Count), row => row + 1);
            _json.WriteStartArray("layers");
            foreach (ExplainedLayer layer in _explanation.Layers)
                ShardLayer(layer, shard.Gradients[layer.Number - 1]);

            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void ShardLayer(ExplainedLayer layer, IReadOnlyList<ReadOnlyMatrix<double>?> gradients)
    {
        _json.WriteStartObject();
        if (layer.Layer is Dense)
        {
            Matrix("weightGradient", gradients[0]);
            Vector("biasGradient", gradients.Count > 1 ? gradients[1] : null);
        }
        else
        {
            for (int i = 0; i < gradients.Count; i++)
            {
                if (gradients[i] is not null)
                    Matrix($"{layer.Tensors[i].Tensor.Name}Gradient", gradients[i]);
            }
        }

        _json.WriteEndObject();
    }

    void Columns()
    {
        _json.WriteStartArray("columns");
        foreach (ExplainedColumn column in _explanation.Columns)
        {
            _json.WriteStartObject();
            _json.WriteString("name", column.Name);
            _json.WriteStartArray("cells");
            foreach (string cell in column.Cells)
            {
                if (cell.Length == 0)
                    _json.WriteNullValue();
                else
                    _json.WriteStringValue(cell);
            }

            _json.WriteEndArray();
            Texts("features", column.Features);
            if (_explanation.HasTarget)
                Pushes(column);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void Pushes(ExplainedColumn column)
    {
        _json.WriteStartArray("gradient");
        for (int row = 0; row < _explanation.Rows.Length; row++)
        {
            _json.WriteStartArray();
            for (int i = 0; i < column.Features.Length; i++)
                Number(_explanation.InputErrors[row, column.FirstFeature + i]);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        Doubles("rowPushes", column.RowPushes);
        Double("push", column.Push);
    }

    void Targets()
    {
        _json.WriteStartObject("target");
        Texts("columns", _explanation.TargetColumns);
        _json.WriteStartArray("cells");
        foreach (IEnumerable<string> cells in _explanation.TargetCells)
            Texts(null, cells);
        _json.WriteEndArray();
        Matrix("encoded", _explanation.Targets);
        _json.WriteEndObject();
    }

    void Loss()
    {
        _json.WriteStartObject("loss");
        _json.WriteString("name", _explanation.Loss.Name);
        _json.WriteString("reduction", _explanation.Reduction.ToString().ToLowerInvariant());
        Numbers("rowLosses", _explanation.RowLosses);
        Doubles("rowWeights", _explanation.RowWeights);
        Double("batch", _explanation.BatchLoss);
        _json.WriteEndObject();
    }

    void Layer(ExplainedLayer layer)
    {
        _json.WriteStartObject();
        _json.WriteNumber("layer", layer.Number);
        if (layer.Layer is not Dense)
        {
            OtherKind(layer);
            _json.WriteEndObject();
            return;
        }

        _json.WriteStartArray("activations");
        foreach (ActivationRun run in layer.Dense.Activations)
        {
            _json.WriteStartObject();
            _json.WriteString("activation", run.Activation.Name);
            _json.WriteNumber("neurons", run.Count);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        Matrix("U", layer.U);
        Matrix("X", layer.X);
        Matrix("derivative", layer.Derivative);
        Matrix("weights", layer.Weights);
        Vector("biases", layer.Biases);
        if (_explanation.HasTarget)
            Errors(layer);
        _json.WriteEndObject();
    }

    void Errors(ExplainedLayer layer)
    {
        Matrix("outputErrors", layer.OutputErrors);
        Matrix("delta", layer.Delta);
        Matrix("weightGradient", layer.WeightGradient);
        Matrix("weightChange", layer.WeightChange);
        Matrix("newWeights", layer.NewWeights);
        for (int i = 0; i < layer.WeightMoments.Length; i++)
            Matrix($"weightMoment{i + 1}", layer.WeightMoments[i]);
        Vector("biasGradient", layer.BiasGradient);
        Vector("biasChange", layer.BiasChange);
        Vector("newBiases", layer.NewBiases);
        for (int i = 0; i < layer.BiasMoments.Length; i++)
            Vector($"biasMoment{i + 1}", layer.BiasMoments[i]);
    }

    void Update()
    {
        ExplainedUpdate update = _explanation.Update;
        _json.WriteStartObject("update");
        _json.WriteStartObject("optimizer");
        _json.WriteString("name", update.Optimizer.Named.Name);
        foreach ((string name, double value) in update.OptimizerParameters)
            Double(name, value);
        _json.WriteEndObject();
        _json.WriteString("rule", MathText.From(UpdateFormulas.Rule(update.Optimizer)).Plain);
        _json.WriteNumber("step", update.Step);
        _json.WriteNumber("totalSteps", update.TotalSteps);
        Double("learningRate", update.LearningRate);
        Double("baseLearningRate", update.BaseLearningRate);
        _json.WriteString("schedule", update.Schedule.Name);
        Double("l1", update.L1);
        Double("l2", update.L2);
        Double("weightDecay", update.WeightDecay);
        Factors("learningRateFactors", update.LearningRateFactors);
        Factors("decayFactors", update.DecayFactors);
        _json.WriteString("clip", update.Clip.Name);
        if (update.GradientNorm is { } norm)
            Double("gradientNorm", norm);
        Double("clipFactor", update.ClipFactor);
        _json.WriteEndObject();
    }

    /// <summary>A field that is not there where there are none.</summary>
    void Factors(string name, TensorFactors factors)
    {
        if (factors.IsEmpty)
            return;
        _json.WriteStartObject(name);
        foreach ((string tensor, double factor) in factors.Factors)
            Double(tensor, factor);
        _json.WriteEndObject();
    }

    void Notated(NotatedExplanation notated)
    {
        _json.WriteString("notation", notated.Notation.Name);
        Texts("remarks", notated.Remarks);
        _json.WriteStartArray("quantities");
        foreach (Quantity quantity in notated.Quantities.Where(
            quantity => _explanation.HasTarget || quantity.Part is QuantityPart.Inputs or QuantityPart.ValueFlow))
        {
            _json.WriteStartObject();
            _json.WriteString("part", Camel(quantity.Part.ToString()));
            if (quantity.Layer is { } layer)
                _json.WriteNumber("layer", layer);
            Text("symbol", quantity.Symbol);
            if (quantity.Formula is { } formula)
                Text("formula", formula);
            _json.WriteString("meaning", quantity.Meaning);
            if (quantity.Numbers is { } numbers)
            {
                _json.WriteString("lines", Camel(quantity.Lines.ToString()));
                _json.WriteString("columns", Camel(quantity.Columns.ToString()));
                Texts("lineNames", quantity.LineNames);
                Texts("columnNames", quantity.ColumnNames);
                Matrix("numbers", numbers);
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}

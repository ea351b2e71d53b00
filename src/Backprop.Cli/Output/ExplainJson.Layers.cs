namespace Backprop.Cli;

sealed partial class ExplainJson
{
    /// <summary>A layer that is not dense: each of its tensors by name, with what the error and the update make of it.</summary>
    void OtherKind(ExplainedLayer layer)
    {
        _json.WriteString("kind", layer.Layer.ToString());
        if (!ReferenceEquals(layer.U, layer.X) && _explanation.Network.HasSoftmax && layer.Number == _explanation.Layers.Length)
            Matrix("U", layer.U);
        Matrix("X", layer.X);
        if (layer.Normalised is not null)
            Matrix("normalised", layer.Normalised);
        if (layer.Layer is Engine.Embed)
            Codes();
        if (layer.ShardMeans is not null)
        {
            Matrix("shardMeans", layer.ShardMeans);
            Matrix("shardVariances", layer.ShardVariances);
        }

        if (_explanation.HasTarget)
        {
            Matrix("outputErrors", layer.OutputErrors);
            Matrix("delta", layer.Delta);
        }

        _json.WriteStartArray("tensors");
        foreach (ExplainedTensor tensor in layer.Tensors)
            Tensor(tensor);
        _json.WriteEndArray();
    }

    void Tensor(ExplainedTensor tensor)
    {
        _json.WriteStartObject();
        _json.WriteString("name", tensor.Tensor.Name);
        Matrix("values", tensor.Values);
        if (_explanation.HasTarget)
        {
            if (tensor.Gradient is not null)
                Matrix("gradient", tensor.Gradient);
            for (int i = 0; i < tensor.Moments.Length; i++)
                Matrix($"moment{i + 1}", tensor.Moments[i]);
            Matrix("change", tensor.Change);
            Matrix("newValues", tensor.NewValues);
        }

        _json.WriteEndObject();
    }

    void Codes()
    {
        _json.WriteStartArray("codes");
        foreach (IEnumerable<int> codes in _explanation.Codes)
        {
            _json.WriteStartArray();
            foreach (int code in codes)
                _json.WriteNumberValue(code);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }
}

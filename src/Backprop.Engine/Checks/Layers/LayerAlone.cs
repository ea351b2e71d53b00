namespace Backprop.Engine;

/// <summary>The value flow of one layer by itself, on rows and numbers that may be changed; one for each thread.</summary>
sealed class LayerAlone
{
    readonly LayerFlow<double> _flow;
    readonly Parameters<double> _parameters;
    readonly Workspace<double> _workspace;
    readonly bool _learns;

    /// <summary>A layer as a batch met it.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="rows">How many rows flow at a time.</param>
    /// <param name="learns">Whether its statistics are those of these rows.</param>
    public LayerAlone(DifferencePlace place, int rows, bool learns)
    {
        // A network has neurons; nothing flows through these.
        var network = new Network(place.In.Columns, place.Record.Layer, new Dense(1, Activation.Linear));
        _parameters = new Parameters<double>(network);
        for (int i = 0; i < place.Record.Tensors.Length; i++)
            place.Record.Tensors[i].Values.Matrix.Padded.CopyTo(_parameters.Tensors[i].Padded);
        _workspace = new Workspace<double>(network, rows, WorkspaceUse.Values, place.Width);
        (_flow, _learns) = (_workspace.Layers[0], learns);
    }

    /// <summary>What flows in [rows, in].</summary>
    public Matrix<double> In => _workspace.Inputs;

    /// <summary>One of the layer's tensors.</summary>
    public Matrix<double> Tensor(int tensor) => _parameters.Tensors[tensor];

    /// <summary>Takes in as many rows of a batch as flow at a time.</summary>
    public void Load(Matrix<double> batch, int first)
    {
        for (int row = 0; row < In.Rows; row++)
            batch[first + row].CopyTo(In[row]);
    }

    /// <summary>What flows out, row after row without padding.</summary>
    public void Run(Span<double> x)
    {
        if (_learns)
            _flow.SumValues(In.Rows, new RowRange(0, _flow.X.Columns));
        _flow.Values(_parameters, new RowRange(0, In.Rows), Pass.Prediction with { Learns = _learns });
        for (int row = 0; row < In.Rows; row++)
            _flow.X[row].CopyTo(x[(row * _flow.X.Columns)..]);
    }
}

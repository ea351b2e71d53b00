using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Backprop.Engine;

namespace Backprop;

/// <summary>
/// Where a training stood, in a file: parameters, the best epoch's parameters, what the optimizer and the schedule remember,
/// the position to the step, the recipe, and hashes of all inputs. <see cref="CheckpointOptions"/> has it written, and
/// <see cref="RunOptions.Resume"/> goes on from it, with the same bits as if there had been no interruption.
/// </summary>
public sealed class Checkpoint
{
    internal const string VersionKey = "backprop.checkpoint";
    internal const string NumericVersionKey = Model.NumericVersionKey;
    internal const string RecipeKey = Model.RecipeKey;
    internal const string InputsKey = "backprop.inputs";
    internal const string PositionKey = "backprop.position";
    internal const string TrailKey = "backprop.trail";
    internal const string HashKey = "backprop.hash";

    /// <summary>The version of this form of checkpoints.</summary>
    internal const int CurrentVersion = 1;

    const int BufferLength = 1 << 16;

    readonly string _path;
    readonly Func<Stream> _open;
    readonly SafetensorsHeader _header;
    readonly CheckpointPosition _position;

    Checkpoint(string path, Func<Stream> open)
    {
        (_path, _open) = (path, open);
        using (Stream stream = open())
            _header = SafetensorsHeader.Read(stream, path);
        if (Version(VersionKey) is var version && version != CurrentVersion)
            throw new BackpropException($"'{path}' is a checkpoint of version {version}; this program reads {CurrentVersion}.");
        Contract = new NumericContract(Version(NumericVersionKey));
        if (!Contract.IsKnown)
        {
            throw new BackpropException(
                $"'{path}' was written with numeric version {Contract.Version}, and this program has those up to "
                + $"{NumericVersion.Current}: going on would give other bits; go on with the version that began it, or begin "
                + "anew.");
        }

        Recipe = Recipe.FromJson(Text(RecipeKey), $"The recipe in '{path}'");
        try
        {
            _position = JsonSerializer.Deserialize(Text(PositionKey), CheckpointJson.Default.CheckpointPosition)
                ?? throw new JsonException();
            Inputs = JsonSerializer.Deserialize(Text(InputsKey), RecordJson.Default.InputHashes) ?? throw new JsonException();
            Trail = JsonSerializer.Deserialize(Text(TrailKey), RecordJson.Default.ImmutableArrayStepHash);
        }
        catch (JsonException error)
        {
            throw new BackpropException(Damaged("its description cannot be read").Message, error);
        }
    }

    /// <summary>The recipe of the training.</summary>
    public Recipe Recipe { get; }

    /// <summary>The numeric version by which it was trained, and is to be trained on.</summary>
    internal NumericContract Contract { get; }

    /// <summary>How many steps were taken.</summary>
    public long Step => _position.Step;

    /// <summary>The epoch of the next step, counted from 1.</summary>
    public int Epoch => _position.Epoch;

    /// <summary>How many steps the training has if nothing stops it.</summary>
    public long TotalSteps => _position.TotalSteps;

    /// <summary>Whether no step is left: all are done, or there was no better epoch for as many as patience allows.</summary>
    public bool HasEnded => Step == TotalSteps
        || (Recipe.Training.Patience > 0 && _position.EpochRows == 0
            && Epoch - 1 - _position.BestEpoch >= Recipe.Training.Patience);

    internal InputHashes Inputs { get; }

    internal ImmutableArray<StepHash> Trail { get; }

    /// <summary>Reads what a checkpoint says; its numbers are read where a training goes on from it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BackpropException">It is no checkpoint, or of another version, or damaged.</exception>
    public static Checkpoint Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Load(path, () => Open(path));
    }

    /// <summary>Reads what a checkpoint says.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="open">Opens it at its first byte; called again when its numbers are read.</param>
    internal static Checkpoint Load(string name, Func<Stream> open) => new(name, open);

    /// <summary>Writes where a training stands to a file.</summary>
    internal static void Write<T>(
        string path, TrainingState<T> state, Recipe recipe, InputHashes inputs, NumericContract contract,
        ImmutableArray<StepHash> trail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AtomicFile.Write(path, stream =>
        {
            var buffered = new BufferedStream(stream, BufferLength);
            Write(buffered, state, recipe, inputs, contract, trail);
            buffered.Flush();
        });

    /// <summary>Writes where a training stands.</summary>
    internal static void Write<T>(
        Stream stream, TrainingState<T> state, Recipe recipe, InputHashes inputs, NumericContract contract,
        ImmutableArray<StepHash> trail)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = CurrentVersion.ToString(CultureInfo.InvariantCulture),
            [NumericVersionKey] = contract.Version.ToString(CultureInfo.InvariantCulture),
            [RecipeKey] = recipe.ToJson(),
            [InputsKey] = JsonSerializer.Serialize(inputs, RecordJson.Default.InputHashes),
            [TrailKey] = JsonSerializer.Serialize(trail, RecordJson.Default.ImmutableArrayStepHash),
            [PositionKey] = JsonSerializer.Serialize(CheckpointPosition.Of(state), CheckpointJson.Default.CheckpointPosition),
        };
        var writer = new SafetensorsWriter<T>();
        foreach ((string name, Matrix<T> matrix) in CheckpointTensors.Of(state))
            writer.Add(name, matrix);
        foreach ((string key, string text) in texts)
            writer.Add(key, text);
        writer.Add(HashKey, HashOf(texts, writer.WriteTensors));
        writer.Write(stream);
    }

    /// <summary>Refuses to go on with other inputs or another recipe, and says what differs first.</summary>
    /// <exception cref="BackpropException">Something differs.</exception>
    internal void ThrowUnlessFits(Recipe recipe, InputHashes inputs)
    {
        if (Recipe.ToJson() == recipe.ToJson() && Inputs.Difference(inputs) is not { } data)
            return;
        if (recipe.Training.Epochs > Recipe.Training.Epochs)
        {
            throw new BackpropException(
                $"'{_path}' is of a training of {Counted.Of(Recipe.Training.Epochs, "epoch")}, which cannot be made longer, for "
                + "its schedule and its stopping are made for that; let it end, and train on from the model with --start-from.");
        }

        string difference = RecipeDifference.Of(Recipe, recipe) is { } field
            ? $"another recipe: {field}"
            : $"other inputs: {Inputs.Difference(inputs)}";
        throw new BackpropException(
            $"'{_path}' is of a training with {difference}; give what it began with, or begin anew without --resume.");
    }

    /// <summary>The state of the training that a model is of.</summary>
    /// <exception cref="BackpropException">The model is of another training, or the file is damaged.</exception>
    internal TrainingState<T> Restore<T>(Model model, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ThrowUnlessFits(model.Recipe, model.Training.Inputs);
        return Restore<T>(model.Network, options, rows: null);
    }

    /// <summary>The state of a training.</summary>
    /// <param name="network">The network that recipe and inputs give.</param>
    /// <param name="options">The options that the recipe gives.</param>
    /// <param name="rows">How many rows are trained on; null where it is not known.</param>
    /// <exception cref="BackpropException">The file is damaged, or not of this network.</exception>
    internal TrainingState<T> Restore<T>(Network network, TrainingOptions options, int? rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ThrowUnlessHolds(network);
        var state = new TrainingState<T>(new Parameters<T>(network), options);
        if (!_position.Restore(state, options, rows))
            throw Damaged("its position is none of this training");

        using Stream stream = _open();
        using var buffered = new BufferedStream(stream, BufferLength);
        var texts = new SortedDictionary<string, string>(_header.Metadata, StringComparer.Ordinal);
        texts.Remove(HashKey);
        int left = _header.Tensors.Count;
        string hash = HashOf(texts, to =>
        {
            foreach ((string name, Matrix<T> matrix) in CheckpointTensors.Of(state))
            {
                Read(name, matrix, buffered, to);
                left--;
            }
        });
        if (left != 0)
            throw Damaged("it has tensors that this training does not know");
        return hash == Text(HashKey) ? state : throw Damaged("its numbers do not have the hash that it says");
    }

    /// <summary>
    /// Whether the file has the network's weights, before memory is taken for a network that it only speaks of.
    /// </summary>
    void ThrowUnlessHolds(Network network)
    {
        foreach (Tensor tensor in network.Layout.Tensors)
        {
            string name = CheckpointTensors.NameOf(tensor);
            if (!_header.Tensors.TryGetValue(name, out TensorPlace place)
                || !place.Shape.SequenceEqual([tensor.Rows, tensor.Columns]))
            {
                throw Damaged($"the tensor {name} is missing, or of another shape or type");
            }
        }
    }

    void Read<T>(string name, Matrix<T> matrix, Stream from, Stream hash)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorType type = typeof(T) == typeof(float) ? TensorType.F32 : TensorType.F64;
        if (!_header.Tensors.TryGetValue(name, out TensorPlace place) || place.Type != type
            || !place.Shape.SequenceEqual([matrix.Rows, matrix.Columns]))
        {
            throw Damaged($"the tensor {name} is missing, or of another shape or type");
        }

        from.Position = _header.DataStart + place.Start;
        for (int row = 0; row < matrix.Rows; row++)
        {
            Span<T> values = matrix[row];
            Span<byte> bytes = MemoryMarshal.AsBytes(values);
            from.ReadExactly(bytes);
            hash.Write(bytes);
            LittleEndian.Swap(values);
            foreach (T value in values)
            {
                if (!T.IsFinite(value))
                    throw Damaged($"the tensor {name} holds a number that is not finite");
            }
        }
    }

    /// <summary>SHA-256 over all texts and all tensors.</summary>
    static string HashOf(SortedDictionary<string, string> texts, Action<Stream> writeTensors)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            foreach ((string key, string text) in texts)
                stream.Write(Encoding.UTF8.GetBytes($"{key}\0{text}\0"));
            writeTensors(stream);
        }

        return Convert.ToHexStringLower(sha.Hash!);
    }

    string Text(string key) => _header.Metadata.TryGetValue(key, out string? text)
        ? text
        : throw new BackpropException($"'{_path}' is no checkpoint of Backprop's: it does not say {key}.");

    int Version(string key) => int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
        ? version
        : throw Damaged($"its {key} is no number");

    BackpropException Damaged(string what) => new($"'{_path}' is damaged, or was changed after it was written: {what}.");

    static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BackpropException($"Cannot read the checkpoint '{path}': {SystemReason.Of(error)}.", error);
        }
    }
}

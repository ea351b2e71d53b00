using Backprop.Engine;

namespace Backprop;

/// <summary>A <see cref="Model"/> as a file, and back.</summary>
public static class ModelSaving
{
    extension(Model model)
    {
        /// <summary>
        /// Saves the model as one standard ONNX file that any ONNX runtime takes raw columns with. The same model gives the
        /// same bytes.
        /// </summary>
        /// <exception cref="BackpropException">The file cannot be written; what was there stands.</exception>
        public void Save(string path)
        {
            ArgumentNullException.ThrowIfNull(path);
            AtomicFile.Write(path, model.Core.ToOnnx());
        }

        /// <summary>Loads a model from an ONNX file that <see cref="Save"/> wrote.</summary>
        /// <param name="path">The file.</param>
        /// <param name="ownActivations">Activations of one's own that the model uses.</param>
        /// <exception cref="BackpropException">The file is no such model, or damaged.</exception>
        public static Model Load(string path, params ReadOnlySpan<Activation> ownActivations)
        {
            ArgumentNullException.ThrowIfNull(path);
            return Model.FromFile(OnnxFile.Open(path), ownActivations);
        }

        /// <summary>The model in a file.</summary>
        /// <exception cref="BackpropException">The file is no such model, or was changed after it was saved.</exception>
        internal static Model FromFile(OnnxFile file, params ReadOnlySpan<Activation> own)
        {
            Model read = Model.FromFileAsItIs(file, own);
            return read.Core.Metadata.GetValueOrDefault(Model.ModelHashKey) == read.ModelHash ? read
                : throw new BackpropException(
                    $"'{file.Name}' was changed after it was saved: its encoders, classes or parameters do not give its model "
                    + "hash.");
        }

        /// <summary>The model in a file, whether or not its numbers have the hash that it carries.</summary>
        internal static Model FromFileAsItIs(OnnxFile file, params ReadOnlySpan<Activation> own)
        {
            if (!file.IsBackpropModel)
            {
                throw new BackpropException(
                    $"'{file.Name}' is an ONNX file, but not a model of Backprop's: it does not say how columns become inputs; "
                    + "training can start from it with --start-from.");
            }

            ModelCore core = file.IsDouble
                ? ModelCoreOf<double>.Of(file.ReadModel<double>(own))
                : ModelCoreOf<float>.Of(file.ReadModel<float>(own));
            if (!core.Metadata.TryGetValue(Model.RecipeKey, out string? recipe))
                throw new BackpropException($"'{file.Name}' carries no recipe, so it was not saved by Backprop as it stands.");
            return new Model(core, Recipe.FromJson(recipe, $"The recipe in '{file.Name}'"));
        }
    }
}
